// SPDX-License-Identifier: MIT
// The version of this build: where it is looked for, and where it is written.
#pragma once

#include <string>
#include <vector>

#include "config.hpp"
#include "core/build_version.hpp"
#include "core/problems.hpp"
#include "disk/workspace.hpp"
#include "runner/facts.hpp"

namespace commands {

/// The source of 0.0.0.
inline constexpr const char* default_source = "default";

/// By the first that answers: `tag_name`, the tag of HEAD, the tag of the run, the files that have
/// a version by custom, `version_file`; else 0.0.0. A tag without a version in it is no answer.
/// Throws Error (workflow) where an answer is asked for and there is none, or several.
core::BuildVersion find_version(const Config& config, const runner::Facts& facts,
                                const disk::Workspace& workspace);

/// The files of `stamp` with the version written into them, each once, however many lines name it.
class Stamps {
 public:
  /// Nothing is written yet. What cannot be goes to `problems`.
  Stamps(const std::string& stamp, const core::BuildVersion& build,
         const disk::Workspace& workspace, core::Problems& problems);

  /// Writes the files that change: all of them beside their places, then each into its place. Throws Error.
  void write();

  /// What became of each line.
  struct Line {
    std::string path;  ///< as named
    bool is_changed = false;
  };
  const std::vector<Line>& lines() const { return lines_; }

 private:
  struct File {
    disk::Replacement place;
    std::string before;
    std::string text;
  };
  File& file_at(const std::string& path, const disk::Workspace& workspace);

  std::vector<File> files_;
  std::vector<Line> lines_;
};

}  // namespace commands
