// SPDX-License-Identifier: MIT
#include "core/pep440.hpp"

#include <algorithm>
#include <initializer_list>
#include <optional>

#include "core/text.hpp"
#include "core/version.hpp"

namespace core {
namespace {

constexpr std::string_view separators = "-_.";

bool is_separator(char c) { return separators.find(c) != std::string_view::npos; }

/// Reads a version in lower case from its start, by every spelling that PEP 440 allows (its appendix
/// B). No part has to be read a second time: what each takes, no later one could use.
class Pep440Reader {
 public:
  explicit Pep440Reader(std::string_view text) : rest_(text) {}

  /// The normal form; "" where the text is no such version.
  std::string read() {
    take("v");
    std::string result = epoch();
    const std::string numbers = release();
    if (numbers.empty()) return {};
    result += numbers;
    result += prerelease();
    result += post();
    result += dev();
    result += local();
    return is_broken_ || !rest_.empty() ? "" : result;
  }

 private:
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  /// As many characters as `belongs` says, from the start on.
  std::string_view take_while(bool (*belongs)(char)) {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), belongs);
    const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  void take_separator() {
    if (!rest_.empty() && is_separator(rest_.front())) rest_.remove_prefix(1);
  }

  /// One of `words` behind a separator or none; "", with nothing taken, where none is there.
  std::string_view take_word(std::initializer_list<std::string_view> words) {
    const std::string_view before = rest_;
    take_separator();
    for (const std::string_view word : words) {
      if (take(word)) return word;
    }
    rest_ = before;
    return {};
  }

  /// The number behind a word, with a separator or none before it; "0" where there is none.
  std::string number() {
    take_separator();
    return without_leading_zeros(take_while(is_digit));
  }

  std::string epoch() {
    const std::string_view before = rest_;
    const std::string digits = without_leading_zeros(take_while(is_digit));
    if (rest_.size() < before.size() && take("!")) return digits == "0" ? "" : digits + "!";
    rest_ = before;
    return {};
  }

  /// "1.2.3"; "" where no number is there.
  std::string release() {
    std::string result;
    while (!rest_.empty() && is_digit(rest_.front())) {
      result += (result.empty() ? "" : ".") + without_leading_zeros(take_while(is_digit));
      if (rest_.size() < 2 || rest_[0] != '.' || !is_digit(rest_[1])) break;
      rest_.remove_prefix(1);
    }
    return result;
  }

  std::string prerelease() {
    const std::string_view word =
        take_word({"alpha", "a", "beta", "b", "preview", "pre", "c", "rc"});
    if (word.empty()) return {};
    const char* short_form = word[0] == 'a' ? "a" : word[0] == 'b' ? "b" : "rc";
    return short_form + number();
  }

  std::string post() {
    const bool is_implicit = rest_.size() > 1 && rest_[0] == '-' && is_digit(rest_[1]);
    if (!is_implicit && take_word({"post", "rev", "r"}).empty()) return {};
    return ".post" + number();
  }

  std::string dev() { return take_word({"dev"}).empty() ? "" : ".dev" + number(); }

  /// "+ubuntu.1"
  std::string local() {
    if (!take("+")) return {};
    std::string result = "+";
    for (;;) {
      const std::string_view part = take_while([](char c) { return is_digit(c) || is_letter(c); });
      const bool is_number = std::all_of(part.begin(), part.end(), is_digit);
      is_broken_ = is_broken_ || part.empty();
      result += is_number ? without_leading_zeros(part) : std::string(part);
      if (rest_.empty() || !is_separator(rest_.front())) return result;
      take_separator();
      result += '.';
    }
  }

  std::string_view rest_;
  bool is_broken_ = false;
};

}  // namespace

std::string pep440(std::string_view tag) {
  tag.remove_prefix(version_prefix(tag).size());
  const std::string text = lower(trim(tag));
  return text.size() > longest_version ? "" : Pep440Reader(text).read();
}

}  // namespace core
