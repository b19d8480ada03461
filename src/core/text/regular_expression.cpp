// SPDX-License-Identifier: MIT
#include "core/text/regular_expression.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <regex>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

constexpr std::size_t max_size = 500;                        // as computed by size_of
constexpr std::size_t deepest_stack = std::size_t{3} << 19;  // bytes, from the start of a search

// --- the cost of a pattern ---

/// The number at the start of `text`, limited to max_size + 1.
std::size_t count_in(std::string_view text) {
  std::size_t count = 0;
  for (const char c : text) {
    if (!is_digit(c)) break;
    count = std::min(10 * count + static_cast<std::size_t>(c - '0'), max_size + 1);
  }
  return count;
}

/// An upper bound for the length of the pattern after its repeats are expanded, which is how
/// std::regex compiles it. A count after a group or another repeat multiplies the length, one after
/// a character adds to it. Text that only looks like a count is treated as one.
std::size_t size_of(std::string_view pattern) {
  std::size_t size = pattern.size();
  std::size_t factor = 1;
  for (auto at = pattern.find('{'); at != std::string_view::npos; at = pattern.find('{', at + 1)) {
    const std::string_view counts = pattern.substr(at + 1);
    const auto comma = std::min(counts.find_first_not_of("0123456789"), counts.size());
    const std::string_view behind = counts.substr(comma);
    const std::size_t count =
        std::max(count_in(counts), behind.starts_with(',') ? count_in(behind.substr(1)) : 0);
    const bool multiplies =
        at > 0 && std::string_view(")}*+?").find(pattern[at - 1]) != std::string_view::npos;
    size += multiplies ? 0 : count;
    factor = std::min(factor * (multiplies ? count + 1 : 1), max_size + 1);
  }
  return size * factor;
}

/// Whether it contains "\1" to "\9": std::regex matches these without a step that could be counted.
bool has_back_reference(std::string_view pattern) {
  for (auto at = pattern.find('\\'); at != std::string_view::npos && at + 1 < pattern.size();
       at = pattern.find('\\', at + 2)) {
    if (is_digit(pattern[at + 1]) && pattern[at + 1] != '0') return true;
  }
  return false;
}

/// A look-ahead starts another search, which needs more memory.
bool has_look_ahead(std::string_view pattern) {
  return pattern.find("(?=") != std::string_view::npos ||
         pattern.find("(?!") != std::string_view::npos;
}

/// Whether a match can only begin where the search begins, because `.*` also matches everything
/// before it.
bool begins_with_anything(std::string_view pattern) {
  return pattern.starts_with(".*") && pattern.find('|') == std::string_view::npos;
}

// --- a search with limits ---

struct TooMuch {};

/// The limits of a search.
struct Limits {
  Steps& steps;
  std::size_t step;  ///< the cost of one step
  std::uintptr_t deepest;

  void take_step() const {
    const auto here = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
    if (here < deepest || !steps.take(step)) throw TooMuch();
  }
};

/// An iterator over characters; reading or comparing takes a step.
class Watched {
 public:
  using iterator_category = std::bidirectional_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Watched() = default;
  Watched(const char* at, const Limits* limits) : at_(at), limits_(limits) {}

  const char* at() const { return at_; }

  reference operator*() const {
    limits_->take_step();
    return *at_;
  }
  Watched& operator++() {
    ++at_;
    return *this;
  }
  Watched operator++(int) {
    const Watched before = *this;
    ++at_;
    return before;
  }
  Watched& operator--() {
    --at_;
    return *this;
  }
  Watched operator--(int) {
    const Watched before = *this;
    --at_;
    return before;
  }
  friend bool operator==(const Watched& a, const Watched& b) {
    if (a.limits_ != nullptr) a.limits_->take_step();
    return a.at_ == b.at_;
  }

 private:
  const char* at_ = nullptr;
  const Limits* limits_ = nullptr;
};

std::regex compiled(const std::string& text) {
  try {
    return std::regex(text);
  } catch (const std::regex_error&) {
    throw Error(Fault::workflow,
                fmt::format("'{}' is not a valid regular expression", one_line(text)),
                "Check its brackets and escapes; the syntax is that of ECMAScript.");
  }
}

}  // namespace

struct RegularExpression::Compiled {
  std::string text;
  std::regex regex;
  std::size_t size = 0;
  bool begins_with_anything = false;

  /// Calls `on_match` for each match, until it returns false.
  template <typename OnMatch>
  void search(std::string_view in, Steps& steps, OnMatch&& on_match) const;
};

bool Steps::take(std::size_t count) {
  const bool suffices = left_ >= count;
  left_ = suffices ? left_ - count : 0;
  return suffices;
}

template <typename OnMatch>
void RegularExpression::Compiled::search(std::string_view in, Steps& steps,
                                         OnMatch&& on_match) const {
  using Matches = std::regex_iterator<Watched>;
  constexpr std::size_t step_of_search =
      20;  // the cost of starting a search, in addition to the pattern's size
  const auto stack = reinterpret_cast<std::uintptr_t>(__builtin_frame_address(0));
  const Limits limits{steps, has_look_ahead(text) ? 1 + size / 4 : 1, stack - deepest_stack};
  // `.` matches everything except line ends, and '\r' is the only line end that a line can contain.
  const bool only_here = begins_with_anything && in.find('\r') == std::string_view::npos;
  const auto flags =
      only_here ? std::regex_constants::match_continuous : std::regex_constants::match_default;
  try {
    if (!steps.take(size + step_of_search)) throw TooMuch();
    const Watched begin(in.data(), &limits);
    const Watched end(in.data() + in.size(), &limits);
    for (Matches match(begin, end, regex, flags), none; match != none; ++match) {
      if (!on_match(*match)) return;
      if (!steps.take(size + step_of_search)) throw TooMuch();
    }
  } catch (const TooMuch&) {
    throw Error(Fault::workflow,
                fmt::format("matching the pattern '{}' takes too long", one_line(text)),
                "Begin it with ^ or with fixed text instead of .*, and do not repeat a group that "
                "contains a repeat.");
  }
}

RegularExpression::RegularExpression(const std::string& text) {
  if (has_back_reference(text)) {
    throw Error(Fault::workflow,
                fmt::format("the pattern '{}' contains a back reference", one_line(text)),
                "Write out the text: \\1 to \\9 are not supported.");
  }
  const std::size_t size = size_of(text);
  if (size > max_size) {
    throw Error(
        Fault::workflow, fmt::format("the pattern '{}' is too large", one_line(text)),
        fmt::format("It can have at most {} characters after repeats such as {{3}} are expanded.",
                    max_size));
  }
  compiled_ = std::make_shared<const Compiled>(
      Compiled{text, compiled(text), size, core::begins_with_anything(text)});
}

std::size_t RegularExpression::groups() const { return compiled_->regex.mark_count(); }

std::vector<Span> RegularExpression::first_groups(std::string_view text, Steps& steps) const {
  std::vector<Span> found;
  compiled_->search(text, steps, [&](const std::match_results<Watched>& match) {
    const auto& group = match[1];
    if (!group.matched) return true;
    const char* begin = group.first.at();
    found.push_back({static_cast<std::size_t>(begin - text.data()),
                     static_cast<std::size_t>(group.second.at() - begin)});
    return true;
  });
  return found;
}

bool RegularExpression::is_in(std::string_view text, Steps& steps) const {
  bool found = false;
  compiled_->search(text, steps, [&](const std::match_results<Watched>&) {
    found = true;
    return false;
  });
  return found;
}

}  // namespace core
