// SPDX-License-Identifier: MIT
#include "runner/log.hpp"

#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <thread>

#include "core/text.hpp"
#include "runner/printable.hpp"

namespace runner {
namespace {

constexpr std::size_t most_indent = 80;
constexpr std::size_t longest_line = 8000;  // runners cut at 64 KiB without notice
constexpr std::chrono::milliseconds time_to_read{200};

/// Foreign text on one line, whoever reads it.
std::string on_one_line(const std::string& text) {
  return printable(core::one_line(text, longest_line));
}

/// Old runners still execute `::set-env::` and `##[…]` at the start of a line.
bool is_like_a_command(const std::string& line) {
  return line.starts_with("::") || line.starts_with("##[");
}

}  // namespace

void Log::write(const std::string& line) {
  const std::lock_guard lock(mutex_);
  std::fwrite((line + "\n").data(), 1, line.size() + 1, out_);
  std::fflush(out_);
}

void Log::line(const std::string& text) {
  const auto indent = std::min({text.find_first_not_of(' '), text.size(), most_indent});
  const std::string safe = std::string(indent, ' ') + on_one_line(text);
  write(is_like_a_command(safe) ? "  " + safe : safe);
}

void Log::text(const std::string& markdown) {
  for (const std::string& one : core::lines(markdown)) {
    const std::string safe = printable(one);
    write(is_like_a_command(safe) ? "\\" + safe : safe);
  }
}

void Log::group(const std::string& title) {
  command("group", title);
  in_group_ = true;
}

void Log::end_group() {
  if (in_group_.exchange(false)) write("::endgroup::");
}

void Log::command(const char* name, const std::string& text) {
  write(std::string("::") + name + "::" + on_one_line(text));
}

void Log::error(const core::Error& error) {
  auto messages = core::lines(error.message);
  if (messages.empty()) messages.emplace_back("failed");
  if (!error.hint.empty()) {
    std::string& last = messages.back();
    last += last.ends_with('.') ? " " : ". ";
    last += error.hint;
  }
  end_group();
  for (const std::string& message : messages) command("error", message);
  // A runner that gives a terminal closes it as soon as the program fails, and loses what it has
  // not read by then (act_runner 0.2, forgejo-runner 12, act: the error itself, now and then).
  if (isatty(fileno(out_)) != 0) std::this_thread::sleep_for(time_to_read);
}

bool Log::good() {
  const std::lock_guard lock(mutex_);
  return std::ferror(out_) == 0;
}

}  // namespace runner
