// SPDX-License-Identifier: MIT
// What the launcher has done, for the user: updater/log.txt. The only code of the launcher that prints.
#pragma once

#include <cstdint>
#include <filesystem>
#include <mutex>
#include <string>

#include "core/error.hpp"
#include "launcher/file_system.hpp"

namespace launcher {

inline constexpr std::uint64_t max_log = 1 << 20;  ///< bytes, after which a new file begins

/// Safe to use from several threads.
class Log {
 public:
  enum class Echo { no, yes };  ///< whether `say` prints

  /// `file`: "" for no file.
  Log(FileSystem& files, std::filesystem::path file, Echo echo = Echo::yes)
      : files_(files), file_(std::move(file)), echo_(echo) {}

  /// One line in the file. Ignores that it cannot be written: the application starts all the same.
  void add(const std::string& text);
  /// The same, and to standard error.
  void say(const std::string& text);

 private:
  void rotate();

  FileSystem& files_;
  std::filesystem::path file_;
  Echo echo_;
  std::mutex mutex_;
};

/// Moves a file that is larger than `most` bytes aside, in place of an earlier one: log.txt becomes
/// log.old.txt. Throws FileError.
void rotate_log(FileSystem& files, const std::filesystem::path& file, std::uint64_t most);

/// A line of results, to standard output.
void print_line(const std::string& text);
/// A line of messages, to standard error.
void print_message(const std::string& text);
void print_error(const core::Error& error);

/// The time in UTC: "2026-12-01T11:22:33Z".
std::string time_text();

}  // namespace launcher
