// SPDX-License-Identifier: MIT
#include "core/version/toml.hpp"

#include <algorithm>
#include <utility>

#include "core/text/text.hpp"

namespace core {
namespace {

constexpr std::size_t max_keys = 8;          // of a path; also the depth of nested tables
constexpr std::size_t max_key_length = 256;  // bytes

bool is_bare(char c) { return is_word(c) || c == '-'; }

class TomlScanner {
 public:
  explicit TomlScanner(std::string_view document) : text_(document) {}

  std::vector<TomlValue> run() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    while (skip_to_statement()) {
      if (peek() == '[') {
        header();
      } else {
        is_in_array_ = false;
        key_and_value(table_);
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

  /// Skips blanks, line ends and comments.
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

  /// Reads `[a.b]` or `[[a.b]]`. The values after a malformed header get a path that matches nothing.
  void header() {
    const bool is_array = is_next("[[");
    at_ += is_array ? 2 : 1;
    table_ = key();
    element_ = is_array ? ++elements_ : 0;
    if (!is_next(is_array ? "]]" : "]")) table_ = {"["};
  }

  /// Reads a dotted key of bare words and strings. A key that is too long is cut, so that the cost
  /// stays proportional to the length of the document.
  TomlPath key() {
    TomlPath path;
    do {
      skip_blanks();
      Span word{at_, 0};
      if (peek() == '"' || peek() == '\'') {
        word = string();
      } else {
        while (!at_end() && is_bare(peek())) ++at_;
        word.size = at_ - word.begin;
      }
      if (path.size() <= max_keys) path.emplace_back(word.in(text_).substr(0, max_key_length));
      skip_blanks();
    } while (peek() == '.' && ++at_ > 0);
    return path;
  }

  void key_and_value(TomlPath path) {
    const TomlPath own = key();
    if (peek() != '=') return;
    ++at_;
    path.insert(path.end(), own.begin(), own.end());
    value(path, 0);
  }

  void value(const TomlPath& path, std::size_t depth) {
    skip_blanks();
    if (path.size() > max_keys || depth > max_keys) {
      skip_value();
    } else if (peek() == '"' || peek() == '\'') {
      add(path, string(), true);
    } else if (peek() == '{' || peek() == '[') {
      collection(path, depth);
    } else {
      const std::size_t begin = at_;
      const auto end = text_.find_first_of(",]}#\r\n", at_);
      at_ = std::min(end, text_.size());
      add(path, {begin, trim(text_.substr(begin, at_ - begin)).size()}, false);
    }
  }

  /// Reads an inline table or an array, whose members are separated by commas.
  void collection(const TomlPath& path, std::size_t depth) {
    const bool is_table = peek() == '{';
    const char closing = is_table ? '}' : ']';
    const bool was_in_array = std::exchange(is_in_array_, is_in_array_ || !is_table);
    ++at_;
    while (skip_to_statement() && peek() != closing) {
      const std::size_t before = at_;
      if (is_table) {
        TomlPath inner = path;
        const TomlPath own = key();
        inner.insert(inner.end(), own.begin(), own.end());
        if (peek() != '=') break;
        ++at_;
        value(inner, depth + 1);
      } else {
        value(path, depth + 1);
      }
      if (skip_to_statement() && peek() == ',') ++at_;
      if (at_ == before) break;  // it cannot be parsed
    }
    if (peek() == closing) ++at_;
    is_in_array_ = was_in_array;
  }

  void add(const TomlPath& path, Span span, bool is_string) {
    found_.push_back({path, element_, is_in_array_, is_string, span});
  }

  /// Reads a string of one of the four kinds and returns its content. An unclosed one ends with its line.
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

  /// Skips to the end of the line or of the enclosing array or table.
  void skip_value() {
    int depth = 0;
    while (!at_end() && (depth > 0 || peek() != '\n')) {
      const char c = peek();
      if (depth == 0 && (c == ',' || c == ']' || c == '}')) return;
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
  }

  std::string_view text_;
  std::size_t at_ = 0;
  TomlPath table_;
  std::size_t element_ = 0;
  std::size_t elements_ = 0;
  bool is_in_array_ = false;
  std::vector<TomlValue> found_;
};

}  // namespace

std::vector<TomlValue> toml_values(std::string_view document) {
  return TomlScanner(document).run();
}

std::vector<Span> toml_strings(std::string_view document, const std::vector<std::string>& path) {
  std::vector<Span> found;
  for (const TomlValue& value : toml_values(document)) {
    const bool is_wanted = value.is_string && !value.in_array && value.element == 0;
    if (is_wanted && value.path == path) found.push_back(value.span);
  }
  return found;
}

}  // namespace core
