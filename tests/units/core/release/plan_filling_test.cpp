// SPDX-License-Identifier: MIT
// The rules from the draft to the last upload, one by one: when each applies, and what its step contains.
#include <catch2/catch_test_macros.hpp>

#include "core/release/plan.hpp"
#include "units/core/release/snapshots.hpp"

using core::Action;
using core::Algorithm;
using core::DeleteAsset;
using core::Desired;
using core::EditRelease;
using core::HashFile;
using core::Memory;
using core::plan;
using core::ReadAsset;
using core::ReadChecksums;
using core::Rule;
using core::Snapshot;
using core::Step;
using core::UploadAsset;
using snapshots::announcement;
using snapshots::asset;
using snapshots::at;
using snapshots::commit;
using snapshots::complete;
using snapshots::desired_for;
using snapshots::mark_in;
using snapshots::memory_of;
using snapshots::observe;
using snapshots::Observed;
using snapshots::only;
using snapshots::other_commit;
using snapshots::ours;
using snapshots::plan_at;
using snapshots::theirs;

// --- start_over ---

TEST_CASE("a draft or release with the mark of another commit is started over in one step") {
  for (const bool draft : {true, false}) {
    Observed observed = complete(draft, other_commit);
    observed.assets.push_back(asset(6, "foreign"));
    observed.assets.push_back(announcement(7, asset(6, "foreign")));
    const Step step = plan_at(desired_for({"a"}), observe(observed));
    CHECK(step.rule == Rule::start_over);
    const auto& edit = at<EditRelease>(step.now, 0);
    CHECK(edit.draft == (draft ? std::nullopt : std::optional(true)));
    CHECK(mark_in(edit) == commit);
    CHECK(core::parse_notes(*edit.body).text == "Notes");
    CHECK(core::parse_notes(*edit.body).record.empty());
    CHECK(core::parse_notes(*edit.body).outdated_up_to == 7);
    CHECK(step.now.size() == 1);  // condemned assets are deleted after a read has seen the new mark
    CHECK(at<DeleteAsset>(step.forecast, 1).asset.id == 5);
    CHECK(at<DeleteAsset>(step.forecast, 2).asset.id == 6);
    CHECK(at<DeleteAsset>(step.forecast, 3).asset.id == 7);
  }
}

TEST_CASE("a start-over sets the target only if the tag does not exist yet") {
  const Snapshot snapshot = observe(complete(true, other_commit));
  Memory memory = memory_of(desired_for({"a"}), snapshot);
  CHECK_FALSE(at<EditRelease>(plan(desired_for({"a"}), snapshot, memory).now, 0).target);
  memory.tag_exists = false;
  CHECK(at<EditRelease>(plan(desired_for({"a"}), snapshot, memory).now, 0).target == commit);
}

TEST_CASE("a mark that a published release only quotes neither hides it nor deletes anything") {
  Observed observed = complete(false, {});
  observed.text = "What it writes:\n```\n<!-- gitea-release: being filled for commit " +
                  other_commit + " -->\n```\nEnd";
  const Step step = plan_at(desired_for({"a"}), observe(observed));
  CHECK(step.rule != Rule::start_over);
  for (const Action& action : step.now) {
    CHECK_FALSE(std::holds_alternative<DeleteAsset>(action));
    const auto* edit = std::get_if<EditRelease>(&action);
    CHECK((edit == nullptr || edit->draft != true));
  }
}

TEST_CASE(
    "a start-over that was interrupted before its deletions is completed after the next read") {
  const Observed before = {true, other_commit, {asset(5, "a"), asset(6, "gone-in-the-new-commit")}};
  const Step broken = plan_at(desired_for({"a"}), observe(before));
  core::Release release = snapshots::release_of(before);
  release.body = at<EditRelease>(broken.now, 0).body.value();
  const Step next = plan_at(desired_for({"a"}), core::snapshot_of(release));
  CHECK(next.rule == Rule::upload);
  CHECK(at<DeleteAsset>(next.now, 0).asset.id == 5);
  CHECK(at<DeleteAsset>(next.now, 1).asset.id == 6);
}

TEST_CASE("assets of the old commit are deleted before the mark that lists them, always") {
  for (const bool upload_first : {true, false}) {
    Desired desired = desired_for({"a"});
    desired.upload_before_publish = upload_first;
    Snapshot snapshot = observe({true, commit, {asset(5, "a"), asset(6, "old")}});
    snapshot.notes.outdated_up_to = 6;
    const Step step = plan_at(desired, snapshot);
    CHECK(step.rule == (upload_first ? Rule::upload : Rule::publish_first));
    CHECK(at<DeleteAsset>(step.now, 0).asset.id == 5);
    CHECK(at<DeleteAsset>(step.now, 1).asset.id == 6);
  }
}

// --- put_back ---

TEST_CASE("only a marked release that became public is made a draft again") {
  Desired desired = desired_for({"a", "b"});
  for (const bool marked : {true, false}) {
    const auto mark = marked ? std::optional(commit) : std::nullopt;
    for (const bool draft : {true, false}) {
      const Snapshot snapshot = observe(complete(draft, mark));
      Memory memory = memory_of(desired, snapshot);
      memory.watching = true;
      CHECK((plan(desired, snapshot, memory).rule == Rule::put_back) == (marked && !draft));
    }
  }
}

// --- hash_files ---

TEST_CASE("a file is hashed for comparison with a known digest of an asset of the same size") {
  Desired desired = desired_for({"a"});
  desired.files[0].sha256.reset();
  const Step step = plan_at(desired, observe(complete(true, commit)));
  CHECK(step.rule == Rule::hash_files);
  const auto& hash = only<HashFile>(step.now);
  CHECK(hash.path == "/ws/a");
  CHECK(hash.algorithms == std::vector<Algorithm>{Algorithm::sha256});
  desired.files[0].size = 4;
  CHECK(plan_at(desired, observe(complete(true, commit))).rule == Rule::upload);
}

TEST_CASE("a file that is kept is hashed for SHA512SUMS, one that is uploaded is not") {
  Desired desired = desired_for({"a", "b"});
  desired.checksums = {Algorithm::sha512, Algorithm::md5, Algorithm::sha256};
  const Step step = plan_at(desired, observe(complete(true, commit)));
  CHECK(step.rule == Rule::hash_files);
  CHECK(only<HashFile>(step.now).name == "a");
  CHECK(only<HashFile>(step.now).algorithms ==
        std::vector<Algorithm>{Algorithm::sha512, Algorithm::md5});
  desired.files[0].other_digests = {{Algorithm::sha512, "1"}, {Algorithm::md5, "2"}};
  CHECK(plan_at(desired, observe(complete(true, commit))).rule == Rule::upload);
}

// --- read_back ---

TEST_CASE("an asset with our name and size in our own draft is read instead of uploaded again") {
  const Desired desired = desired_for({"a"});
  const Snapshot snapshot = observe({true, commit, {asset(5, "a")}});
  Memory memory = memory_of(desired, snapshot);
  const Step step = plan(desired, snapshot, memory);
  CHECK(step.rule == Rule::read_back);
  CHECK(only<ReadAsset>(step.now).asset.id == 5);
  memory.read.insert(5);  // and could not be read
  CHECK(plan(desired, snapshot, memory).rule == Rule::upload);
  memory.known[5] = core::record_entry(asset(5, "a"), ours);
  CHECK(plan(desired, snapshot, memory).rule == Rule::edit);
}

TEST_CASE("an asset with our name and size in another user's release is replaced unread") {
  const Step step = plan_at(desired_for({"a"}), observe({false, {}, {asset(5, "a")}}));
  CHECK(step.rule == Rule::upload);
}

TEST_CASE("after a full record SHA256SUMS is read, once, and only if digests are unknown") {
  const Desired desired = desired_for({"a", "b"});
  Observed observed = {false, {}, {asset(5, "a"), asset(6, "b"), asset(7, "SHA256SUMS")}};
  observed.record[7] = core::record_entry(asset(7, "SHA256SUMS"), theirs);
  // Without the 203 bytes that a mark and line ends need, one entry fits.
  observed.text = std::string(core::notes_limit - 203 - 120, 'x');
  const Snapshot full = observe(observed);
  REQUIRE(full.record.size() == 1);
  Memory memory = memory_of(desired, full);
  const Step step = plan(desired, full, memory);
  CHECK(step.rule == Rule::read_back);
  CHECK(only<ReadChecksums>(step.now).asset.id == 7);
  memory.read.insert(7);
  CHECK(plan(desired, full, memory).rule == Rule::done);

  observed.record.clear();  // it is not vouched for, but no other source exists
  CHECK(only<ReadChecksums>(plan_at(desired, observe(observed)).now).asset.id == 7);
  observed.text = "Notes";  // and there is room for all
  CHECK(plan_at(desired, observe(observed)).rule == Rule::upload);
  for (const core::Asset& one : observed.assets)
    observed.record[one.id] = core::record_entry(one, ours);
  CHECK(plan_at(desired, observe(observed)).rule == Rule::done);
}

// --- publish_first ---

TEST_CASE("with upload_before_publish: false a marked draft is published before it is filled") {
  Desired desired = desired_for({"a", "b"});
  desired.upload_before_publish = false;
  const Step step = plan_at(desired, observe(complete(true, commit)));
  CHECK(step.rule == Rule::publish_first);
  CHECK(only<EditRelease>(step.now).draft == false);
  CHECK(at<EditRelease>(step.forecast, 0).draft == false);
  CHECK(at<UploadAsset>(step.forecast, 1).name == "b");
  CHECK(step.forecast.size() == 2);
}

TEST_CASE("a release that is complete, public or to stay a draft is not published first") {
  Desired desired = desired_for({"a"});
  desired.upload_before_publish = false;
  CHECK(plan_at(desired, observe(complete(true, commit))).rule == Rule::edit);
  desired = desired_for({"a", "b"});
  desired.upload_before_publish = false;
  CHECK(plan_at(desired, observe(complete(false, {}))).rule == Rule::upload);
  desired.draft = true;
  CHECK(plan_at(desired, observe(complete(true, commit))).rule == Rule::upload);
}
