// SPDX-License-Identifier: MIT
// Regular expressions from outside, and the only door to std::regex, which goes back as often as a
// pattern makes it and takes stack for each character: here time and stack are bounded.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/span.hpp"

namespace core {

/// How much work matching may take, counted down by all who share it.
class Steps {
 public:
  explicit Steps(std::size_t count = most) : left_(count) {}

  /// Below 2 s in an unoptimised build, where a step takes up to 100 ns.
  static constexpr std::size_t most = 20'000'000;

  /// False once more than there were have been taken.
  bool take(std::size_t count);

 private:
  std::size_t left_;
};

/// In the syntax of ECMAScript, without back references; copies share what was compiled.
class RegularExpression {
 public:
  /// Throws Error (workflow) for what is no regular expression, or a larger one than 500 characters
  /// with its repeats written out.
  explicit RegularExpression(const std::string& text);

  std::size_t groups() const;

  /// Where the first group stands in `text`, for each match that has it; the matches do not overlap.
  /// Throws Error (workflow) where the steps do not suffice, or 1.5 MiB of stack.
  std::vector<Span> first_groups(std::string_view text, Steps& steps) const;

  /// Whether it matches anywhere in `text`. Throws as above.
  bool is_in(std::string_view text, Steps& steps) const;

 private:
  struct Compiled;

  std::shared_ptr<const Compiled> compiled_;
};

}  // namespace core
