// SPDX-License-Identifier: MIT
#pragma once

#include <sys/inotify.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <map>
#include <string>
#include <vector>

#include "temp_dir.hpp"

/// How often each of some directories is read.
class Reads {
 public:
  Reads(const TempDir& dir, const std::vector<std::string>& directories)
      : inotify_(inotify_init1(IN_NONBLOCK)) {
    for (const std::string& one : directories) {
      names_[inotify_add_watch(inotify_, (dir / one).c_str(), IN_OPEN)] = one;
      counts_[one] = 0;
    }
  }
  ~Reads() { close(inotify_); }
  Reads(const Reads&) = delete;
  Reads& operator=(const Reads&) = delete;

  std::map<std::string, int> counts() {
    std::array<char, 4096> buffer{};
    for (ssize_t got = 0; (got = read(inotify_, buffer.data(), buffer.size())) > 0;) {
      for (ssize_t at = 0; at < got;) {
        inotify_event event{};
        std::memcpy(&event, buffer.data() + at, sizeof event);
        if (event.len == 0) ++counts_[names_.at(event.wd)];  // of the directory itself
        at += static_cast<ssize_t>(sizeof event + event.len);
      }
    }
    return counts_;
  }

 private:
  int inotify_;
  std::map<int, std::string> names_;
  std::map<std::string, int> counts_;
};
