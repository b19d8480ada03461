// SPDX-License-Identifier: MIT
// N jobs replace a file of a published release, while it is being downloaded all the time.
#include <catch2/catch_test_macros.hpp>

#include "concurrency/rounds.hpp"

namespace concurrency {
namespace {

/// One job publishes app.bin and another file.
Job publish_first(Round& round) {
  round.prepare(Tag::long_before);
  Job first;
  first.files = {{"app.bin", round.content()}, {"keep.bin", round.content()}};
  first.commit = round.commit;
  round.expect_success(round.run_together({first}));
  return first;
}

std::vector<Job> jobs_with_app(Round& round, bool same_content) {
  auto jobs = round.jobs_with_own_files();
  const std::string shared = round.content();
  for (Job& job : jobs) job.files = {{"app.bin", same_content ? shared : round.content()}};
  return jobs;
}

void replaced_round(Round& round, bool same_content) {
  const Job first = publish_first(round);
  const auto jobs = jobs_with_app(round, same_content);
  auto wanted = brought_by(jobs);
  auto downloads = wanted["app.bin"];
  downloads.insert(first.files.at("app.bin"));
  if (round.chance(70)) round.disturb();
  round.observer().download("app.bin", downloads);
  round.observer().download("keep.bin", {first.files.at("keep.bin")});
  round.expect_success(round.run_together(jobs));
  wanted["keep.bin"] = {first.files.at("keep.bin")};
  round.expect_final({.assets = wanted});
  round.count("downloads", round.observer().downloads());
}

/// Our file is recorded, and another user has uploaded another file with the same name.
void foreign_round(Round& round) {
  const Job first = publish_first(round);
  const auto release = round.server().release(round.tag);
  round.server().upload(release.id, "app.bin", "of somebody else");
  if (round.chance(70)) round.disturb();
  auto jobs = jobs_with_app(round, true);
  for (Job& job : jobs) job.files = first.files;
  round.observer().download("app.bin", {first.files.at("app.bin"), "of somebody else"});
  const auto ends = round.run_together(jobs);
  round.expect_success(ends);
  round.expect_final({.assets = brought_by(jobs)});
}

}  // namespace

TEST_CASE("jobs replace a published file with different ones") {
  run_rounds({"replaced on a published release"}, [](Round& r) { replaced_round(r, false); });
}

TEST_CASE("jobs replace a published file with the same one") {
  run_rounds({"replaced by the same content"}, [](Round& r) { replaced_round(r, true); });
}

TEST_CASE("another tool uploads a newer file under a recorded name") {
  run_rounds({"recorded, and a newer foreign one"}, foreign_round);
}

}  // namespace concurrency
