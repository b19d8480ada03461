// SPDX-License-Identifier: MIT
#include "launcher/log.hpp"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <chrono>
#include <ctime>

#include "core/text/text.hpp"
#include "launcher/output.hpp"
#include "launcher/reads.hpp"

namespace launcher {
namespace {

/// Whole, because what is printed for programs must not be cut.
std::string whole_line(const std::string& text) { return core::one_line(text, text.size()); }

void put_line(Output to, const std::string& text) { write_output(to, whole_line(text) + "\n"); }

}  // namespace

void Log::add(const std::string& text) {
  if (file_.empty()) return;
  const std::lock_guard lock(mutex_);
  try {
    rotate_log(files_, file_, max_log);
    files_.append(file_, fmt::format("{} {}\n", time_text(), whole_line(text)));
  } catch (const FileError&) {
  }
}

void Log::say(const std::string& text) {
  add(text);
  if (echo_ == Echo::yes) print_message(text);
}

void rotate_log(FileSystem& files, const std::filesystem::path& file, std::uint64_t most) {
  if (size_of(file) <= most) return;
  std::filesystem::path old = file;
  files.replace(file, old.replace_extension("old" + file.extension().string()));
}

void print_line(const std::string& text) { put_line(Output::normal, text); }
void print_message(const std::string& text) { put_line(Output::errors, "launcher: " + text); }

void print_error(const core::Error& error) {
  print_message(error.message + (error.hint.empty() ? "" : ". " + error.hint));
}

std::string time_text() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(now));
}

}  // namespace launcher
