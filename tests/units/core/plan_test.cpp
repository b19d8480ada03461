// SPDX-License-Identifier: MIT
// Creating, filling and publishing a release, and its edit; of the other rules the tests stand in
// plan_rules_test.cpp and plan_fan_in_test.cpp.
#include "core/release/plan.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/release/assets.hpp"
#include "units/core/looks.hpp"

using core::ConfirmTag;
using core::CreateRelease;
using core::CreateTag;
using core::DeleteAsset;
using core::Desired;
using core::EditRelease;
using core::Memory;
using core::plan;
using core::Rule;
using core::Snapshot;
using core::snapshot_of;
using core::Step;
using core::UploadAsset;
using looks::asset;
using looks::at;
using looks::commit;
using looks::complete;
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
using looks::wishes;

TEST_CASE("a new release is a marked draft, filled, and published by one later edit") {
  Desired desired = wishes({"a", "b"});
  desired.text = core::WishedText{"Text"};
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
  CHECK(last_edit(step.forecast).changes == std::vector<std::string>{"publish it", "record"});
}

TEST_CASE("the edit after a new release waits for a look, also where no file is sent") {
  Memory memory;
  memory.commit = commit;
  const Step step = plan(wishes(), snapshot_of(std::nullopt), memory);
  only<CreateRelease>(step.now);
  CHECK(last_edit(step.forecast).changes == std::vector<std::string>{"publish it"});
}

TEST_CASE("a release for a tag that exists is created without a target") {
  Memory memory;
  memory.commit = commit;
  memory.tag_exists = true;
  Desired desired = wishes();
  desired.tag_message = "Message";
  desired.name = "Title";
  desired.prerelease = true;
  const Step step = plan(desired, snapshot_of(std::nullopt), memory);
  CHECK(at<CreateRelease>(step.now, 0).target.empty());
  CHECK(at<CreateRelease>(step.now, 0).name == "Title");
  CHECK(at<CreateRelease>(step.now, 0).prerelease);
}

TEST_CASE("with tag_message a tag that does not exist is made first, annotated") {
  Memory memory;
  memory.commit = commit;
  Desired desired = wishes({"a"});
  desired.tag_message = "Message";
  const Step step = plan(desired, snapshot_of(std::nullopt), memory);
  CHECK(at<CreateTag>(step.now, 0).message == "Message");
  CHECK(at<CreateTag>(step.now, 0).target == commit);
  CHECK(at<CreateRelease>(step.now, 1).target.empty());
}

TEST_CASE("with upload_before_publish: false a new release is public at once, unless draft: true") {
  Memory memory;
  memory.commit = commit;
  Desired desired = wishes({"a"});
  desired.upload_before_publish = false;
  const Step step = plan(desired, snapshot_of(std::nullopt), memory);
  CHECK_FALSE(at<CreateRelease>(step.now, 0).draft);
  CHECK(at<CreateRelease>(step.now, 0).body == " ");
  CHECK(last_edit(step.forecast).changes == std::vector<std::string>{"record"});
  desired.draft = true;
  const Step kept = plan(desired, snapshot_of(std::nullopt), memory);
  CHECK(at<CreateRelease>(kept.now, 0).draft);
  CHECK(core::parse_notes(at<CreateRelease>(kept.now, 0).body).mark == commit);
}

TEST_CASE("draft with mark: filled first, then published by one edit of flag and mark") {
  const Step filling = plan_at(wishes({"a", "b"}), observe(complete(true, commit)));
  CHECK(filling.rule == Rule::upload);
  CHECK(at<UploadAsset>(filling.now, 0).name == "b");
  CHECK(at<ConfirmTag>(filling.now, 1).tag == "v1");
  CHECK(filling.now.size() == 2);
  CHECK(last_edit(filling.forecast).draft == false);

  const Step publishing = plan_at(wishes({"a"}), observe(complete(true, commit)));
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

TEST_CASE("draft with mark and draft: true: it loses the mark, but not before the watch is over") {
  Desired desired = wishes({"a"});
  desired.draft = true;
  const Snapshot look = observe(complete(true, commit));
  Memory memory = memory_of(desired, look);
  memory.watching = true;
  const Step watching = plan(desired, look, memory);
  CHECK(watching.rule == Rule::watch);
  only<core::Wait>(watching.now);
  CHECK(only<core::Wait>(watching.forecast).time == std::chrono::seconds(1));
  memory.watching = false;
  const Step step = plan(desired, look, memory);
  CHECK(only<EditRelease>(step.now).draft == true);
  CHECK_FALSE(mark_in(last_edit(step.now)));
}

TEST_CASE("draft without mark: the user's own stays one with a warning, unless draft: false") {
  Desired desired = wishes({"a"});
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

TEST_CASE("public with mark, watched: put back while something is missing, else finished") {
  Desired desired = wishes({"a", "b"});
  const Snapshot look = observe(complete(false, commit));
  Memory memory = memory_of(desired, look);
  memory.watching = true;
  const Step back = plan(desired, look, memory);
  CHECK(back.rule == Rule::put_back);
  CHECK(only<EditRelease>(back.now).draft == true);
  CHECK(mark_in(last_edit(back.now)) == commit);  // else nobody would publish it any more
  CHECK(only<EditRelease>(back.forecast).draft == true);

  desired.files.pop_back();
  const Step finished = plan(desired, look, memory);
  CHECK(only<EditRelease>(finished.now).draft == false);
  CHECK_FALSE(mark_in(last_edit(finished.now)));

  desired.draft = true;
  CHECK(last_edit(plan(desired, look, memory).now).draft == true);
}

TEST_CASE("public with mark, not watched: filled where it is, then the mark is taken away") {
  const Step step = plan_at(wishes({"a", "b"}), observe(complete(false, commit)));
  CHECK(step.rule == Rule::upload);
  CHECK(at<UploadAsset>(step.now, 0).name == "b");
  CHECK(step.now.size() == 2);
  CHECK(last_edit(step.forecast).draft == false);
  CHECK_FALSE(mark_in(last_edit(step.forecast)));
}

TEST_CASE("public with mark and draft: true: put back by a run that comes to it later, too") {
  // Another run made the draft, and the server has published it: this run's first look is at that.
  Desired desired = wishes({"a"});
  desired.draft = true;
  const Step back = plan_at(desired, observe(complete(false, commit)));
  CHECK(back.rule == Rule::put_back);
  CHECK(only<EditRelease>(back.now).draft == true);
  CHECK(mark_in(last_edit(back.now)) == commit);
}

TEST_CASE("public without mark: left alone, and draft: true does not hide it") {
  Desired desired = wishes({"a"});
  CHECK(plan_at(desired, observe(complete(false, {}))).now.empty());
  CHECK(plan_at(desired, observe(complete(false, {}))).forecast.empty());
  CHECK(plan_at(desired, observe(complete(false, {}))).warnings.empty());
  desired.draft = true;
  CHECK(plan_at(desired, observe(complete(false, {}))).now.empty());
  CHECK(plan_at(desired, observe(complete(false, {}))).warnings.size() == 1);
}

TEST_CASE("every edit of a public release's notes says draft: false, one of its title does not") {
  Desired desired = wishes({"a"});
  desired.text = core::WishedText{"New notes"};
  const Step notes = plan_at(desired, observe(complete(false, {})));
  CHECK(only<EditRelease>(notes.now).draft == false);
  CHECK(core::parse_notes(*last_edit(notes.now).body).text == "New notes");
  CHECK(core::parse_notes(*last_edit(notes.now).body).record.contains(5));

  Desired title = wishes({"a"});
  title.name = "New title";
  title.prerelease = true;
  const Step renamed = plan_at(title, observe(complete(false, {})));
  CHECK(only<EditRelease>(renamed.now).name == "New title");
  CHECK(last_edit(renamed.now).prerelease == true);
  CHECK_FALSE(last_edit(renamed.now).body);
  CHECK_FALSE(last_edit(renamed.now).draft);
}

TEST_CASE("an edit of a marked draft that does not publish it leaves flag and mark alone") {
  Desired desired = wishes({"a"});
  desired.draft = true;
  desired.text = core::WishedText{"New notes"};
  const Snapshot look = observe(complete(true, commit));
  Memory memory = memory_of(desired, look);
  memory.watching = true;
  const Step step = plan(desired, look, memory);
  CHECK(mark_in(only<EditRelease>(step.now)) == commit);
  CHECK(last_edit(step.now).draft.value_or(true));
}

TEST_CASE("a replacement is uploaded and seen before the old one goes and the release is edited") {
  const Desired desired = wishes({"a"});
  Look look = {false, {}, {asset(3, "a"), asset(4, "b")}};
  const Step before = plan_at(desired, observe(look));
  CHECK(at<UploadAsset>(before.now, 0).name == "a");
  CHECK(at<ConfirmTag>(before.now, 1).tag == "v1");
  CHECK(before.now.size() == 2);
  CHECK(at<UploadAsset>(before.forecast, 0).name == "a");
  CHECK(at<DeleteAsset>(before.forecast, 1).asset.id == 3);
  CHECK(before.forecast.size() == 2);

  const Memory memory = memory_with(desired, observe(look), asset(5, "a"));
  look.assets.push_back(asset(5, "a"));
  const Step after = plan(desired, observe(look), memory);
  REQUIRE(after.now.size() == 2);
  CHECK(at<DeleteAsset>(after.now, 0).asset.id == 3);
  CHECK(last_edit(after.now).entries == std::vector<std::uint64_t>{5});
  CHECK(core::parse_notes(*last_edit(after.now).body).record.contains(5));
}

TEST_CASE("an entry that was lost is written once more, then let go") {
  const Desired desired = wishes({"a"});
  const Snapshot look = observe({false, {}, {asset(5, "a")}});
  Memory memory = memory_with(desired, look, asset(5, "a"));
  memory.record_writes[5] = 1;
  CHECK(last_edit(plan(desired, look, memory).now).entries == std::vector<std::uint64_t>{5});
  memory.record_writes[5] = core::max_record_writes;
  CHECK(plan(desired, look, memory).now.empty());
}

TEST_CASE("no edit is sent for the record alone where it would start the next run") {
  Desired desired = wishes({"a"});
  desired.edit_for_record_alone = false;
  const Snapshot look = observe({false, {}, {asset(5, "a")}});
  Memory memory = memory_with(desired, look, asset(5, "a"));
  CHECK(plan(desired, look, memory).now.empty());
  desired.name = "New title";
  memory.name_settled = false;
  const Step step = plan(desired, look, memory);
  CHECK(core::parse_notes(last_edit(step.now).body.value()).record.size() == 1);
}

TEST_CASE("a record is not rewritten only to drop what is gone") {
  Look look = complete(false, {});
  look.record[9] = core::record_entry(asset(9, "gone"), ours);
  Snapshot seen = observe(look);
  seen.notes.record = look.record;
  CHECK(plan_at(wishes({"a"}), seen).now.empty());
}

TEST_CASE("fields that are settled are not written again") {
  Desired desired = wishes({"a"});
  desired.name = "Wished";
  desired.text = core::WishedText{"Wished"};
  desired.prerelease = true;
  const Snapshot look = observe(complete(false, {}));
  Memory memory = memory_of(desired, look);
  memory.name_settled = memory.text_settled = memory.prerelease_settled = true;
  CHECK(plan(desired, look, memory).now.empty());
  memory.text_settled = false;
  CHECK_FALSE(last_edit(plan(desired, look, memory).now).name);
}
