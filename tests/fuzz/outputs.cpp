// SPDX-License-Identifier: MIT
// $GITHUB_OUTPUT, read back like the strictest of the runners does.
#include "runner/outputs.hpp"

#include <algorithm>

#include "core/text/text.hpp"
#include "target.hpp"

namespace {

using fuzz::require;

const std::string delimiter = "END_of-a-test";

/// Lines end with LF; one CR before it is dropped. A blank line outside of a heredoc fails the job.
runner::Outputs strictly_parsed(std::string_view text) {
  runner::Outputs outputs;
  const auto lines = core::lines(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto equals = lines[i].find('=');
    const auto arrows = lines[i].find("<<");
    if (equals < arrows) {
      outputs.emplace_back(lines[i].substr(0, equals), lines[i].substr(equals + 1));
      continue;
    }
    require(arrows != std::string::npos, "a line is name=value or begins a heredoc");
    const std::string end = lines[i].substr(arrows + 2);
    require(end == delimiter, "nobody else begins a heredoc");
    outputs.emplace_back(lines[i].substr(0, arrows), "");
    std::string& value = outputs.back().second;
    for (++i; i < lines.size() && lines[i] != end; ++i) value += lines[i] + "\n";
    require(i < lines.size(), "a heredoc ends");
    value.pop_back();
  }
  return outputs;
}

bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\n' && c != '\t') || c == 0x7F;
}

/// Blanks replace the control characters of ASCII and those that UTF-8 encodes as C2 80 to C2 9F.
std::string as_written(const std::string& value) {
  std::string result;
  const std::string text = core::normalized(value);
  for (std::size_t at = 0; at < text.size(); ++at) {
    const bool is_pair = text[at] == '\xC2' && at + 1 < text.size() &&
                         static_cast<unsigned char>(text[at + 1]) >= 0x80 &&
                         static_cast<unsigned char>(text[at + 1]) < 0xA0;
    result += is_pair || is_control(text[at]) ? ' ' : text[at];
    if (is_pair) ++at;
  }
  return core::normalized(result);
}

}  // namespace

void fuzz::target(std::string_view input) {
  const auto values = parts(input, 3);
  runner::Outputs outputs;
  for (const std::string& value : values) {
    if (value.find(delimiter) != std::string::npos) return;  // it is random, and cannot be guessed
    outputs.emplace_back("name" + std::to_string(outputs.size()), value);
  }
  const std::string text = runner::render_outputs(outputs, delimiter);
  require(text.ends_with('\n'), "the last line ends");
  for (auto& [name, value] : outputs) value = as_written(value);
  require(strictly_parsed(text) == outputs, "what is written is read back");
  require(std::none_of(text.begin(), text.end(), is_control), "nothing steers a terminal");
}
