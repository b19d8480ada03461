// SPDX-License-Identifier: MIT
#include "core/version/json_scan.hpp"

#include <cstddef>

#include "core/text/json.hpp"

namespace core {
namespace {

/// The content of the string whose opening quote is at `quote`.
Span string_at(std::string_view document, std::size_t quote) {
  std::size_t end = quote + 1;
  while (document[end] != '"') end += document[end] == '\\' ? 2 : 1;
  return {quote + 1, end - quote - 1};
}

/// Goes through a valid document once.
class JsonScanner {
 public:
  JsonScanner(std::string_view document, const std::vector<std::string>& path)
      : document_(document), path_(path) {}

  std::vector<Span> run() {
    for (std::size_t at = 0; at < document_.size(); ++at) {
      const char c = document_[at];
      if (c == '{' || c == '[') enter(c == '{');
      if (c == '}' || c == ']') leave();
      if (c == '"') at = string(at);
      if (c == ',') is_on_path_ = false;
    }
    return found_;
  }

 private:
  void enter(bool is_object) {
    const bool is_outermost = depth_ == 0;
    if (is_object && (is_outermost || is_on_path_) && matched_ == depth_) ++matched_;
    ++depth_;
    is_on_path_ = false;
  }

  void leave() {
    --depth_;
    if (matched_ > depth_) matched_ = depth_;
    is_on_path_ = false;
  }

  /// Skips a name or a value and returns its end.
  std::size_t string(std::size_t quote) {
    const Span text = string_at(document_, quote);
    const std::size_t end = text.begin + text.size;
    const auto next = document_.find_first_not_of(" \t\r\n", end + 1);
    const bool is_name = next != std::string_view::npos && document_[next] == ':';
    if (is_name) {
      // The open objects are a beginning of the path, and this is its next name.
      is_on_path_ =
          matched_ == depth_ && depth_ <= path_.size() && text.in(document_) == path_[depth_ - 1];
    } else if (is_on_path_ && depth_ == path_.size()) {
      found_.push_back(text);
    }
    return end;
  }

  std::string_view document_;
  const std::vector<std::string>& path_;
  std::size_t depth_ = 0;
  std::size_t matched_ = 0;  ///< how many of the open objects belong to the path
  bool is_on_path_ = false;  ///< whether the name of the next value belongs to the path
  std::vector<Span> found_;
};

}  // namespace

std::vector<Span> json_strings(std::string_view document, const std::vector<std::string>& path) {
  Json::parse(document);  // the code below needs a valid document
  return JsonScanner(document, path).run();
}

}  // namespace core
