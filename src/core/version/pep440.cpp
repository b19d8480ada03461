// SPDX-License-Identifier: MIT
#include "core/version/pep440.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>
#include <vector>

#include "core/text/text.hpp"
#include "core/version/words.hpp"

namespace core {
namespace {

constexpr std::string_view separators = "-_.";

bool is_separator(char c) { return separators.find(c) != std::string_view::npos; }

/// The parts of a version, independent of its spelling.
struct Pep440 {
  std::string epoch = "0";
  std::vector<std::string> numbers;
  std::string_view word;  ///< of a prerelease: "alpha", "beta" or "rc"
  std::string number;     ///< of a prerelease
  std::optional<std::string> post;
  std::optional<std::string> dev;
  std::vector<std::string> local;

  std::string normal_form() const {
    std::string result = epoch == "0" ? "" : epoch + "!";
    result += join(numbers, ".");
    if (!word.empty()) result += std::string(word == "rc" ? word : word.substr(0, 1)) + number;
    if (post) result += ".post" + *post;
    if (dev) result += ".dev" + *dev;
    return local.empty() ? result : result + "+" + join(local, ".");
  }
};

/// Needs no backtracking: what one part consumes could never belong to a later one.
class Pep440Reader {
 public:
  explicit Pep440Reader(std::string_view text) : rest_(text) {}

  std::optional<Pep440> read() {
    Pep440 version;
    read_epoch(version);
    read_numbers(version);
    read_prerelease(version);
    read_post(version);
    if (!take_word({"dev"}).empty()) version.dev = number();
    const bool is_whole = read_local(version) && rest_.empty() && !version.numbers.empty();
    return is_whole ? std::optional(std::move(version)) : std::nullopt;
  }

 private:
  bool take(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  /// Consumes the leading characters for which `belongs` is true.
  std::string_view take_while(bool (*belongs)(char)) {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), belongs);
    const std::string_view taken = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(taken.size());
    return taken;
  }

  void take_separator() {
    if (!rest_.empty() && is_separator(rest_.front())) rest_.remove_prefix(1);
  }

  /// Consumes one of `words` after an optional separator; "" if there is none.
  std::string_view take_word(std::initializer_list<std::string_view> words) {
    const std::string_view before = rest_;
    take_separator();
    for (const std::string_view word : words) {
      if (take(word)) return word;
    }
    rest_ = before;
    return {};
  }

  /// Consumes the number after a word and an optional separator; "0" if there is none.
  std::string number() {
    take_separator();
    return without_leading_zeros(take_while(is_digit));
  }

  void read_epoch(Pep440& version) {
    const std::string_view before = rest_;
    const std::string digits = without_leading_zeros(take_while(is_digit));
    if (rest_.size() < before.size() && take("!")) {
      version.epoch = digits;
    } else {
      rest_ = before;
    }
  }

  void read_numbers(Pep440& version) {
    while (!rest_.empty() && is_digit(rest_.front())) {
      version.numbers.push_back(without_leading_zeros(take_while(is_digit)));
      if (rest_.size() < 2 || rest_[0] != '.' || !is_digit(rest_[1])) break;
      rest_.remove_prefix(1);
    }
  }

  void read_prerelease(Pep440& version) {
    const std::string_view word =
        take_word({"alpha", "a", "beta", "b", "preview", "pre", "c", "rc"});
    if (word.empty()) return;
    version.word = word[0] == 'a' ? "alpha" : word[0] == 'b' ? "beta" : "rc";
    version.number = number();
  }

  void read_post(Pep440& version) {
    const bool is_implicit = rest_.size() > 1 && rest_[0] == '-' && is_digit(rest_[1]);
    if (is_implicit || !take_word({"post", "rev", "r"}).empty()) version.post = number();
  }

  /// Consumes "+ubuntu.1"; false if it is malformed.
  bool read_local(Pep440& version) {
    if (!take("+")) return true;
    for (;;) {
      const std::string_view part = take_while([](char c) { return is_digit(c) || is_letter(c); });
      if (part.empty()) return false;
      const bool is_number = std::all_of(part.begin(), part.end(), is_digit);
      version.local.push_back(is_number ? without_leading_zeros(part) : std::string(part));
      if (rest_.empty() || !is_separator(rest_.front())) return true;
      take_separator();
    }
  }

  std::string_view rest_;
};

/// Removes a last word that means stable, as in "1.2.3-final" and "1.2.3.Final".
std::string_view without_stable_word(std::string_view text) {
  const auto at = text.find_first_not_of("0123456789.");
  if (at == 0 || at == std::string_view::npos) return text;
  const std::size_t begin = is_separator(text[at]) ? at + 1 : at;
  const auto word = stage_word(text.substr(begin));
  const bool says_stable = word && word->stage == Stage::stable && !word->number;
  if (!says_stable || !word->rest.empty()) return text;
  text = text.substr(0, at);
  while (text.ends_with('.')) text.remove_suffix(1);
  return text;
}

}  // namespace

std::optional<Version> read_pep440(std::string_view text) {
  auto read = Pep440Reader(text).read();
  if (!read) return std::nullopt;
  Version version;
  version.epoch = std::move(read->epoch);
  version.numbers = std::move(read->numbers);
  if (!read->word.empty()) version.prerelease = {std::string(read->word), std::move(read->number)};
  version.post = std::move(read->post);
  version.dev = std::move(read->dev);
  return version;
}

std::string pep440(std::string_view tag) {
  const auto version = parse_version(tag);
  if (!version) return {};
  const std::string text = lower(version->text);
  const auto read = Pep440Reader(without_stable_word(text)).read();
  return read ? read->normal_form() : "";
}

}  // namespace core
