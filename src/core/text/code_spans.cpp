// SPDX-License-Identifier: MIT
#include "core/text/code_spans.hpp"

#include <algorithm>

namespace core {
namespace {

/// The end of the run of backticks at `at`.
std::size_t end_of_run(std::string_view text, std::size_t at) {
  return std::min(text.find_first_not_of('`', at), text.size());
}

}  // namespace

CodeSpans::CodeSpans(std::string_view text) : text_(text) {
  for (auto at = text.find_first_of("`\n"); at < text.size(); at = text.find_first_of("`\n", at)) {
    if (text[at] == '`') {
      const std::size_t end = end_of_run(text, at);
      runs_[end - at].push_back(at);
      at = end;
    } else {
      if (text.substr(at).starts_with("\n\n")) paragraph_ends_.push_back(at);
      ++at;
    }
  }
}

CodeSpans::Backticks CodeSpans::at(std::size_t at) const {
  const std::size_t begin = end_of_run(text_, at);
  const std::size_t ticks = begin - at;
  const auto runs = runs_.find(ticks);
  if (runs == runs_.end()) return {ticks, false};
  const auto closing = std::lower_bound(runs->second.begin(), runs->second.end(), begin);
  const auto end = std::lower_bound(paragraph_ends_.begin(), paragraph_ends_.end(), at);
  if (closing == runs->second.end() || (end != paragraph_ends_.end() && *closing > *end)) {
    return {ticks, false};
  }
  return {*closing + ticks - at, true};
}

}  // namespace core
