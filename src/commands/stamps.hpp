// SPDX-License-Identifier: MIT
// Writes the version of the current build into files.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/problems.hpp"
#include "core/version/build_version.hpp"
#include "core/version/stamp.hpp"
#include "disk/workspace.hpp"

namespace commands {

/// The new contents of the files of `stamp`, and of the files that have to match them: lock files, and
/// the manifests of other packages of the workspace. A file that several lines name is changed once.
class Stamps {
 public:
  /// Does not write yet. Adds what cannot be stamped to `problems`.
  Stamps(const std::string& stamp, const core::BuildVersion& build,
         const disk::Workspace& workspace, core::Problems& problems);

  /// Writes the changed files: first all of them under temporary names, then renames each. Throws Error.
  void write();

  /// The result for each line of `stamp`, and for each file that changed with it.
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
  File& file_at(const std::string& path);
  void stamp(const core::VersionPlace& place);
  void stamp_followers(const core::VersionPlace& place);
  void stamp_cargo_workspace(const std::string& manifest, const std::string& version);
  void stamp_npm_workspace(const std::string& manifest, const std::string& lock,
                           const std::string& version);
  void stamp_pnpm_workspace(const std::string& manifest, const std::string& version);
  void stamp_uv_workspace(const std::string& manifest, const std::string& version);
  void stamp_cargo_lock(const std::string& lock, const std::string& manifest,
                        const std::string& version);
  void stamp_uv_lock(const std::string& lock, const std::string& manifest,
                     const std::string& version);
  void stamp_package_lock(const std::string& lock, const std::string& manifest,
                          const std::string& version);
  void follow(const std::string& path, const std::string& text);

  disk::Workspace workspace_;
  std::string tag_;
  std::vector<File> files_;
  std::vector<Line> lines_;
};

}  // namespace commands
