// SPDX-License-Identifier: MIT
#include "runner/log.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <utility>

#include "core/text/text.hpp"
#include "runner/console.hpp"
#include "runner/printable.hpp"

namespace runner {
namespace {

constexpr std::size_t max_indent = 80;
constexpr std::size_t max_line_length = 8000;  // runners silently cut lines at 64 KiB
constexpr std::chrono::milliseconds time_to_read{200};

constexpr const char* red = "\x1b[1;31m";
constexpr const char* yellow = "\x1b[1;33m";
constexpr const char* cyan = "\x1b[1;36m";
constexpr const char* plain = "\x1b[0m";

/// The text as one line that is safe to print.
std::string on_one_line(const std::string& text) {
  return printable(core::one_line(text, max_line_length));
}

/// Old runners still execute `::set-env::` and `##[…]` at the start of a line.
bool is_like_a_command(const std::string& line) {
  return line.starts_with("::") || line.starts_with("##[");
}

std::string safe_line(const std::string& text) {
  const auto indent = std::min({text.find_first_not_of(' '), text.size(), max_indent});
  const std::string safe = std::string(indent, ' ') + on_one_line(text);
  return is_like_a_command(safe) ? "  " + safe : safe;
}

}  // namespace

void Log::put(std::FILE* to, const std::string& line) {
  std::fwrite((line + "\n").data(), 1, line.size() + 1, to);
  std::fflush(to);
}

void Log::write(std::FILE* to, const std::string& line) {
  const std::lock_guard lock(mutex_);
  erase_progress();
  put(to, line);
  draw_progress();
}

void Log::erase_progress() {
  if (drawn_ == 0) return;
  std::fputs(fmt::format("\x1b[{}A\r\x1b[J", std::exchange(drawn_, 0)).c_str(), err_);
  std::fflush(err_);
}

/// A line that the terminal wraps could not be erased, so each is cut at its width.
void Log::draw_progress() {
  if (!style_.redraws) return;
  const std::size_t columns = columns_of(err_);
  for (const std::string& line : progress_) {
    put(err_, printable(core::one_line(line, columns - 1)));
    ++drawn_;
  }
}

void Log::show_progress(std::vector<std::string> lines) {
  const std::lock_guard lock(mutex_);
  progress_ = std::move(lines);
  erase_progress();
  draw_progress();
}

void Log::line(const std::string& text) {
  if (!style_.quiet) write(messages(), safe_line(text));
}

void Log::result(const std::string& text) {
  if (!style_.json || !style_.quiet) write(results(), safe_line(text));
}

void Log::text(const std::string& markdown) {
  if (style_.json && style_.quiet) return;
  for (const std::string& line : core::lines(markdown)) {
    const std::string safe = printable(line);
    write(results(), is_like_a_command(safe) && !style_.by_hand ? "\\" + safe : safe);
  }
}

void Log::json(const std::string& object) {
  if (style_.json) write(out_, object);
}

void Log::group(const std::string& title) {
  if (style_.by_hand || style_.quiet) return;
  command("group", title);
  in_group_ = true;
}

void Log::end_group() {
  if (in_group_.exchange(false)) write(messages(), "::endgroup::");
}

void Log::command(const char* name, const std::string& text) {
  write(messages(), std::string("::") + name + "::" + on_one_line(text));
}

void Log::labelled(const char* label, const char* colour, const std::string& text) {
  const std::string shown =
      style_.colour ? fmt::format("{}{}:{}", colour, label, plain) : fmt::format("{}:", label);
  write(messages(), shown + " " + on_one_line(text));
}

void Log::notice(const std::string& text) {
  if (style_.quiet) return;
  if (style_.by_hand) return labelled("note", cyan, text);
  command("notice", text);
}

void Log::warning(const std::string& text) {
  if (style_.by_hand) return labelled("warning", yellow, text);
  command("warning", text);
}

void Log::error(const core::Error& error) {
  show_progress({});
  auto messages_of_error = core::lines(error.message);
  if (messages_of_error.empty()) messages_of_error.emplace_back("failed");
  if (!error.hint.empty()) {
    std::string& last = messages_of_error.back();
    last += last.ends_with('.') ? " " : ". ";
    last += error.hint;
  }
  end_group();
  for (const std::string& message : messages_of_error) {
    if (style_.by_hand) {
      labelled("error", red, message);
    } else {
      command("error", message);
    }
  }
  if (style_.by_hand) return;
  // A runner that provides a terminal closes it as soon as the program fails, and loses unread
  // output (with act_runner 0.2, forgejo-runner 12 and act sometimes the error itself).
  if (is_terminal(out_)) std::this_thread::sleep_for(time_to_read);
}

void Log::end(const std::string& text, int status) {
  mutex_.lock();  // for good
  erase_progress();
  put(messages(), on_one_line(text));
  std::_Exit(status);
}

bool Log::good() {
  const std::lock_guard lock(mutex_);
  return std::ferror(out_) == 0;
}

}  // namespace runner
