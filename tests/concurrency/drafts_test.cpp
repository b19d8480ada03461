// SPDX-License-Identifier: MIT
// Drafts: a user's own, one that was requested, and one that the server publishes by itself.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "concurrency/rounds.hpp"

namespace concurrency {
namespace {

void own_draft_round(Round& round, bool publish) {
  round.prepare(round.chance(50) ? Tag::absent : Tag::long_before);
  core::JsonObject json;
  json.add("tag_name", round.tag).add("target_commitish", "main").add("draft", true);
  json.add("name", "mine").add("body", "my own notes");
  const auto draft = round.server().create_release(json.text());
  round.server().upload(draft.id, "user.txt", "hello");
  round.allow_notes_without_flag();
  if (round.chance(70)) round.disturb();
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

void wished_draft_round(Round& round) {
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

/// The server publishes the draft while uploads are in progress that take longer than a second, or
/// have to be repeated. The release becomes a draft again, unless another run has published it.
void slow_uploads_round(Round& round) {
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

TEST_CASE("a user's own draft stays a draft") {
  run_rounds({"the user's draft, draft unset"}, [](Round& r) { own_draft_round(r, false); });
}

TEST_CASE("a user's own draft is published by jobs with 'draft: false'") {
  run_rounds({"the user's draft, draft: false"}, [](Round& r) { own_draft_round(r, true); });
}

// Nearly all of the time is spent in the ten-second watch, so many rounds run in parallel.
TEST_CASE("a draft is requested for a tag that was just pushed") {
  run_rounds({"draft: true, tag just pushed", {1, 1, 2, 2, 4}, 13}, wished_draft_round);
}

TEST_CASE("slow uploads for a tag that was just pushed") {
  run_rounds({"slow uploads, tag just pushed", {2, 2, 2, 4, 4, 8}, 6}, slow_uploads_round);
}

}  // namespace concurrency
