// SPDX-License-Identifier: MIT
// Regular expressions from users, and the only code that uses std::regex. std::regex backtracks
// without limit and uses stack for each character; this class limits time and stack.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/text/span.hpp"

namespace core {

/// A budget of work for matching, shared by several expressions.
class Steps {
 public:
  explicit Steps(std::size_t count = most) : left_(count) {}

  /// Takes less than 2 s in an unoptimised build, where a step takes up to 100 ns.
  static constexpr std::size_t most = 20'000'000;

  /// Returns false once the budget is used up.
  bool take(std::size_t count);

 private:
  std::size_t left_;
};

/// ECMAScript syntax without back references. Copies share the compiled expression.
class RegularExpression {
 public:
  /// Throws Error (workflow) if `text` is not a regular expression, or has more than 500 characters
  /// after its repeats are expanded.
  explicit RegularExpression(const std::string& text);

  std::size_t groups() const;

  /// The position of the first group in `text`, for each match that has one; the matches do not
  /// overlap. Throws Error (workflow) if matching needs more steps, or more than 1.5 MiB of stack.
  std::vector<Span> first_groups(std::string_view text, Steps& steps) const;

  /// Whether it matches anywhere in `text`. Throws as above.
  bool is_in(std::string_view text, Steps& steps) const;

 private:
  struct Compiled;

  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace core
