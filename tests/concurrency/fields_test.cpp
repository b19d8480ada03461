// SPDX-License-Identifier: MIT
// N jobs for one tag that set different titles, notes and flags: in the end each field has the
// complete value of one of the jobs.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "concurrency/rounds.hpp"

namespace concurrency {
namespace {

struct Values {
  std::set<std::string> titles;
  std::set<std::string> texts;
};

/// Each job sets one of `values` titles and notes.
Values set_different_texts(std::vector<Job>& jobs, std::size_t values) {
  Values expected;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const std::string title = fmt::format("Title {}", i % values);
    const std::string text = fmt::format("# Notes {0}\n\n- of {0}", i % values);
    jobs[i].inputs["name"] = title;
    jobs[i].inputs["body"] = text;
    expected.titles.insert(title);
    expected.texts.insert(text);
  }
  return expected;
}

void texts_round(Round& round, std::size_t values, bool exists) {
  round.prepare(exists ? Tag::long_before : round.any_tag());
  if (exists) {
    core::JsonObject json;
    json.add("tag_name", round.tag).add("name", "Old title").add("body", "Old notes");
    round.server().create_release(json.text());
  }
  if (round.chance(70)) round.disturb();
  auto jobs = round.jobs_with_own_files();
  const Values expected = set_different_texts(jobs, values);
  if (!exists) round.expect_complete(jobs);
  round.expect_success(round.run_together(jobs));
  round.expect_final(
      {.assets = brought_by(jobs), .titles = expected.titles, .texts = expected.texts});
}

}  // namespace

TEST_CASE("two jobs with different titles and notes") {
  run_rounds({"two titles and notes"}, [](Round& r) { texts_round(r, 2, false); });
}

TEST_CASE("every job with a different title and notes") {
  run_rounds({"a title and notes for each job"},
             [](Round& r) { texts_round(r, r.job_count, false); });
}

TEST_CASE("different titles and notes for an existing release") {
  run_rounds({"titles and notes, published before"},
             [](Round& r) { texts_round(r, static_cast<std::size_t>(r.between(2, 3)), true); });
}

TEST_CASE("different prerelease flags") {
  run_rounds({"different prerelease flags"}, [](Round& round) {
    round.prepare(round.any_tag());
    if (round.chance(70)) round.disturb();
    auto jobs = round.jobs_with_own_files();
    const bool all_alike = round.chance(30);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      jobs[i].inputs["prerelease"] = all_alike || i % 2 == 0 ? "true" : "false";
      jobs[i].inputs["draft"] = i % 3 == 0 ? "false" : "";
    }
    round.expect_complete(jobs);
    round.expect_success(round.run_together(jobs));
    ExpectedRelease final{.assets = brought_by(jobs)};
    if (all_alike) final.prerelease = true;
    round.expect_final(final);
  });
}

}  // namespace concurrency
