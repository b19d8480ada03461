// SPDX-License-Identifier: MIT
// The job's log: standard output only (the runner's two streams arrive in any order), whole lines,
// no colours. Safe to use from several threads.
#pragma once

#include <atomic>
#include <cstdio>
#include <mutex>
#include <string>

#include "core/error.hpp"

namespace runner {

class Log {
 public:
  explicit Log(std::FILE* out = stdout) : out_(out) {}

  /// A line of our own words. Whatever could begin another line in it becomes a blank, and a line
  /// that a runner would take for a command (`::…`, `##[…`) is indented.
  void line(const std::string& text);
  /// A text of several lines as it is, in Markdown: a line of it that a runner would take for a
  /// command gets a backslash in front, which Markdown does not show.
  void text(const std::string& markdown);
  void group(const std::string& title);
  void end_group();
  void notice(const std::string& text) { command("notice", text); }
  void warning(const std::string& text) { command("warning", text); }
  /// One `::error::` for each line of the message, outside of any group; the hint follows the last
  /// one. The last that a run prints: on a terminal it returns when a runner had time to read it.
  void error(const core::Error& error);

  /// Whether everything could be written so far.
  bool good();

 private:
  void command(const char* name, const std::string& text);
  void write(const std::string& line);

  std::mutex mutex_;
  std::FILE* out_;
  std::atomic<bool> in_group_ = false;
};

}  // namespace runner
