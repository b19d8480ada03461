// SPDX-License-Identifier: MIT
#include "core/json_scan.hpp"

#include "core/json.hpp"

namespace core {
namespace {

/// The content of the string whose opening quote is at `quote`.
Span string_at(std::string_view document, std::size_t quote) {
  std::size_t end = quote + 1;
  while (document[end] != '"') end += document[end] == '\\' ? 2 : 1;
  return {quote + 1, end - quote - 1};
}

}  // namespace

std::vector<Span> json_strings(std::string_view document, std::string_view member) {
  Json::parse(document);  // what follows relies on it
  std::vector<Span> found;
  int depth = 0;
  bool is_wanted = false;  // the string before the colon was the member's name
  for (std::size_t at = 0; at < document.size(); ++at) {
    const char c = document[at];
    if (c == '{' || c == '[') ++depth;
    if (c == '}' || c == ']') --depth;
    if (c != '"') continue;
    const Span string = string_at(document, at);
    at = string.begin + string.size;
    const auto next = document.find_first_not_of(" \t\r\n", at + 1);
    const bool is_name = next != std::string_view::npos && document[next] == ':';
    if (is_wanted && !is_name && depth == 1) found.push_back(string);
    is_wanted = is_name && depth == 1 && string.in(document) == member;
    if (is_wanted && document[document.find_first_not_of(" \t\r\n", next + 1)] != '"') {
      is_wanted = false;  // a value of another type
    }
  }
  return found;
}

}  // namespace core
