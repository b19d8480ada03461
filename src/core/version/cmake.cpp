// SPDX-License-Identifier: MIT
#include "core/version/cmake.hpp"

#include <algorithm>
#include <string>

#include "core/text/text.hpp"

namespace core {
namespace {

bool is_version(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

class CmakeScanner {
 public:
  explicit CmakeScanner(std::string_view script) : text_(script) {}

  /// The arguments after VERSION.
  std::vector<Span> run() {
    std::string command;
    while (at_ < text_.size()) {
      if (text_[at_] == '(') {
        ++at_;
        arguments(lower(command) == "project");
        command.clear();
      } else if (is_word(text_[at_])) {
        command = word_here();
      } else {
        next_token();
      }
    }
    return found_;
  }

 private:
  std::string word_here() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && is_word(text_[at_])) ++at_;
    return std::string(text_.substr(begin, at_ - begin));
  }

  /// The arguments of a call, up to its closing parenthesis.
  void arguments(bool of_project) {
    bool version_follows = false;
    int depth = 1;
    while (at_ < text_.size() && depth > 0) {
      const char c = text_[at_];
      const Span token = next_token();
      if (c == '(') ++depth;
      if (c == ')') --depth;
      if (token.size == 0) continue;
      if (of_project && version_follows) found_.push_back(token);
      version_follows = token.in(text_) == "VERSION";
    }
  }

  /// Skips a comment, a quoted or bracket argument, a word, or one other character. Returns the
  /// content of an argument; an empty span for anything else.
  Span next_token() {
    const char c = text_[at_];
    if (c == '#' && bracket_at(at_ + 1) == 0) {
      at_ = std::min(text_.find('\n', at_), text_.size());
      return {};
    }
    if (c == '#') ++at_;
    if (const std::size_t opening = bracket_at(at_); opening > 0) {
      const std::string closing = "]" + std::string(opening - 2, '=') + "]";
      at_ = std::min(text_.find(closing, at_), text_.size());
      at_ = std::min(at_ + closing.size(), text_.size());
      return {};
    }
    if (c == '"') return quoted();
    const std::size_t begin = at_;
    while (at_ < text_.size() &&
           std::string_view(" \t\r\n()#\"").find(text_[at_]) == std::string_view::npos) {
      ++at_;
    }
    if (at_ > begin) return {begin, at_ - begin};
    ++at_;
    return {};
  }

  Span quoted() {
    const std::size_t begin = ++at_;
    while (at_ < text_.size() && text_[at_] != '"') at_ += text_[at_] == '\\' ? 2 : 1;
    at_ = std::min(at_, text_.size());
    const Span content{begin, at_ - begin};
    at_ = std::min(at_ + 1, text_.size());
    return content;
  }

  /// The length of the opening of a bracket argument (`[[`, `[==[`) at `at`; 0 if there is none.
  std::size_t bracket_at(std::size_t at) const {
    if (at >= text_.size() || text_[at] != '[') return 0;
    const auto second = text_.find_first_not_of('=', at + 1);
    const bool opens = second != std::string_view::npos && text_[second] == '[';
    return opens ? second - at + 1 : 0;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::vector<Span> found_;
};

}  // namespace

std::vector<Span> cmake_project_versions(std::string_view script) {
  auto found = CmakeScanner(script).run();
  std::erase_if(found, [&](const Span& span) { return !is_version(span.in(script)); });
  return found;
}

std::string cmake_version_variable(std::string_view script) {
  for (const Span& span : CmakeScanner(script).run()) {
    const std::string_view text = span.in(script);
    if (!text.starts_with("${") || !text.ends_with('}')) continue;
    const std::string_view name = text.substr(2, text.size() - 3);
    if (std::all_of(name.begin(), name.end(), is_word)) return std::string(name);
  }
  return {};
}

}  // namespace core
