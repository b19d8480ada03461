// SPDX-License-Identifier: MIT
// Signed releases: jobs with the key, all of them or some. In the end the release is signed and right, or
// it is a draft and a job says what that waits for.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>

#include "concurrency/fan_in.hpp"
#include "concurrency/rounds.hpp"
#include "support/signer.hpp"

namespace concurrency {
namespace {

using support::Signer;

/// The assets of the release that these jobs make with the key.
std::map<std::string, std::set<std::string>> signed_assets(Round& round, const Signer& signer,
                                                           const std::vector<Job>& jobs) {
  support::Files files;
  for (const auto& [name, contents] : brought_by(jobs)) files[name] = *contents.begin();
  std::map<std::string, std::set<std::string>> assets;
  for (const auto& [name, content] : signer.sign(files, round.tag, round.server().repository())) {
    assets[name] = {content};
  }
  return assets;
}

void give_key(const Signer& signer, std::vector<Job>& jobs) {
  for (Job& job : jobs) job.inputs["signing_key"] = signer.secret_key();
}

/// Once it is public, it has its signature.
void expect_signed_set(Round& round, const std::vector<Job>& jobs) {
  Job all;
  for (const Job& job : jobs) all.files.insert(job.files.begin(), job.files.end());
  all.files[sums_file] = "";
  all.files["SHA256SUMS.minisig"] = "";
  round.expect_complete({all});
}

bool says_what_it_waits_for(const JobEnd& end) {
  const auto says = [&](const char* text) { return end.run.log.find(text) != std::string::npos; };
  return end.run.status == 1 && (says("was not uploaded by a job that has the signing key") ||
                                 says("SHA256SUMS.minisig must be created by a job"));
}

void all_with_key_round(Round& round) {
  round.prepare(round.any_tag());
  if (round.chance(70)) round.disturb();
  const Signer signer;
  auto jobs = fan_in_jobs(round, false);
  give_key(signer, jobs);
  expect_signed_set(round, jobs);
  round.expect_success(round.run_together(jobs));
  expect_set(round, signed_assets(round, signer, jobs));
}

/// The number of jobs with the key is anything from one to all but one.
void some_with_key_round(Round& round) {
  round.prepare(round.any_tag());
  if (round.chance(70)) round.disturb();
  const Signer signer;
  auto jobs = fan_in_jobs(round, false);
  expect_signed_set(round, jobs);
  const int with_key = round.between(1, static_cast<int>(jobs.size()) - 1);
  for (int i = 0; i < with_key; ++i) {
    jobs[static_cast<std::size_t>(i)].inputs["signing_key"] = signer.secret_key();
  }
  const auto ends = round.run_together(jobs);
  const auto now = round.release_now();
  round.expect(now && now->release->draft, "PUBLISHED without the signature of all files");
  round.expect(std::ranges::any_of(ends, says_what_it_waits_for), "NOBODY SAYS WHAT IS MISSING");
  for (const JobEnd& end : ends) {
    round.expect(end.run.status == 0 || says_what_it_waits_for(end), "A JOB FAILED OTHERWISE");
  }
  // Once all have the key it does not matter in which order they come.
  round.calm();
  give_key(signer, jobs);
  for (const JobEnd& end : round.run_together(jobs)) {
    round.expect(end.run.status == 0 || says_what_it_waits_for(end), "A JOB FAILED OTHERWISE");
    if (end.run.status != 0) round.count("asked for another job");
  }
  expect_set(round, signed_assets(round, signer, jobs));
}

}  // namespace

TEST_CASE("jobs that all have the signing key") {
  run_rounds({"signed, all jobs with the key"}, all_with_key_round);
}

TEST_CASE("jobs of which some have the signing key") {
  run_rounds({"signed, some jobs with the key"}, some_with_key_round);
}

}  // namespace concurrency
