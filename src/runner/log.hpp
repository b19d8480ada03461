// SPDX-License-Identifier: MIT
// The messages of a run. Safe to use from several threads.
//
// In a job: whole lines without colours, to standard output only, because runners mix the two
// streams in any order. By hand: messages go to standard error and results to standard output; on a
// terminal, the lines at its bottom show the progress and are redrawn.
#pragma once

#include <atomic>
#include <cstdio>
#include <mutex>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace runner {

struct LogStyle {
  bool by_hand = false;  ///< not started by a runner
  bool colour = false;   ///< by hand only
  bool redraws = false;  ///< standard error is a terminal on which lines can be replaced
  bool quiet = false;    ///< only warnings, errors and results
  bool json = false;     ///< standard output is only for the outputs, as JSON
};

class Log {
 public:
  explicit Log(std::FILE* out = stdout, std::FILE* err = stderr) : out_(out), err_(err) {}

  /// To be called before other threads use the log.
  void set_style(const LogStyle& style) { style_ = style; }
  const LogStyle& style() const { return style_; }

  /// Writes one line. Characters that could start a new line become blanks, and a line that a
  /// runner would execute as a command (`::…`, `##[…`) is indented.
  void line(const std::string& text);
  /// The same for a line that the command was started for, such as the address of the release.
  void result(const std::string& text);
  /// Writes several lines of Markdown, a result, unchanged, except that a line that a runner would
  /// execute as a command gets a leading backslash, which Markdown does not show.
  void text(const std::string& markdown);
  void group(const std::string& title);
  void end_group();
  void notice(const std::string& text);
  void warning(const std::string& text);
  /// Writes one `::error::` for each line of the message, outside any group; the hint follows the
  /// last one. This is the last output of a run: on a terminal of a runner, it waits until the
  /// runner has had time to read it.
  void error(const core::Error& error);
  /// Writes the outputs if they were asked for as JSON.
  void json(const std::string& object);

  /// Replaces the lines of progress at the bottom of the terminal.
  void show_progress(std::vector<std::string> lines);
  /// Writes a last line and ends the process; other threads write nothing after it.
  [[noreturn]] void end(const std::string& text, int status);

  /// Whether all writes have succeeded so far.
  bool good();

 private:
  void command(const char* name, const std::string& text);
  void labelled(const char* label, const char* colour, const std::string& text);
  void write(std::FILE* to, const std::string& line);
  void put(std::FILE* to, const std::string& line);
  void erase_progress();
  void draw_progress();
  std::FILE* messages() const { return style_.by_hand || style_.json ? err_ : out_; }
  std::FILE* results() const { return style_.json ? err_ : out_; }

  LogStyle style_;
  std::mutex mutex_;
  std::FILE* out_;
  std::FILE* err_;
  std::atomic<bool> in_group_ = false;
  std::vector<std::string> progress_;
  std::size_t drawn_ = 0;  ///< lines of progress that the terminal shows
};

}  // namespace runner
