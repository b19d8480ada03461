// SPDX-License-Identifier: MIT
#include "core/toml.hpp"

#include <algorithm>
#include <utility>

#include "core/text.hpp"

namespace core {
namespace {

using Path = std::vector<std::string>;

bool is_bare(char c) { return is_word(c) || c == '-'; }

class TomlScanner {
 public:
  TomlScanner(std::string_view document, const Path& wanted) : text_(document), wanted_(wanted) {}

  std::vector<Span> run() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    Path table;
    while (skip_to_statement()) {
      if (peek() == '[') {
        table = header();
      } else {
        key_and_value(table);
      }
      skip_line();
    }
    return std::move(found_);
  }

 private:
  char peek() const { return at_ < text_.size() ? text_[at_] : '\n'; }
  bool at_end() const { return at_ >= text_.size(); }
  bool is_next(std::string_view word) const { return text_.substr(at_).starts_with(word); }

  void skip_blanks() {
    while (!at_end() && (peek() == ' ' || peek() == '\t')) ++at_;
  }
  void skip_line() { at_ = std::min(text_.find('\n', at_), text_.size()); }

  bool skip_to_statement() {
    while (!at_end()) {
      if (peek() == '#') {
        skip_line();
      } else if (std::string_view(" \t\r\n").find(peek()) != std::string_view::npos) {
        ++at_;
      } else {
        return true;
      }
    }
    return false;
  }

  /// `[a.b]`. The tables of an array (`[[a.b]]`) have no path of their own, so that none of theirs
  /// can be the wanted one; nor can it be below a header that is broken.
  Path header() {
    Path nowhere = {"["};
    ++at_;
    if (peek() == '[') return nowhere;
    Path path = key();
    return peek() == ']' ? path : nowhere;
  }

  /// A dotted key: bare words and strings.
  Path key() {
    Path path;
    do {
      skip_blanks();
      if (peek() == '"' || peek() == '\'') {
        path.emplace_back(string().in(text_));
      } else {
        const std::size_t begin = at_;
        while (!at_end() && is_bare(peek())) ++at_;
        path.emplace_back(text_.substr(begin, at_ - begin));
      }
      skip_blanks();
    } while (peek() == '.' && ++at_ > 0);
    return path;
  }

  /// Whether a key of `table` is the wanted one. Nothing is copied: a header may be as long as the
  /// document.
  bool is_wanted(const Path& table, const Path& key) const {
    return table.size() + key.size() == wanted_.size() &&
           std::equal(table.begin(), table.end(), wanted_.begin()) &&
           std::equal(key.begin(), key.end(),
                      wanted_.end() - static_cast<std::ptrdiff_t>(key.size()));
  }

  void key_and_value(const Path& table) {
    const Path path = key();
    if (peek() != '=') return;
    ++at_;
    skip_blanks();
    const bool is_string = peek() == '"' || peek() == '\'';
    const Span value = is_string ? string() : other_value();
    if (is_string && is_wanted(table, path)) found_.push_back(value);
  }

  /// A string of one of the four kinds; its content. A broken one ends with its line.
  Span string() {
    const char quote = peek();
    const std::string three(3, quote);
    const bool over_lines = is_next(three);
    const std::string closing = over_lines ? three : std::string(1, quote);
    at_ += closing.size();
    const std::size_t begin = at_;
    while (!at_end() && !is_next(closing) && (over_lines || peek() != '\n')) {
      at_ += quote == '"' && peek() == '\\' ? 2 : 1;
    }
    at_ = std::min(at_, text_.size());
    const Span content{begin, at_ - begin};
    at_ = std::min(at_ + closing.size(), text_.size());
    return content;
  }

  /// Numbers and the like, arrays and inline tables.
  Span other_value() {
    const std::size_t begin = at_;
    int depth = 0;
    while (!at_end() && (depth > 0 || peek() != '\n')) {
      const char c = peek();
      if (c == '"' || c == '\'') {
        string();
      } else if (c == '#') {
        skip_line();
      } else {
        if (c == '[' || c == '{') ++depth;
        if (c == ']' || c == '}') --depth;
        ++at_;
      }
    }
    return {begin, at_ - begin};
  }

  std::string_view text_;
  const Path& wanted_;
  std::size_t at_ = 0;
  std::vector<Span> found_;
};

}  // namespace

std::vector<Span> toml_strings(std::string_view document, const std::vector<std::string>& path) {
  return TomlScanner(document, path).run();
}

}  // namespace core
