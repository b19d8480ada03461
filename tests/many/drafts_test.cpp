// SPDX-License-Identifier: MIT
// Drafts: the user's own, one that is wished, and one that the server publishes by itself.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "many/rounds.hpp"

namespace many {
namespace {

void play_own_draft(Round& round, bool publish) {
  round.prepare(round.chance(50) ? Tag::absent : Tag::long_before);
  core::JsonObject json;
  json.add("tag_name", round.tag).add("target_commitish", "main").add("draft", true);
  json.add("name", "mine").add("body", "my own notes");
  const auto draft = round.server().create_release(json.text());
  round.server().upload(draft.id, "user.txt", "hello");
  round.allow_notes_without_flag();
  if (round.chance(70)) round.roughen();
  auto jobs = round.jobs_with_own_files();
  for (Job& job : jobs) job.inputs["draft"] = publish ? "false" : "";
  const auto ends = round.run_together(jobs);
  round.expect_success(ends);
  for (const JobEnd& end : ends) {
    const bool warned = end.run.log.find("set 'draft: false'") != std::string::npos;
    round.expect(warned || publish, end.account + " DID NOT WARN of the draft");
  }
  auto wanted = brought_by(jobs);
  wanted["user.txt"] = {"hello"};
  round.expect_final(
      {.assets = wanted, .draft = !publish, .titles = {"mine"}, .texts = {"my own notes"}});
}

void play_wished_draft(Round& round) {
  round.server().push_tag(round.tag, round.between(40, 250));
  round.allow_notes_without_flag();
  auto jobs = round.jobs_with_own_files();
  for (Job& job : jobs) {
    job.inputs["draft"] = "true";
    job.dispatched = false;
  }
  round.expect_success(round.run_together(jobs));
  round.expect_final({.assets = brought_by(jobs), .draft = true});
}

/// The server publishes the draft while uploads are on their way that take longer than a second, or
/// have to be sent twice; it becomes a draft again, but not where another run has published it.
void play_slow_uploads(Round& round) {
  round.server().push_tag(round.tag, round.between(80, 400));
  auto jobs = round.jobs_with_own_files();
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    jobs[i].dispatched = false;
    jobs[i].starts_after_ms = round.between(0, 50);
    const std::string slow = fmt::format("slow-{:02}.bin", i);
    jobs[i].files[slow] = round.content();
    if (i + 1 == jobs.size() || (i > 0 && round.chance(50))) continue;  // the last one publishes
    if (round.chance(40)) round.fault("stall", "POST", slow, 0, 1, round.between(300, 700));
    round.fault("delay", "POST", slow, 0, 1, round.between(1'050, 1'500));
  }
  round.expect_complete(jobs);
  round.expect_success(round.run_together(jobs));
  round.expect_final({.assets = brought_by(jobs)});
}

}  // namespace

TEST_CASE("the user's own draft stays one") {
  play_rounds({"the user's draft, draft unset"}, [](Round& r) { play_own_draft(r, false); });
}

TEST_CASE("the user's own draft is published by those who ask for it") {
  play_rounds({"the user's draft, draft: false"}, [](Round& r) { play_own_draft(r, true); });
}

// Nearly all of its time is the watch of ten seconds: many rounds at a time.
TEST_CASE("a draft that is wished for a tag that was just pushed") {
  play_rounds({"draft: true, tag just pushed", {1, 1, 2, 2, 4}, 13}, play_wished_draft);
}

TEST_CASE("slow uploads for a tag that was just pushed") {
  play_rounds({"slow uploads, tag just pushed", {2, 2, 2, 4, 4, 8}, 6}, play_slow_uploads);
}

}  // namespace many
