// SPDX-License-Identifier: MIT
#pragma once

#include <sys/mman.h>
#include <unistd.h>

#include <string>
#include <string_view>

#include "target.hpp"

namespace fuzz {

/// A file in memory with a path.
class File {
 public:
  explicit File(std::string_view content) : handle_(memfd_create("input", MFD_CLOEXEC)) {
    require(write(handle_, content.data(), content.size()) == static_cast<ssize_t>(content.size()),
            "the file is written");
  }
  ~File() { close(handle_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  std::string path() const { return "/proc/self/fd/" + std::to_string(handle_); }

 private:
  int handle_ = -1;
};

}  // namespace fuzz
