// SPDX-License-Identifier: MIT
#include "support/outputs.hpp"

#include <fmt/format.h>

#include <stdexcept>
#include <vector>

#include "core/text/text.hpp"

namespace support {
namespace {

constexpr std::size_t line_limit = 65'536;

void need(bool condition, const std::string& what) {
  if (!condition) throw std::runtime_error("the job's outputs: " + what);
}

/// The key before `end`: runners neither trim nor check it, so a blank would remain part of it.
std::string key_of(const std::string& line, std::size_t end) {
  std::string key = line.substr(0, end);
  need(!key.empty() &&
           key.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789_") == std::string::npos,
       "no key: " + line);
  return key;
}

/// The text from line `at` to the delimiter; `at` is then the delimiter's line. Runners drop blank
/// lines at its start.
std::string heredoc(const std::vector<std::string>& lines, std::size_t& at,
                    const std::string& delimiter) {
  need(!delimiter.empty(), "an empty delimiter");
  std::string value;
  for (; at < lines.size() && lines[at] != delimiter; ++at) {
    need(lines[at].find(delimiter) == std::string::npos, "a delimiter within its text");
    value += (value.empty() ? "" : "\n") + lines[at];
  }
  need(at < lines.size(), "the delimiter " + delimiter + " is missing");
  return value;
}

}  // namespace

std::map<std::string, std::string> parse_outputs(const std::string& text) {
  need(text.find('\0') == std::string::npos, "a NUL");
  need(text.empty() || text.ends_with('\n'), "no newline at the end");
  const auto lines = core::lines(text);
  for (const std::string& line : lines) need(line.size() < line_limit, "a line of 64 KiB");
  std::map<std::string, std::string> outputs;
  for (std::size_t at = 0; at < lines.size(); ++at) {
    const std::string& line = lines[at];
    const auto equals = line.find('=');
    const auto shift = line.find("<<");
    need(equals != std::string::npos || shift != std::string::npos,
         fmt::format("neither '=' nor '<<' in '{}'", line));
    if (equals < shift) {
      outputs[key_of(line, equals)] = line.substr(equals + 1);
    } else {
      outputs[key_of(line, shift)] = heredoc(lines, ++at, line.substr(shift + 2));
    }
  }
  return outputs;
}

}  // namespace support
