// SPDX-License-Identifier: MIT
// Names that mean another file to Windows than they say, or none.
#include <algorithm>
#include <array>
#include <string_view>

#include "core/text/text.hpp"
#include "disk/at.hpp"

namespace disk {
namespace {

/// "con" for "CON .txt".
std::string stem_of(const std::string& name) {
  std::string stem = core::lower(name.substr(0, name.find('.')));
  while (stem.ends_with(' ')) stem.pop_back();
  return stem;
}

/// Devices with a number have a digit, of which three may be superscript.
bool is_device(const std::string& stem) {
  constexpr std::array<std::string_view, 6> names = {"con", "prn",    "aux",
                                                     "nul", "conin$", "conout$"};
  if (std::find(names.begin(), names.end(), stem) != names.end()) return true;
  if (!stem.starts_with("com") && !stem.starts_with("lpt")) return false;
  const std::string number = stem.substr(3);
  return (number.size() == 1 && number >= "0" && number <= "9") || number == "\u00b9" ||
         number == "\u00b2" || number == "\u00b3";
}

}  // namespace

/// `.git::$INDEX_ALLOCATION`, `.git.` and `GIT~1` are the same directory.
bool is_spelling_of_git(const std::string& name) {
  std::string plain = core::lower(name.substr(0, name.find(':')));
  while (plain.ends_with('.') || plain.ends_with(' ')) plain.pop_back();
  if (plain == ".git") return true;
  constexpr std::string_view start = "git~";
  return plain.starts_with(start) && plain.size() > start.size() &&
         plain.find_first_not_of("0123456789", start.size()) == std::string::npos;
}

std::string reserved_meaning_of(const std::string& name) {
  const auto is_not_allowed = [](char c) {
    return static_cast<unsigned char>(c) < 0x20 ||
           std::string_view("\\/:*?\"<>|").find(c) != std::string_view::npos;
  };
  if (std::any_of(name.begin(), name.end(), is_not_allowed) || name.ends_with('.') ||
      name.ends_with(' ')) {
    return "name that Windows does not allow";
  }
  return is_device(stem_of(name)) ? "device" : "";
}

}  // namespace disk
