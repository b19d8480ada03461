// SPDX-License-Identifier: MIT
// Jobs that fill one release together, and the expected outcome.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "concurrency/round.hpp"

namespace concurrency {

inline constexpr const char* sums_file = "SHA256SUMS";

/// Jobs with one file each that require the whole set; `with_sums` adds checksums and the Downloads
/// table for all files.
std::vector<Job> fan_in_jobs(Round& round, bool with_sums);

/// The assets in the end.
std::map<std::string, std::set<std::string>> wanted_of(const std::vector<Job>& jobs);

/// The output of sha256sum for the files, each with one content.
std::string checksum_file_of(const std::map<std::string, std::set<std::string>>& files);

/// As soon as the release is public, it has the files of all jobs.
void expect_whole_set(Round& round, const std::vector<Job>& jobs);

/// In the end all files are there, and no entry of the record was lost because of a parallel job.
void expect_set(Round& round, const std::map<std::string, std::set<std::string>>& wanted);

}  // namespace concurrency
