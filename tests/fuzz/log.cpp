// SPDX-License-Identifier: MIT
// The job's log: whatever external texts contain, no runner finds a command in it.
#include "runner/log.hpp"

#include <algorithm>
#include <cstdlib>

#include "core/text/text.hpp"
#include "target.hpp"

namespace {

using fuzz::require;

/// The output of `write`.
template <typename Write>
std::string printed(const Write& write) {
  char* text = nullptr;
  std::size_t size = 0;
  std::FILE* out = open_memstream(&text, &size);
  runner::Log log(out);
  write(log);
  std::fclose(out);
  std::string result(text, size);
  std::free(text);
  return result;
}

void check_line(const std::string& text, const std::string& command) {
  require(text.ends_with('\n'), "a line ends");
  const std::string_view line = std::string_view(text).substr(0, text.size() - 1);
  require(!fuzz::has_control_characters(line), "a line is one line");
  for (const char* end : {"\u0085", "\u009b", "\u2028", "\u2029", "\u202e"}) {
    require(line.find(end) == std::string_view::npos, "a line is one line for every reader");
  }
  require(core::is_utf8(line), "a line is text");
  require(line.starts_with(command), "a command is the one that was meant");
  if (command.empty()) {
    require(!line.starts_with("::") && !line.starts_with("##["), "a line is no command");
  }
}

}  // namespace

void fuzz::target(std::string_view input) {
  const std::string text(input);
  check_line(printed([&](runner::Log& log) { log.line(text); }), "");
  check_line(printed([&](runner::Log& log) { log.warning(text); }), "::warning::");
  check_line(printed([&](runner::Log& log) { log.notice(text); }), "::notice::");
  check_line(printed([&](runner::Log& log) { log.group(text); }), "::group::");
  const std::string error = printed([&](runner::Log& log) {
    log.error({core::Fault::failed, text, text});
  });
  for (const std::string& line : core::lines(error)) check_line(line + "\n", "::error::");
  std::string whole = printed([&](runner::Log& log) { log.text(text); });
  std::replace(whole.begin(), whole.end(), '\t', ' ');  // part of a text's layout
  for (const std::string& line : core::lines(whole)) check_line(line + "\n", "");
}
