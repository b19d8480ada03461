// SPDX-License-Identifier: MIT
// Jobs that fill one release together, and what has to come of it.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "many/round.hpp"

namespace many {

inline constexpr const char* sums_file = "SHA256SUMS";

/// Jobs with a file each that want the whole set; `with_sums` also sums and table over all of it.
std::vector<Job> fan_in_jobs(Round& round, bool with_sums);

/// The assets in the end.
std::map<std::string, std::set<std::string>> wanted_of(const std::vector<Job>& jobs);

/// What sha256sum prints for the files, each of one content.
std::string sums_of(const std::map<std::string, std::set<std::string>>& files);

/// Once it is public, all is there that any of the jobs brings.
void expect_whole_set(Round& round, const std::vector<Job>& jobs);

/// In the end all is there, and no entry of the record was lost to a job at the same time.
void expect_set(Round& round, const std::map<std::string, std::set<std::string>>& wanted);

}  // namespace many
