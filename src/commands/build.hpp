// SPDX-License-Identifier: MIT
// The version of this build: where it is looked for, and where it is written.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "config.hpp"
#include "core/build_version.hpp"
#include "runner/facts.hpp"

namespace commands {

/// The source of 0.0.0.
inline constexpr const char* default_source = "default";

/// By the first that answers: `tag_name`, the tag of HEAD, the tag of the run, the files that have
/// a version by custom, `version_file`; else 0.0.0. A tag without a version in it is no answer.
/// Throws Error (workflow) where an answer is asked for and there is none, or several.
core::BuildVersion find_version(const Config& config, const runner::Facts& facts,
                                const std::filesystem::path& directory);

/// A file with the version written into it.
struct Stamped {
  std::string path;  ///< as named
  std::filesystem::path file;
  std::string text;
  bool is_changed = false;
};

/// The files of `stamp`, a line each, as they have to be; nothing is written yet. What cannot be
/// goes to `problems`.
std::vector<Stamped> stamp_all(const std::string& stamp, const core::BuildVersion& build,
                               const std::filesystem::path& directory, core::Problems& problems);

}  // namespace commands
