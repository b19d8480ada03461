// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "sanitized.hpp"

namespace support {

struct Ended {
  int status = -1;  ///< exit status, or 128 + the signal
  std::string output;
  long peak_kib =
      0;  ///< largest resident memory; 0 with sanitizers and wine, which need most of it
};

/// A child process whose output goes to a file, standard error included or in a second file; killed
/// when this object is destroyed.
class Process {
 public:
  Process(const std::vector<std::string>& arguments,
          const std::map<std::string, std::string>& environment,
          const std::filesystem::path& directory, const std::filesystem::path& output,
          const std::filesystem::path& errors = {});
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  /// Throws if it printed a token of its environment.
  Ended wait();
  bool ends_within(std::chrono::milliseconds time) const;
  void kill(int signal) const;
  int pid() const { return pid_; }
  std::string output() const;  ///< so far

 private:
  Ended reap();

  int pid_ = -1;
  std::filesystem::path output_;
  std::filesystem::path errors_;
  std::vector<std::string> secrets_;
};

}  // namespace support
