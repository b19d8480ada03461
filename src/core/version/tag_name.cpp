// SPDX-License-Identifier: MIT
#include "core/version/tag_name.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text/text.hpp"

namespace core {
namespace {

bool has_text(std::string_view name, std::string_view what) {
  return name.find(what) != std::string_view::npos;
}

bool is_control_code(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

/// The rules for each part between slashes.
std::string fault_of_part(std::string_view part) {
  constexpr std::string_view lock = ".lock";
  if (part.starts_with('.')) return "has a part that begins with a dot";
  if (part.ends_with(lock)) return "has a part that ends with '.lock'";
  return "";
}

}  // namespace

std::string fault_of_tag_name(std::string_view name) {
  constexpr std::string_view forbidden = "~^:?*[\\";
  if (name.empty()) return "is empty";
  if (!is_utf8(name)) return "is not valid UTF-8";
  if (std::any_of(name.begin(), name.end(), is_control_code)) return "contains a control character";
  if (has_text(name, " ")) return "contains a blank";
  if (const auto at = name.find_first_of(forbidden); at != std::string_view::npos) {
    return fmt::format("contains '{}'", name[at]);
  }
  if (name.starts_with('-')) return "begins with '-'";
  if (name.starts_with('/') || name.ends_with('/')) return "begins or ends with a slash";
  if (has_text(name, "//")) return "contains two slashes in a row";
  if (has_text(name, "..")) return "contains two dots in a row";
  if (has_text(name, "@{")) return "contains '@{'";
  if (name.ends_with('.')) return "ends with a dot";
  if (name.starts_with("refs/")) {
    return "is the full name of a reference, and as a tag it could not be told from that one";
  }
  for (std::size_t begin = 0; begin < name.size();) {
    const auto end = std::min(name.find('/', begin), name.size());
    if (std::string fault = fault_of_part(name.substr(begin, end - begin)); !fault.empty()) {
      return fault;
    }
    begin = end + 1;
  }
  return "";
}

std::vector<std::string> folders_of_tag(std::string_view name) {
  std::vector<std::string> folders;
  for (auto at = name.find('/'); at != std::string_view::npos; at = name.find('/', at + 1)) {
    folders.emplace_back(name.substr(0, at));
  }
  return folders;
}

}  // namespace core
