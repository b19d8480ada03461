// SPDX-License-Identifier: MIT
// N jobs for one tag, started together: with different files, equal names, or equal contents.
#include <catch2/catch_test_macros.hpp>

#include "concurrency/rounds.hpp"

namespace concurrency {
namespace {

void own_files_round(Round& round, Tag tag) {
  round.prepare(tag);
  if (round.chance(70)) round.disturb();
  const auto jobs = round.jobs_with_own_files();
  round.expect_complete(jobs);
  round.expect_success(round.run_together(jobs));
  round.expect_final({.assets = brought_by(jobs)});
}

/// Every job also uploads `common.bin` under the same rule.
void common_name_round(Round& round, bool same_content, const char* overwrite) {
  round.prepare(round.any_tag());
  if (round.chance(70)) round.disturb();
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

TEST_CASE("different files, before the tag exists") {
  run_rounds({"different files, no tag"}, [](Round& r) { own_files_round(r, Tag::absent); });
}

TEST_CASE("different files, for a tag that was just pushed") {
  run_rounds({"different files, tag just pushed"},
             [](Round& r) { own_files_round(r, Tag::just_before); });
}

TEST_CASE("different files, for a tag that was pushed long before") {
  run_rounds({"different files, tag long there"},
             [](Round& r) { own_files_round(r, Tag::long_before); });
}

TEST_CASE("one name with different contents") {
  run_rounds({"one name, other contents"}, [](Round& r) { common_name_round(r, false, "true"); });
}

TEST_CASE("one name with different contents and overwrite_files: false") {
  run_rounds({"one name, other contents, no overwriting"},
             [](Round& r) { common_name_round(r, false, "false"); });
}

TEST_CASE("one name with the same content") {
  run_rounds({"one name, same content"}, [](Round& r) { common_name_round(r, true, "true"); });
}

}  // namespace concurrency
