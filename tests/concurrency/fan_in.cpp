// SPDX-License-Identifier: MIT
#include "concurrency/fan_in.hpp"

#include "core/digest.hpp"

namespace concurrency {
namespace {

std::string all_names(const std::vector<Job>& jobs) {
  std::string names;
  for (const auto& [name, contents] : brought_by(jobs)) names += name + "\n";
  return names;
}

bool wants_checksums(const std::vector<Job>& jobs) {
  return jobs.front().inputs.contains("checksums");
}

}  // namespace

std::string checksum_file_of(const std::map<std::string, std::set<std::string>>& files) {
  std::string text;
  for (const auto& [name, contents] : files) {
    text += core::digest_of(*contents.begin()) + "  " + name + "\n";
  }
  return text;
}

std::vector<Job> fan_in_jobs(Round& round, bool with_sums) {
  auto jobs = round.jobs_with_own_files();
  const std::string required = round.chance(50) ? all_names(jobs) : "";
  std::string patterns;
  for (const Job& job : jobs) patterns += "*" + job.files.begin()->first.substr(5) + "\n";
  for (Job& job : jobs) {
    job.inputs["required_files"] = required.empty() ? patterns : required;
    if (with_sums) job.inputs["checksums"] = "sha256";
    if (with_sums) job.inputs["downloads"] = "true";
  }
  return jobs;
}

std::map<std::string, std::set<std::string>> wanted_of(const std::vector<Job>& jobs) {
  auto assets = brought_by(jobs);
  if (wants_checksums(jobs)) assets[sums_file] = {checksum_file_of(assets)};
  return assets;
}

void expect_whole_set(Round& round, const std::vector<Job>& jobs) {
  Job all;
  for (const Job& job : jobs) all.files.insert(job.files.begin(), job.files.end());
  if (wants_checksums(jobs)) all.files[sums_file] = "";
  if (wants_checksums(jobs)) round.observer().read_checksums();
  round.expect_complete({all});
}

void expect_set(Round& round, const std::map<std::string, std::set<std::string>>& wanted) {
  round.expect_final({.assets = wanted});
  round.expect(round.counts["entries missing"] == 0, "AN ENTRY WAS LOST");
}

}  // namespace concurrency
