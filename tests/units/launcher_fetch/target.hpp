// SPDX-License-Identifier: MIT
// Where archives are unpacked in tests.
#pragma once

#include <fmt/format.h>
#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <map>
#include <string>

#include "launcher/fetch/fetch_error.hpp"
#include "launcher/fetch/unpack.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace archives {

namespace fs = std::filesystem;

inline const std::string release_file = "current/RELEASE.json";

/// Every path below a folder: "755 folder", "644 CONTENT", "-> TARGET".
inline std::map<std::string, std::string> tree(const fs::path& root) {
  std::map<std::string, std::string> found;
  if (!fs::exists(root)) return found;
  for (const auto& entry : fs::recursive_directory_iterator(root)) {
    struct stat status {};
    REQUIRE(lstat(entry.path().c_str(), &status) == 0);
    std::string& text = found[entry.path().lexically_relative(root).string()];
    if (S_ISLNK(status.st_mode)) {
      text = "-> " + fs::read_symlink(entry.path()).string();
    } else {
      text = fmt::format("{:o} {}", status.st_mode & 07777U,
                         S_ISDIR(status.st_mode) ? "folder" : support::read_file(entry.path()));
    }
  }
  return found;
}

struct Target {
  TempDir directory;
  fs::path ready = directory.path() / "ready/1.3.0";

  Target() { fs::create_directories(ready.parent_path()); }

  void unpack(const fs::path& archive) const {
    fetch::NewFolder folder(ready);
    fetch::unpack({archive, archive.filename().string(), "your-app"}, folder);
    folder.commit();
  }
  void unpack_bytes(const std::string& name, const std::string& bytes) const {
    unpack(directory.write(name, bytes));
  }
  /// The message of the refusal.
  std::string refused(const std::string& name, const std::string& bytes) const {
    try {
      unpack_bytes(name, bytes);
    } catch (const fetch::FetchError& error) {
      CHECK(error.obstacle == fetch::Obstacle::refused);
      return error.message;
    }
    return "accepted";
  }
  bool has_nothing() const { return fs::is_empty(ready.parent_path()); }
};

}  // namespace archives
