// SPDX-License-Identifier: MIT
// Creating, filling and publishing a release. The other rules are in plan_edit_test.cpp,
// plan_filling_test.cpp, plan_publishing_test.cpp and plan_fan_in*_test.cpp.
#include "core/release/plan.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/release/assets.hpp"
#include "units/core/release/snapshots.hpp"

using core::ConfirmTag;
using core::CreateRelease;
using core::CreateTag;
using core::Desired;
using core::EditRelease;
using core::Memory;
using core::plan;
using core::Rule;
using core::Snapshot;
using core::snapshot_of;
using core::Step;
using core::UploadAsset;
using snapshots::at;
using snapshots::commit;
using snapshots::complete;
using snapshots::desired_for;
using snapshots::last_edit;
using snapshots::mark_in;
using snapshots::memory_of;
using snapshots::observe;
using snapshots::only;
using snapshots::plan_at;

TEST_CASE("a new release is a marked draft, filled, and published by one later edit") {
  Desired desired = desired_for({"a", "b"});
  desired.text = core::DesiredText{"Text"};
  desired.prerelease_when_new = true;
  Memory memory;
  memory.commit = commit;
  const Step step = plan(desired, snapshot_of(std::nullopt), memory);
  CHECK(step.rule == Rule::create);
  const auto& create = at<CreateRelease>(step.now, 0);
  CHECK(create.draft);
  CHECK(create.prerelease);
  CHECK(create.name == "v1");
  CHECK(create.target == commit);
  CHECK(core::parse_notes(create.body).mark == commit);
  CHECK(core::parse_notes(create.body).text == "Text");
  CHECK(at<UploadAsset>(step.now, 1).name == "a");
  CHECK(at<UploadAsset>(step.now, 2).path == "/ws/b");
  CHECK(at<ConfirmTag>(step.now, 3).tag == "v1");
  CHECK(step.now.size() == 4);
  CHECK(step.forecast.size() == 4);
  CHECK(last_edit(step.forecast).changes == std::vector<std::string>{"published", "digests"});
}

TEST_CASE("the edit after a new release waits for a read, even if no file is uploaded") {
  Memory memory;
  memory.commit = commit;
  const Step step = plan(desired_for(), snapshot_of(std::nullopt), memory);
  only<CreateRelease>(step.now);
  CHECK(last_edit(step.forecast).changes == std::vector<std::string>{"published"});
}

TEST_CASE("a release for a tag that exists is created without a target") {
  Memory memory;
  memory.commit = commit;
  memory.tag_exists = true;
  Desired desired = desired_for();
  desired.tag_message = "Message";
  desired.name = "Title";
  desired.prerelease = true;
  const Step step = plan(desired, snapshot_of(std::nullopt), memory);
  CHECK(at<CreateRelease>(step.now, 0).target.empty());
  CHECK(at<CreateRelease>(step.now, 0).name == "Title");
  CHECK(at<CreateRelease>(step.now, 0).prerelease);
}

TEST_CASE("with tag_message a missing tag is created first, as an annotated tag") {
  Memory memory;
  memory.commit = commit;
  Desired desired = desired_for({"a"});
  desired.tag_message = "Message";
  const Step step = plan(desired, snapshot_of(std::nullopt), memory);
  CHECK(at<CreateTag>(step.now, 0).message == "Message");
  CHECK(at<CreateTag>(step.now, 0).target == commit);
  CHECK(at<CreateRelease>(step.now, 1).target.empty());
}

TEST_CASE("with upload_before_publish: false a new release is public at once, unless draft: true") {
  Memory memory;
  memory.commit = commit;
  Desired desired = desired_for({"a"});
  desired.upload_before_publish = false;
  const Step step = plan(desired, snapshot_of(std::nullopt), memory);
  CHECK_FALSE(at<CreateRelease>(step.now, 0).draft);
  CHECK(at<CreateRelease>(step.now, 0).body == " ");
  CHECK(last_edit(step.forecast).changes == std::vector<std::string>{"digests"});
  desired.draft = true;
  const Step kept = plan(desired, snapshot_of(std::nullopt), memory);
  CHECK(at<CreateRelease>(kept.now, 0).draft);
  CHECK(core::parse_notes(at<CreateRelease>(kept.now, 0).body).mark == commit);
}

TEST_CASE("draft with mark: filled first, then published by one edit of flag and mark") {
  const Step filling = plan_at(desired_for({"a", "b"}), observe(complete(true, commit)));
  CHECK(filling.rule == Rule::upload);
  CHECK(at<UploadAsset>(filling.now, 0).name == "b");
  CHECK(at<ConfirmTag>(filling.now, 1).tag == "v1");
  CHECK(filling.now.size() == 2);
  CHECK(last_edit(filling.forecast).draft == false);

  const Step publishing = plan_at(desired_for({"a"}), observe(complete(true, commit)));
  CHECK(publishing.rule == Rule::edit);
  const EditRelease& edit = only<EditRelease>(publishing.now);
  CHECK(edit.draft == false);
  CHECK_FALSE(mark_in(edit));
  CHECK(core::parse_notes(*edit.body).text == "Notes");
  CHECK(core::parse_notes(*edit.body).record.contains(5));
  CHECK_FALSE(edit.name);
  CHECK_FALSE(edit.prerelease);
  CHECK(only<EditRelease>(publishing.forecast).draft == false);
}

TEST_CASE("draft with mark and draft: true: the mark is removed, but not before the watch ends") {
  Desired desired = desired_for({"a"});
  desired.draft = true;
  const Snapshot snapshot = observe(complete(true, commit));
  Memory memory = memory_of(desired, snapshot);
  memory.watching = true;
  const Step watching = plan(desired, snapshot, memory);
  CHECK(watching.rule == Rule::watch);
  only<core::Wait>(watching.now);
  CHECK(only<core::Wait>(watching.forecast).time == std::chrono::seconds(1));
  memory.watching = false;
  const Step step = plan(desired, snapshot, memory);
  CHECK(only<EditRelease>(step.now).draft == true);
  CHECK_FALSE(mark_in(last_edit(step.now)));
}

TEST_CASE("draft without mark: a user's own stays a draft with a warning, unless draft: false") {
  Desired desired = desired_for({"a"});
  const Step kept = plan_at(desired, observe(complete(true, {})));
  CHECK(kept.rule == Rule::done);
  CHECK(kept.now.empty());
  REQUIRE(kept.warnings.size() == 1);
  CHECK(kept.warnings[0].find("draft: false") != std::string::npos);

  desired.draft = true;
  CHECK(plan_at(desired, observe(complete(true, {}))).now.empty());
  CHECK(plan_at(desired, observe(complete(true, {}))).warnings.empty());

  desired.draft = false;
  const Step published = plan_at(desired, observe(complete(true, {})));
  CHECK(only<EditRelease>(published.now).draft == false);
  CHECK(last_edit(published.now).body);
}

TEST_CASE("public with mark, watched: made a draft again if incomplete, else finished") {
  Desired desired = desired_for({"a", "b"});
  const Snapshot snapshot = observe(complete(false, commit));
  Memory memory = memory_of(desired, snapshot);
  memory.watching = true;
  const Step back = plan(desired, snapshot, memory);
  CHECK(back.rule == Rule::put_back);
  CHECK(only<EditRelease>(back.now).draft == true);
  CHECK(mark_in(last_edit(back.now)) == commit);  // otherwise no run would publish it any more
  CHECK(only<EditRelease>(back.forecast).draft == true);

  desired.files.pop_back();
  const Step finished = plan(desired, snapshot, memory);
  CHECK(only<EditRelease>(finished.now).draft == false);
  CHECK_FALSE(mark_in(last_edit(finished.now)));

  desired.draft = true;
  CHECK(last_edit(plan(desired, snapshot, memory).now).draft == true);
}

TEST_CASE("public with mark, not watched: filled while public, then the mark is removed") {
  const Step step = plan_at(desired_for({"a", "b"}), observe(complete(false, commit)));
  CHECK(step.rule == Rule::upload);
  CHECK(at<UploadAsset>(step.now, 0).name == "b");
  CHECK(step.now.size() == 2);
  CHECK(last_edit(step.forecast).draft == false);
  CHECK_FALSE(mark_in(last_edit(step.forecast)));
}

TEST_CASE("public with mark and draft: true: made a draft again, even by a later run") {
  // Another run created the draft, and the server has published it before this run's first read.
  Desired desired = desired_for({"a"});
  desired.draft = true;
  const Step back = plan_at(desired, observe(complete(false, commit)));
  CHECK(back.rule == Rule::put_back);
  CHECK(only<EditRelease>(back.now).draft == true);
  CHECK(mark_in(last_edit(back.now)) == commit);
}

TEST_CASE("public without mark: not changed, and draft: true does not hide it") {
  Desired desired = desired_for({"a"});
  CHECK(plan_at(desired, observe(complete(false, {}))).now.empty());
  CHECK(plan_at(desired, observe(complete(false, {}))).forecast.empty());
  CHECK(plan_at(desired, observe(complete(false, {}))).warnings.empty());
  desired.draft = true;
  CHECK(plan_at(desired, observe(complete(false, {}))).now.empty());
  CHECK(plan_at(desired, observe(complete(false, {}))).warnings.size() == 1);
}
