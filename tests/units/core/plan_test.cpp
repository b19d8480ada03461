// SPDX-License-Identifier: MIT
#include "core/release/plan.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <ctime>
#include <limits>

#include "core/release/assets.hpp"

using core::Action;
using core::Asset;
using core::CreateRelease;
using core::CreateTag;
using core::DeleteAsset;
using core::Desired;
using core::EditRelease;
using core::first_step;
using core::Memory;
using core::Observed;
using core::Plan;
using core::plan;
using core::UploadAsset;

namespace {

const std::string commit(40, '1');
const std::string other_commit(40, '2');
const core::Digest ours(64, 'a');

struct Look {
  bool draft = false;
  std::optional<std::string> mark = {};
  std::vector<Asset> assets = {};
  core::Record record = {};
  std::string text = "Notes";
};

Observed observe(const Look& look) {
  core::Release release;
  release.id = 1;
  release.tag = "v1";
  release.name = "Title";
  release.draft = look.draft;
  release.assets = look.assets;
  release.body = core::render_notes({look.text, look.mark, look.record}, look.assets);
  return core::observed(release);
}

Asset asset(std::uint64_t id, const std::string& name) {
  return {id, name, 3, "uuid" + std::to_string(1000 + id), ""};
}

Desired wishes(const std::vector<std::string>& names = {}) {
  Desired desired;
  desired.tag = "v1";
  desired.target = commit;
  for (const std::string& name : names) desired.files.push_back({name, "/ws/" + name, 3, ours});
  return desired;
}

/// What a run remembers after this as its first look.
Memory memory_of(const Desired& desired, const Observed& look) {
  Memory memory;
  memory.commit = commit;
  memory.tag_exists = true;
  core::remember(memory, desired, look);
  return memory;
}

Plan plan_at(const Desired& desired, const Observed& look) {
  return plan(desired, look, memory_of(desired, look));
}

template <typename T>
const T& at(const Plan& result, std::size_t index) {
  REQUIRE(index < result.actions.size());
  REQUIRE(std::holds_alternative<T>(result.actions[index]));
  return std::get<T>(result.actions[index]);
}

/// The one edit of the plan, which has to be its last action.
const EditRelease& last_edit(const Plan& result) {
  REQUIRE_FALSE(result.actions.empty());
  return at<EditRelease>(result, result.actions.size() - 1);
}

/// A marked draft, or a release, that has file "a" of ours, recorded.
Look complete(bool draft, std::optional<std::string> mark) {
  return {draft, std::move(mark), {asset(5, "a")}, {{5, core::record_entry(asset(5, "a"), ours)}}};
}

std::optional<std::string> mark_in(const EditRelease& edit) {
  REQUIRE(edit.body);
  return core::parse_notes(*edit.body).mark;
}

}  // namespace

TEST_CASE("a new release is a marked draft, filled, and published by one later edit") {
  Desired desired = wishes({"a", "b"});
  desired.text = core::WishedText{"Text"};
  desired.prerelease_when_new = true;
  Memory memory;
  memory.commit = commit;
  const Plan result = plan(desired, core::observed(std::nullopt), memory);
  const auto& create = at<CreateRelease>(result, 0);
  CHECK(create.draft);
  CHECK(create.prerelease);
  CHECK(create.name == "v1");
  CHECK(create.target == commit);
  CHECK(core::parse_notes(create.body).mark == commit);
  CHECK(core::parse_notes(create.body).text == "Text");
  CHECK(at<UploadAsset>(result, 1).name == "a");
  CHECK(at<UploadAsset>(result, 2).path == "/ws/b");
  CHECK(last_edit(result).changes == std::vector<std::string>{"publish it", "record"});
  CHECK(first_step(result.actions) == 3);
}

TEST_CASE("the edit after a new release waits for a look, also where no file is sent") {
  Memory memory;
  memory.commit = commit;
  const Plan result = plan(wishes(), core::observed(std::nullopt), memory);
  at<CreateRelease>(result, 0);
  CHECK(first_step(result.actions) == 1);
}

TEST_CASE("a release for a tag that exists is created without a target") {
  Memory memory;
  memory.commit = commit;
  memory.tag_exists = true;
  Desired desired = wishes();
  desired.tag_message = "Message";
  desired.name = "Title";
  desired.prerelease = true;
  const Plan result = plan(desired, core::observed(std::nullopt), memory);
  CHECK(at<CreateRelease>(result, 0).target.empty());
  CHECK(at<CreateRelease>(result, 0).name == "Title");
  CHECK(at<CreateRelease>(result, 0).prerelease);
}

TEST_CASE("with tag_message a tag that does not exist is made first, annotated") {
  Memory memory;
  memory.commit = commit;
  Desired desired = wishes({"a"});
  desired.tag_message = "Message";
  const Plan result = plan(desired, core::observed(std::nullopt), memory);
  CHECK(at<CreateTag>(result, 0).message == "Message");
  CHECK(at<CreateTag>(result, 0).target == commit);
  CHECK(at<CreateRelease>(result, 1).target.empty());
}

TEST_CASE("with upload_before_publish: false a new release is public at once, unless draft: true") {
  Memory memory;
  memory.commit = commit;
  Desired desired = wishes({"a"});
  desired.upload_before_publish = false;
  const Plan result = plan(desired, core::observed(std::nullopt), memory);
  CHECK_FALSE(at<CreateRelease>(result, 0).draft);
  CHECK(at<CreateRelease>(result, 0).body == " ");
  CHECK(last_edit(result).changes == std::vector<std::string>{"record"});
  desired.draft = true;
  const Plan kept = plan(desired, core::observed(std::nullopt), memory);
  CHECK(at<CreateRelease>(kept, 0).draft);
  CHECK(core::parse_notes(at<CreateRelease>(kept, 0).body).mark == commit);
}

TEST_CASE("draft with mark: filled first, then published by one edit of flag and mark") {
  const Plan filling = plan_at(wishes({"a", "b"}), observe(complete(true, commit)));
  CHECK(at<UploadAsset>(filling, 0).name == "b");
  CHECK(first_step(filling.actions) == 1);

  const Plan publishing = plan_at(wishes({"a"}), observe(complete(true, commit)));
  REQUIRE(publishing.actions.size() == 1);
  const EditRelease& edit = last_edit(publishing);
  CHECK(edit.draft == false);
  CHECK_FALSE(mark_in(edit));
  CHECK(core::parse_notes(*edit.body).text == "Notes");
  CHECK(core::parse_notes(*edit.body).record.contains(5));
  CHECK_FALSE(edit.name);
  CHECK_FALSE(edit.prerelease);
}

TEST_CASE("draft with mark and draft: true: it loses the mark, but not before the watch is over") {
  Desired desired = wishes({"a"});
  desired.draft = true;
  const Observed look = observe(complete(true, commit));
  Memory memory = memory_of(desired, look);
  memory.watching = true;
  CHECK(plan(desired, look, memory).actions.empty());
  memory.watching = false;
  const Plan result = plan(desired, look, memory);
  REQUIRE(result.actions.size() == 1);
  CHECK(last_edit(result).draft == true);
  CHECK_FALSE(mark_in(last_edit(result)));
}

TEST_CASE("draft without mark: the user's own stays one with a warning, unless draft: false") {
  Desired desired = wishes({"a"});
  const Plan kept = plan_at(desired, observe(complete(true, {})));
  CHECK(kept.actions.empty());
  REQUIRE(kept.warnings.size() == 1);
  CHECK(kept.warnings[0].find("draft: false") != std::string::npos);

  desired.draft = true;
  CHECK(plan_at(desired, observe(complete(true, {}))).actions.empty());
  CHECK(plan_at(desired, observe(complete(true, {}))).warnings.empty());

  desired.draft = false;
  const Plan published = plan_at(desired, observe(complete(true, {})));
  REQUIRE(published.actions.size() == 1);
  CHECK(last_edit(published).draft == false);
  CHECK(last_edit(published).body);
}

TEST_CASE("public with mark, watched: put back while something is missing, else finished") {
  Desired desired = wishes({"a", "b"});
  const Observed look = observe(complete(false, commit));
  Memory memory = memory_of(desired, look);
  memory.watching = true;
  const Plan back = plan(desired, look, memory);
  REQUIRE(back.actions.size() == 1);
  CHECK(last_edit(back).draft == true);
  CHECK(last_edit(back).body == look.release->body);

  desired.files.pop_back();
  const Plan finished = plan(desired, look, memory);
  REQUIRE(finished.actions.size() == 1);
  CHECK(last_edit(finished).draft == false);
  CHECK_FALSE(mark_in(last_edit(finished)));

  desired.draft = true;
  CHECK(last_edit(plan(desired, look, memory)).draft == true);
}

TEST_CASE("public with mark, not watched: filled where it is, then the mark is taken away") {
  const Plan result = plan_at(wishes({"a", "b"}), observe(complete(false, commit)));
  CHECK(at<UploadAsset>(result, 0).name == "b");
  CHECK(last_edit(result).draft == false);
  CHECK_FALSE(mark_in(last_edit(result)));
  CHECK(first_step(result.actions) == 1);
}

TEST_CASE("public with mark and draft: true: put back by a run that comes to it later, too") {
  // Another run made the draft, and the server has published it: this run's first look is at that.
  Desired desired = wishes({"a"});
  desired.draft = true;
  const Plan back = plan_at(desired, observe(complete(false, commit)));
  REQUIRE(back.actions.size() == 1);
  CHECK(last_edit(back).draft == true);
  CHECK(mark_in(last_edit(back)) == commit);
}

TEST_CASE("public without mark: left alone, and draft: true does not hide it") {
  Desired desired = wishes({"a"});
  CHECK(plan_at(desired, observe(complete(false, {}))).actions.empty());
  CHECK(plan_at(desired, observe(complete(false, {}))).warnings.empty());
  desired.draft = true;
  CHECK(plan_at(desired, observe(complete(false, {}))).actions.empty());
  CHECK(plan_at(desired, observe(complete(false, {}))).warnings.size() == 1);
}

TEST_CASE("every edit of a public release's notes says draft: false, one of its title does not") {
  Desired desired = wishes({"a"});
  desired.text = core::WishedText{"New notes"};
  const Plan notes = plan_at(desired, observe(complete(false, {})));
  REQUIRE(notes.actions.size() == 1);
  CHECK(last_edit(notes).draft == false);
  CHECK(core::parse_notes(*last_edit(notes).body).text == "New notes");
  CHECK(core::parse_notes(*last_edit(notes).body).record.contains(5));

  Desired title = wishes({"a"});
  title.name = "New title";
  title.prerelease = true;
  const Plan renamed = plan_at(title, observe(complete(false, {})));
  REQUIRE(renamed.actions.size() == 1);
  CHECK(last_edit(renamed).name == "New title");
  CHECK(last_edit(renamed).prerelease == true);
  CHECK_FALSE(last_edit(renamed).body);
  CHECK_FALSE(last_edit(renamed).draft);
}

TEST_CASE("an edit of a marked draft that does not publish it leaves flag and mark alone") {
  Desired desired = wishes({"a"});
  desired.draft = true;
  desired.text = core::WishedText{"New notes"};
  const Observed look = observe(complete(true, commit));
  Memory memory = memory_of(desired, look);
  memory.watching = true;
  const Plan result = plan(desired, look, memory);
  REQUIRE(result.actions.size() == 1);
  CHECK(mark_in(last_edit(result)) == commit);
  CHECK(last_edit(result).draft.value_or(true));
}

TEST_CASE("the mark of another commit, draft or public: started over in one step") {
  for (const bool draft : {true, false}) {
    Look look = complete(draft, other_commit);
    look.assets.push_back(asset(6, "foreign"));
    const Plan result = plan_at(wishes({"a"}), observe(look));
    CHECK(result.starts_over);
    const auto& edit = at<EditRelease>(result, 0);
    CHECK(edit.draft == true);
    CHECK(mark_in(edit) == commit);
    CHECK(core::parse_notes(*edit.body).text == "Notes");
    CHECK(core::parse_notes(*edit.body).record.empty());
    CHECK(at<DeleteAsset>(result, 1).asset.id == 5);
    CHECK(at<DeleteAsset>(result, 2).asset.id == 6);
    CHECK(result.actions.size() == 3);
    CHECK(first_step(result.actions) == 3);
  }
}

TEST_CASE("a mark that a published release only quotes does not hide it nor delete anything") {
  Look look = complete(false, {});
  look.text = "What it writes:\n```\n<!-- gitea-release: being filled for commit " + other_commit +
              " -->\n```\nEnd";
  const Plan result = plan_at(wishes({"a"}), observe(look));
  CHECK_FALSE(result.starts_over);
  for (const Action& action : result.actions) {
    CHECK_FALSE(std::holds_alternative<DeleteAsset>(action));
    const auto* edit = std::get_if<EditRelease>(&action);
    CHECK((edit == nullptr || edit->draft != true));
  }
}

TEST_CASE("a start-over that broke off before its deletions is finished by the next look") {
  const Look before = {true, other_commit, {asset(5, "a"), asset(6, "gone-in-the-new-commit")}};
  const Observed look = observe(before);
  const Plan broken = plan_at(wishes({"a"}), look);
  core::Release release = *look.release;
  release.body = at<EditRelease>(broken, 0).body.value();
  const Plan next = plan_at(wishes({"a"}), core::observed(release));
  bool deletes = false;
  for (const Action& action : next.actions) {
    const auto* gone = std::get_if<DeleteAsset>(&action);
    deletes = deletes || (gone != nullptr && gone->asset.id == 6);
  }
  CHECK(deletes);
}

TEST_CASE(
    "what a start-over condemned goes before the mark that says so, in any order of publishing") {
  for (const bool upload_first : {true, false}) {
    Desired desired = wishes({"a"});
    desired.upload_before_publish = upload_first;
    Observed look = observe({true, commit, {asset(5, "a"), asset(6, "old")}});
    look.notes.outdated_up_to = 6;
    const Plan result = plan_at(desired, look);
    CHECK(at<DeleteAsset>(result, 0).asset.id == 5);
    CHECK(at<DeleteAsset>(result, 1).asset.id == 6);
  }
}

TEST_CASE("a replacement is uploaded and seen before the old one goes and the release is edited") {
  const Desired desired = wishes({"a"});
  Look look = {false, {}, {asset(3, "a"), asset(4, "b")}};
  const Plan before = plan_at(desired, observe(look));
  CHECK(at<UploadAsset>(before, 0).name == "a");
  CHECK(at<DeleteAsset>(before, 1).asset.id == 3);
  CHECK(before.actions.size() == 2);
  CHECK(first_step(before.actions) == 1);

  Memory memory = memory_of(desired, observe(look));
  memory.sent["a"] = {asset(5, "a"), ours};
  look.assets.push_back(asset(5, "a"));
  const Plan after = plan(desired, observe(look), memory);
  REQUIRE(after.actions.size() == 2);
  CHECK(at<DeleteAsset>(after, 0).asset.id == 3);
  CHECK(last_edit(after).entries == std::vector<std::string>{"a"});
  CHECK(core::parse_notes(*last_edit(after).body).record.contains(5));
  CHECK(first_step(after.actions) == 2);
}

TEST_CASE("an entry that was lost is written once more, then let go") {
  const Desired desired = wishes({"a"});
  const Observed look = observe({false, {}, {asset(5, "a")}});
  Memory memory = memory_of(desired, look);
  memory.sent["a"] = {asset(5, "a"), ours, 1};
  CHECK(last_edit(plan(desired, look, memory)).entries == std::vector<std::string>{"a"});
  memory.sent["a"].entry_writes = core::most_entry_writes;
  CHECK(plan(desired, look, memory).actions.empty());
}

TEST_CASE("no edit is sent for the record alone where it would start the next run") {
  Desired desired = wishes({"a"});
  desired.edit_for_record_alone = false;
  const Observed look = observe({false, {}, {asset(5, "a")}});
  Memory memory = memory_of(desired, look);
  memory.sent["a"] = {asset(5, "a"), ours};
  CHECK(plan(desired, look, memory).actions.empty());
  desired.name = "New title";
  memory.name_settled = false;
  CHECK(core::parse_notes(last_edit(plan(desired, look, memory)).body.value()).record.size() == 1);
}

TEST_CASE("a record is not rewritten only to drop what is gone") {
  Look look = complete(false, {});
  look.record[9] = core::record_entry(asset(9, "gone"), ours);
  Observed seen = observe(look);
  seen.notes.record = look.record;
  CHECK(plan_at(wishes({"a"}), seen).actions.empty());
}

TEST_CASE("fields that are settled are not written again") {
  Desired desired = wishes({"a"});
  desired.name = "Wished";
  desired.text = core::WishedText{"Wished"};
  desired.prerelease = true;
  const Observed look = observe(complete(false, {}));
  Memory memory = memory_of(desired, look);
  memory.name_settled = memory.text_settled = memory.prerelease_settled = true;
  CHECK(plan(desired, look, memory).actions.empty());
  memory.text_settled = false;
  CHECK_FALSE(last_edit(plan(desired, look, memory)).name);
}

TEST_CASE("with upload_before_publish: false a marked draft is published before it is filled") {
  Desired desired = wishes({"a", "b"});
  desired.upload_before_publish = false;
  const Plan result = plan_at(desired, observe(complete(true, commit)));
  CHECK(at<EditRelease>(result, 0).draft == false);
  CHECK(at<UploadAsset>(result, 1).name == "b");
  CHECK(result.actions.size() == 2);
  CHECK(first_step(result.actions) == 1);
}

TEST_CASE("assets that this run does not bring go last, and only on request") {
  Look look = complete(true, commit);
  look.assets.push_back(asset(2, "old"));
  look.record[2] = core::record_entry(asset(2, "old"), ours);
  Desired desired = wishes({"a"});
  CHECK(plan_at(desired, observe(look)).actions.size() == 1);
  desired.remove_others = true;
  const Plan result = plan_at(desired, observe(look));
  REQUIRE(result.actions.size() == 2);
  CHECK(at<EditRelease>(result, 0).draft == false);
  CHECK(core::parse_notes(*at<EditRelease>(result, 0).body).record.size() == 1);
  CHECK(at<DeleteAsset>(result, 1).asset.id == 2);
}

TEST_CASE("while other jobs are due nothing is said of what sums and table do not have yet") {
  Desired desired = wishes({"a"});
  desired.required = {"a", "b"};
  desired.checksums = {core::Algorithm::sha256};
  desired.downloads = core::Downloads{{{"C", "c"}}, ""};
  const Memory memory = memory_of(desired, observe(complete(true, commit)));
  Look look = complete(true, commit);
  look.assets.push_back(asset(6, "b"));  // of a job that has not said yet what it holds

  const Plan waiting = plan(desired, observe(look), memory);
  CHECK(waiting.actions.empty());
  CHECK(waiting.waiting.digests == std::vector<std::string>{"b"});
  CHECK(waiting.warnings.empty());
}

TEST_CASE("every action has one wording, on one line") {
  CHECK(describe(CreateTag{"v1", "m", "c"}) == "create the annotated tag v1");
  CHECK(describe(CreateRelease{"v1", "", "v1", "", true, false}) == "create the draft release v1");
  CHECK(describe(CreateRelease{"v1", "", "v1", "", false, true}) ==
        "create the release v1 (prerelease)");
  CHECK(describe(UploadAsset{"app.tgz", "/ws/app.tgz", 1229}) == "upload app.tgz (1.2 KiB)");
  CHECK(describe(DeleteAsset{asset(7, "a\nb"), "replaced"}) == "delete a b (asset 7, replaced)");
  EditRelease edit;
  edit.changes = {"title", "publish it"};
  CHECK(describe(edit) == "edit the release: title, publish it");
}

namespace {

/// The least processor time of several plans with so many files that are all there already.
std::clock_t time_of_plan(int count) {
  std::vector<std::string> names;
  std::vector<Asset> assets;
  for (int i = 0; i < count; ++i) {
    names.push_back("file-" + std::to_string(i));
    assets.push_back(asset(static_cast<std::uint64_t>(i) + 1, names.back()));
  }
  std::reverse(names.begin(), names.end());
  Desired desired = wishes(names);
  desired.overwrite = core::Overwrite::fail;
  const Observed look = observe({.assets = assets});
  const Memory memory = memory_of(desired, look);
  auto least = std::numeric_limits<std::clock_t>::max();
  for (int round = 0; round < 3; ++round) {
    for (core::LocalFile& file : desired.files) file.sha256.reset();
    const std::clock_t begin = std::clock();
    without_needed_digest(desired.files, look, memory);
    clashes(desired, look, memory);
    plan(desired, look, memory);
    least = std::min(least, std::clock() - begin);
  }
  return least;
}

}  // namespace

TEST_CASE("a plan's time grows with the number of files, not with its square") {
  const std::clock_t few = time_of_plan(500);
  const std::clock_t many = time_of_plan(16 * 500);
  CHECK(many < few * 16 * 4);
}
