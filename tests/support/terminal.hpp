// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <mutex>
#include <string>
#include <thread>

namespace support {

/// A pseudo-terminal with a person in front of it, who reads all the time.
class Terminal {
 public:
  Terminal();
  ~Terminal();
  Terminal(const Terminal&) = delete;
  Terminal& operator=(const Terminal&) = delete;

  const std::string& path() const { return path_; }  ///< for a shell: `command 2>"$path"`
  void type(const std::string& keys) const;
  std::string seen() const;  ///< everything so far, with control sequences
  /// Waits until `text` was seen; false after 20 s.
  bool shows(const std::string& text) const;

 private:
  void read_all();

  int descriptor_ = -1;
  int other_end_ = -1;  ///< kept open: without any reader the keys would be lost
  std::string path_;
  mutable std::mutex mutex_;
  std::string seen_;
  std::atomic<bool> stop_ = false;
  std::thread reader_;
};

}  // namespace support
