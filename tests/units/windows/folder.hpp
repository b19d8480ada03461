// SPDX-License-Identifier: MIT
// A folder for one test case on Windows, deleted with its content at the end.
#pragma once

#include <unistd.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <system_error>

#include "core/text/path.hpp"

namespace on_windows {

namespace fs = std::filesystem;

class Folder {
 public:
  Folder() {
    static std::atomic<int> next = 0;
    path_ = fs::canonical(fs::temp_directory_path()) /
            ("gitea-release-" + std::to_string(getpid()) + "-" + std::to_string(next++));
    fs::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  /// As the program has paths: "C:/w".
  std::string path() const { return core::with_slashes(path_.string()); }
  std::string operator/(const std::string& name) const { return path() + "/" + name; }

  void put(const std::string& name, const std::string& text) const {
    const fs::path file = core::path_of(*this / name);
    fs::create_directories(file.parent_path());
    std::ofstream(file, std::ios::binary) << text;
  }
  std::string content(const std::string& name) const {
    std::ifstream file(core::path_of(*this / name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  }

 private:
  fs::path path_;
};

}  // namespace on_windows
