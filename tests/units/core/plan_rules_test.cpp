// SPDX-License-Identifier: MIT
// The rules of a plan, one by one: what makes each apply, what makes it not apply, and what its step
// holds. Those of creating, uploading and editing stand in plan_test.cpp, those of 'required_files'
// in plan_fan_in_test.cpp.
#include <catch2/catch_test_macros.hpp>

#include "core/release/plan.hpp"
#include "units/core/looks.hpp"

using core::Action;
using core::Algorithm;
using core::ConfirmTag;
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
using core::Waits;
using looks::asset;
using looks::at;
using looks::commit;
using looks::complete;
using looks::entry;
using looks::last_edit;
using looks::Look;
using looks::mark_in;
using looks::memory_of;
using looks::memory_with;
using looks::observe;
using looks::only;
using looks::other_commit;
using looks::ours;
using looks::plan_at;
using looks::theirs;
using looks::wishes;

// --- start_over ---

TEST_CASE("the mark of another commit, draft or public: started over in one step") {
  for (const bool draft : {true, false}) {
    Look look = complete(draft, other_commit);
    look.assets.push_back(asset(6, "foreign"));
    look.assets.push_back(entry(7, asset(6, "foreign")));
    const Step step = plan_at(wishes({"a"}), observe(look));
    CHECK(step.rule == Rule::start_over);
    const auto& edit = at<EditRelease>(step.now, 0);
    CHECK(edit.draft == (draft ? std::nullopt : std::optional(true)));
    CHECK(mark_in(edit) == commit);
    CHECK(core::parse_notes(*edit.body).text == "Notes");
    CHECK(core::parse_notes(*edit.body).record.empty());
    CHECK(core::parse_notes(*edit.body).outdated_up_to == 7);
    CHECK(step.now.size() == 1);  // what it condemns is deleted once a look has seen the new mark
    CHECK(at<DeleteAsset>(step.forecast, 1).asset.id == 5);
    CHECK(at<DeleteAsset>(step.forecast, 2).asset.id == 6);
    CHECK(at<DeleteAsset>(step.forecast, 3).asset.id == 7);
  }
}

TEST_CASE("a start-over sets the target only where the tag does not exist yet") {
  const Snapshot look = observe(complete(true, other_commit));
  Memory memory = memory_of(wishes({"a"}), look);
  CHECK_FALSE(at<EditRelease>(plan(wishes({"a"}), look, memory).now, 0).target);
  memory.tag_exists = false;
  CHECK(at<EditRelease>(plan(wishes({"a"}), look, memory).now, 0).target == commit);
}

TEST_CASE("a mark that a published release only quotes does not hide it nor delete anything") {
  Look look = complete(false, {});
  look.text = "What it writes:\n```\n<!-- gitea-release: being filled for commit " + other_commit +
              " -->\n```\nEnd";
  const Step step = plan_at(wishes({"a"}), observe(look));
  CHECK(step.rule != Rule::start_over);
  for (const Action& action : step.now) {
    CHECK_FALSE(std::holds_alternative<DeleteAsset>(action));
    const auto* edit = std::get_if<EditRelease>(&action);
    CHECK((edit == nullptr || edit->draft != true));
  }
}

TEST_CASE("a start-over that broke off before its deletions is finished by the next look") {
  const Look before = {true, other_commit, {asset(5, "a"), asset(6, "gone-in-the-new-commit")}};
  const Step broken = plan_at(wishes({"a"}), observe(before));
  core::Release release = looks::release_of(before);
  release.body = at<EditRelease>(broken.now, 0).body.value();
  const Step next = plan_at(wishes({"a"}), core::snapshot_of(release));
  CHECK(next.rule == Rule::upload);
  CHECK(at<DeleteAsset>(next.now, 0).asset.id == 5);
  CHECK(at<DeleteAsset>(next.now, 1).asset.id == 6);
}

TEST_CASE(
    "what a start-over condemned goes before the mark that says so, in any order of publishing") {
  for (const bool upload_first : {true, false}) {
    Desired desired = wishes({"a"});
    desired.upload_before_publish = upload_first;
    Snapshot look = observe({true, commit, {asset(5, "a"), asset(6, "old")}});
    look.notes.outdated_up_to = 6;
    const Step step = plan_at(desired, look);
    CHECK(step.rule == (upload_first ? Rule::upload : Rule::publish_first));
    CHECK(at<DeleteAsset>(step.now, 0).asset.id == 5);
    CHECK(at<DeleteAsset>(step.now, 1).asset.id == 6);
  }
}

// --- put_back ---

TEST_CASE("only a marked release that became public is put back") {
  Desired desired = wishes({"a", "b"});
  for (const bool marked : {true, false}) {
    const auto mark = marked ? std::optional(commit) : std::nullopt;
    for (const bool draft : {true, false}) {
      const Snapshot look = observe(complete(draft, mark));
      Memory memory = memory_of(desired, look);
      memory.watching = true;
      CHECK((plan(desired, look, memory).rule == Rule::put_back) == (marked && !draft));
    }
  }
}

// --- hash_files ---

TEST_CASE("a file is hashed to compare it with what is known of an asset of its size") {
  Desired desired = wishes({"a"});
  desired.files[0].sha256.reset();
  const Step step = plan_at(desired, observe(complete(true, commit)));
  CHECK(step.rule == Rule::hash_files);
  const auto& hash = only<HashFile>(step.now);
  CHECK(hash.path == "/ws/a");
  CHECK(hash.algorithms == std::vector<Algorithm>{Algorithm::sha256});
  desired.files[0].size = 4;
  CHECK(plan_at(desired, observe(complete(true, commit))).rule == Rule::upload);
}

TEST_CASE("a file that is kept is hashed for SHA512SUMS, one that is sent is not") {
  Desired desired = wishes({"a", "b"});
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

TEST_CASE("an asset of our name and size in our own draft is read back instead of sent again") {
  const Desired desired = wishes({"a"});
  const Snapshot look = observe({true, commit, {asset(5, "a")}});
  Memory memory = memory_of(desired, look);
  const Step step = plan(desired, look, memory);
  CHECK(step.rule == Rule::read_back);
  CHECK(only<ReadAsset>(step.now).asset.id == 5);
  memory.read.insert(5);  // and could not be read
  CHECK(plan(desired, look, memory).rule == Rule::upload);
  memory.known[5] = core::record_entry(asset(5, "a"), ours);
  CHECK(plan(desired, look, memory).rule == Rule::edit);
}

TEST_CASE("an asset of our name and size in somebody else's release is replaced unread") {
  const Step step = plan_at(wishes({"a"}), observe({false, {}, {asset(5, "a")}}));
  CHECK(step.rule == Rule::upload);
}

TEST_CASE("a full record is read on in SHA256SUMS, once, and only where something is unknown") {
  const Desired desired = wishes({"a", "b"});
  Look look = {false, {}, {asset(5, "a"), asset(6, "b"), asset(7, "SHA256SUMS")}};
  look.record[7] = core::record_entry(asset(7, "SHA256SUMS"), theirs);
  // Without the 203 bytes that a mark and line ends need, one entry fits.
  look.text = std::string(core::notes_limit - 203 - 120, 'x');
  const Snapshot full = observe(look);
  REQUIRE(full.record.size() == 1);
  Memory memory = memory_of(desired, full);
  const Step step = plan(desired, full, memory);
  CHECK(step.rule == Rule::read_back);
  CHECK(only<ReadChecksums>(step.now).asset.id == 7);
  memory.read.insert(7);
  CHECK(plan(desired, full, memory).rule == Rule::done);

  look.record.clear();  // nobody vouches for it, but nothing tells more
  CHECK(only<ReadChecksums>(plan_at(desired, observe(look)).now).asset.id == 7);
  look.text = "Notes";  // and there is room for all
  CHECK(plan_at(desired, observe(look)).rule == Rule::upload);
  for (const core::Asset& one : look.assets) look.record[one.id] = core::record_entry(one, ours);
  CHECK(plan_at(desired, observe(look)).rule == Rule::done);
}

// --- publish_first ---

TEST_CASE("with upload_before_publish: false a marked draft is published before it is filled") {
  Desired desired = wishes({"a", "b"});
  desired.upload_before_publish = false;
  const Step step = plan_at(desired, observe(complete(true, commit)));
  CHECK(step.rule == Rule::publish_first);
  CHECK(only<EditRelease>(step.now).draft == false);
  CHECK(at<EditRelease>(step.forecast, 0).draft == false);
  CHECK(at<UploadAsset>(step.forecast, 1).name == "b");
  CHECK(step.forecast.size() == 2);
}

TEST_CASE("nothing is published first that is complete, stays a draft or is public") {
  Desired desired = wishes({"a"});
  desired.upload_before_publish = false;
  CHECK(plan_at(desired, observe(complete(true, commit))).rule == Rule::edit);
  desired = wishes({"a", "b"});
  desired.upload_before_publish = false;
  CHECK(plan_at(desired, observe(complete(false, {}))).rule == Rule::upload);
  desired.draft = true;
  CHECK(plan_at(desired, observe(complete(true, commit))).rule == Rule::upload);
}

// --- write_checksums ---

TEST_CASE("SHA256SUMS comes before the release is published, and only where it is not right") {
  Desired desired = wishes({"a"});
  desired.checksums = {Algorithm::sha256};
  Look look = complete(true, commit);
  const Step step = plan_at(desired, observe(look));
  CHECK(step.rule == Rule::write_checksums);
  const auto& sums = only<UploadAsset>(step.now);
  CHECK(sums.name == "SHA256SUMS");
  CHECK(sums.content == ours + "  a\n");
  CHECK(sums.size == sums.content->size());
  CHECK(at<UploadAsset>(step.forecast, 0).name == "SHA256SUMS");
  CHECK(last_edit(step.forecast).draft == false);

  const core::Asset right = asset(6, "SHA256SUMS", sums.size);
  look.assets.push_back(right);
  look.record[6] = core::record_entry(right, core::digest_of(*sums.content));
  CHECK(plan_at(desired, observe(look)).rule == Rule::edit);
}

TEST_CASE("while files of other jobs are unknown the sums come after the edit") {
  Desired desired = wishes({"a"});
  desired.checksums = {Algorithm::sha256};
  const Memory memory = memory_of(desired, observe(complete(true, commit)));
  Look look = complete(true, commit);
  look.assets.push_back(asset(6, "b"));
  CHECK(plan(desired, observe(look), memory).rule == Rule::edit);
  look.draft = false;
  look.mark.reset();
  CHECK(plan(desired, observe(look), memory).rule == Rule::write_checksums);
}

// --- tidy ---

TEST_CASE("entries go before a draft is published, and out of a public release") {
  Look look = complete(true, commit);
  look.assets.push_back(entry(6, asset(5, "a")));
  const Step before = plan_at(wishes({"a"}), observe(look));
  CHECK(before.rule == Rule::tidy);
  CHECK(only<DeleteAsset>(before.now).asset.id == 6);
  CHECK(last_edit(before.forecast).draft == false);

  look.draft = false;
  look.mark.reset();
  const Step after = plan_at(wishes({"a"}), observe(look));
  CHECK(after.rule == Rule::tidy);
  CHECK(only<DeleteAsset>(after.now).asset.id == 6);
  CHECK(only<DeleteAsset>(after.forecast).asset.id == 6);
}

TEST_CASE("assets that this run does not bring go before the release is public, on request only") {
  Look look = complete(true, commit);
  look.assets.push_back(asset(2, "old"));
  look.record[2] = core::record_entry(asset(2, "old"), ours);
  Desired desired = wishes({"a"});
  CHECK(plan_at(desired, observe(look)).now.size() == 1);
  desired.remove_others = true;
  const Step step = plan_at(desired, observe(look));
  REQUIRE(step.now.size() == 2);
  CHECK(at<DeleteAsset>(step.now, 0).asset.id == 2);
  CHECK(last_edit(step.now).draft == false);
  CHECK(core::parse_notes(*last_edit(step.now).body).record.size() == 1);
  CHECK(step.forecast.size() == 2);
}

TEST_CASE("from a public release, assets that this run does not bring go last") {
  Look look = complete(false, {});
  look.assets.push_back(asset(2, "old"));
  Desired desired = wishes({"a"});
  desired.remove_others = true;
  desired.prerelease = true;
  const Step step = plan_at(desired, observe(look));
  CHECK(step.rule == Rule::edit);
  CHECK(only<EditRelease>(step.now).prerelease == true);
  desired.prerelease.reset();
  const Step last = plan_at(desired, observe(look));
  CHECK(last.rule == Rule::tidy);
  CHECK(only<DeleteAsset>(last.now).asset.id == 2);
}

// --- confirm_tag ---

TEST_CASE("the tag is asked for again before publishing, where the last answer is old") {
  const Desired desired = wishes({"a"});
  const Snapshot look = observe(complete(true, commit));
  const Memory memory = memory_of(desired, look);
  Waits waits;
  waits.tag_is_fresh = false;
  const Step step = plan(desired, look, memory, waits);
  CHECK(step.rule == Rule::confirm_tag);
  CHECK(only<ConfirmTag>(step.now).tag == "v1");
  CHECK(only<EditRelease>(step.forecast).draft == false);
  const Snapshot published = observe(complete(false, {}));
  CHECK(plan(desired, published, memory_of(desired, published), waits).rule == Rule::done);
}

TEST_CASE("where publishing makes the tag, the tag is asked for directly afterwards") {
  const Desired desired = wishes({"a"});
  const Snapshot look = observe(complete(true, commit));
  Memory memory = memory_of(desired, look);
  memory.tag_exists = false;
  const Step step = plan(desired, look, memory);
  CHECK(step.rule == Rule::edit);
  CHECK(at<EditRelease>(step.now, 0).draft == false);
  CHECK(at<ConfirmTag>(step.now, 1).tag == "v1");
  CHECK(step.now.size() == 2);
}

// --- watch, done ---

TEST_CASE("a run that watches waits as long as there is a draft, and ends in public") {
  Desired desired = wishes({"a"});
  for (const bool draft : {true, false}) {
    const Snapshot look = observe(complete(draft, {}));
    Memory memory = memory_of(desired, look);
    memory.watching = true;
    const Step step = plan(desired, look, memory);
    CHECK(step.rule == (draft ? Rule::watch : Rule::done));
    CHECK(step.now.size() == (draft ? 1 : 0));
  }
}

TEST_CASE("files that were compared by name and size only are named at the end") {
  Look look = {false, {}, {asset(5, "a"), asset(6, "b")}};
  look.text = std::string(core::notes_limit - 203, 'x');
  const Step step = plan_at(wishes({"a", "b"}), observe(look));
  CHECK(step.rule == Rule::done);
  REQUIRE(step.warnings.size() == 1);
  CHECK(step.warnings[0].find("2 files were compared by name and size only, a for one") !=
        std::string::npos);
  CHECK(step.warnings[0].find("checksums: sha256") != std::string::npos);
}
