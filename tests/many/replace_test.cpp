// SPDX-License-Identifier: MIT
// N jobs replace a file of a release that is published, while somebody downloads it all the time.
#include <catch2/catch_test_macros.hpp>

#include "many/rounds.hpp"

namespace many {
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

void play_replaced(Round& round, bool same_content) {
  const Job first = publish_first(round);
  const auto jobs = jobs_with_app(round, same_content);
  auto wanted = brought_by(jobs);
  auto downloads = wanted["app.bin"];
  downloads.insert(first.files.at("app.bin"));
  if (round.chance(70)) round.roughen();
  round.onlooker().download("app.bin", downloads);
  round.onlooker().download("keep.bin", {first.files.at("keep.bin")});
  round.expect_success(round.run_together(jobs));
  wanted["keep.bin"] = {first.files.at("keep.bin")};
  round.expect_final({.assets = wanted});
  round.count("downloads", round.onlooker().downloads());
}

/// Ours is recorded, and somebody has put another file of the same name beside it.
void play_foreign(Round& round) {
  const Job first = publish_first(round);
  const auto release = round.server().release(round.tag);
  round.server().upload(release.id, "app.bin", "of somebody else");
  if (round.chance(70)) round.roughen();
  auto jobs = jobs_with_app(round, true);
  for (Job& job : jobs) job.files = first.files;
  round.onlooker().download("app.bin", {first.files.at("app.bin"), "of somebody else"});
  const auto ends = round.run_together(jobs);
  round.expect_success(ends);
  round.expect_final({.assets = brought_by(jobs)});
}

}  // namespace

TEST_CASE("a published file is replaced by different ones") {
  play_rounds({"replaced on a published release"}, [](Round& r) { play_replaced(r, false); });
}

TEST_CASE("a published file is replaced by the same one") {
  play_rounds({"replaced by the same content"}, [](Round& r) { play_replaced(r, true); });
}

TEST_CASE("a newer foreign file of a name that is recorded") {
  play_rounds({"recorded, and a newer foreign one"}, play_foreign);
}

}  // namespace many
