// SPDX-License-Identifier: MIT
// N jobs for one tag that want different titles, notes and flags: the end has one wish of each, whole.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "many/rounds.hpp"

namespace many {
namespace {

struct Wishes {
  std::set<std::string> titles;
  std::set<std::string> texts;
};

/// Each job wants one of `values` titles and notes.
Wishes want_different_texts(std::vector<Job>& jobs, std::size_t values) {
  Wishes wishes;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    const std::string title = fmt::format("Title {}", i % values);
    const std::string text = fmt::format("# Notes {0}\n\n- of {0}", i % values);
    jobs[i].inputs["name"] = title;
    jobs[i].inputs["body"] = text;
    wishes.titles.insert(title);
    wishes.texts.insert(text);
  }
  return wishes;
}

void play_texts(Round& round, std::size_t values, bool exists) {
  round.prepare(exists ? Tag::long_before : round.any_tag());
  if (exists) {
    core::JsonObject json;
    json.add("tag_name", round.tag).add("name", "Old title").add("body", "Old notes");
    round.server().create_release(json.text());
  }
  if (round.chance(70)) round.roughen();
  auto jobs = round.jobs_with_own_files();
  const Wishes wishes = want_different_texts(jobs, values);
  if (!exists) round.expect_complete(jobs);
  round.expect_success(round.run_together(jobs));
  round.expect_final({.assets = brought_by(jobs), .titles = wishes.titles, .texts = wishes.texts});
}

}  // namespace

TEST_CASE("two titles and notes") {
  play_rounds({"two titles and notes"}, [](Round& r) { play_texts(r, 2, false); });
}

TEST_CASE("as many titles and notes as jobs") {
  play_rounds({"a title and notes for each job"},
              [](Round& r) { play_texts(r, r.job_count, false); });
}

TEST_CASE("different titles and notes for a release that is there") {
  play_rounds({"titles and notes, published before"},
              [](Round& r) { play_texts(r, static_cast<std::size_t>(r.between(2, 3)), true); });
}

TEST_CASE("different prerelease flags") {
  play_rounds({"different prerelease flags"}, [](Round& round) {
    round.prepare(round.any_tag());
    if (round.chance(70)) round.roughen();
    auto jobs = round.jobs_with_own_files();
    const bool all_alike = round.chance(30);
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      jobs[i].inputs["prerelease"] = all_alike || i % 2 == 0 ? "true" : "false";
      jobs[i].inputs["draft"] = i % 3 == 0 ? "false" : "";
    }
    round.expect_complete(jobs);
    round.expect_success(round.run_together(jobs));
    Final final{.assets = brought_by(jobs)};
    if (all_alike) final.prerelease = true;
    round.expect_final(final);
  });
}

}  // namespace many
