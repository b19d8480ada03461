// SPDX-License-Identifier: MIT
#include "runner/log_rules.hpp"

#include <algorithm>
#include <array>

#include "core/text/text.hpp"

namespace runner_tests {
namespace {

constexpr std::size_t row_limit = 65'536;  // bytes; servers truncate there

bool is_documented(const std::string& command) {
  constexpr std::array<const char*, 5> documented = {
      "::group::", "::endgroup::", "::error::", "::warning::", "::notice::"};
  return std::any_of(documented.begin(), documented.end(),
                     [&](const char* start) { return command.starts_with(start); });
}

}  // namespace

std::vector<std::string> breaches(const std::string& log) {
  std::vector<std::string> found;
  if (!log.empty() && !log.ends_with('\n')) found.emplace_back("no newline at the end");
  for (const std::string& line : core::lines(log)) {
    if (line.starts_with("::") && !is_documented(line)) found.push_back("a command: " + line);
    if (line.starts_with("##[")) found.push_back("a command: " + line);
    if (line.size() >= row_limit) found.push_back("too long: " + line.substr(0, 80));
    const bool plain = std::none_of(line.begin(), line.end(), [](char c) {
      return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
    });
    if (!plain || !core::is_utf8(line)) found.push_back("not for a page: " + line);
  }
  return found;
}

}  // namespace runner_tests
