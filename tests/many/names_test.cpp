// SPDX-License-Identifier: MIT
// N jobs for one tag, started together: different files, equal names, equal contents.
#include <catch2/catch_test_macros.hpp>

#include "many/rounds.hpp"

namespace many {
namespace {

void play_own_files(Round& round, Tag tag) {
  round.prepare(tag);
  if (round.chance(70)) round.roughen();
  const auto jobs = round.jobs_with_own_files();
  round.expect_complete(jobs);
  round.expect_success(round.run_together(jobs));
  round.expect_final({.assets = brought_by(jobs)});
}

/// Every job also brings `common.bin`, and publishes it by the same rule.
void play_common_name(Round& round, bool same_content, const char* overwrite) {
  round.prepare(round.any_tag());
  if (round.chance(70)) round.roughen();
  auto jobs = round.jobs_with_own_files();
  const std::string shared = round.content();
  for (Job& job : jobs) {
    job.files["common.bin"] = same_content ? shared : round.content();
    job.inputs["overwrite_files"] = overwrite;
  }
  round.expect_complete(jobs);
  round.expect_success(round.run_together(jobs));
  round.expect_final({.assets = brought_by(jobs)});
}

}  // namespace

TEST_CASE("different files with the tag not there") {
  play_rounds({"different files, no tag"}, [](Round& r) { play_own_files(r, Tag::absent); });
}

TEST_CASE("different files with the tag pushed just before") {
  play_rounds({"different files, tag just pushed"},
              [](Round& r) { play_own_files(r, Tag::just_before); });
}

TEST_CASE("different files with the tag pushed long before") {
  play_rounds({"different files, tag long there"},
              [](Round& r) { play_own_files(r, Tag::long_before); });
}

TEST_CASE("one name with different contents") {
  play_rounds({"one name, other contents"}, [](Round& r) { play_common_name(r, false, "true"); });
}

TEST_CASE("one name with different contents not to be overwritten") {
  play_rounds({"one name, other contents, no overwriting"},
              [](Round& r) { play_common_name(r, false, "false"); });
}

TEST_CASE("one name with the same content") {
  play_rounds({"one name, same content"}, [](Round& r) { play_common_name(r, true, "true"); });
}

}  // namespace many
