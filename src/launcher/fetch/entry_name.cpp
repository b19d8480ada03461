// SPDX-License-Identifier: MIT
#include "launcher/fetch/entry_name.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstdint>

#include "core/text/text.hpp"

namespace fetch {
namespace {

/// Removes the part before the first `/` from `path` and returns it.
std::string_view take_part(std::string_view& path) {
  const std::size_t end = path.find('/');
  const std::string_view part = path.substr(0, end);
  path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
  return part;
}

/// Devices of Windows, with any extension.
bool is_reserved_by_windows(std::string_view part) {
  constexpr std::array<std::string_view, 6> devices = {"con", "prn",    "aux",
                                                       "nul", "conin$", "conout$"};
  constexpr std::array<std::string_view, 13> numbers = {
      "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "\xC2\xB9", "\xC2\xB2", "\xC2\xB3"};
  const std::string stem = core::lower(core::trim(part.substr(0, part.find('.'))));
  if (std::find(devices.begin(), devices.end(), stem) != devices.end()) return true;
  if (!stem.starts_with("com") && !stem.starts_with("lpt")) return false;
  return std::find(numbers.begin(), numbers.end(), std::string_view(stem).substr(3)) !=
         numbers.end();
}

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(),
                     [](unsigned char byte) { return byte < 0x20 || byte == 0x7F; });
}

std::string fault_of_characters(std::string_view text) {
  if (!core::is_utf8(text)) return "is not valid UTF-8";
  if (has_control_character(text)) return "contains a control character";
  if (text.find('\\') != std::string_view::npos) return "contains a backslash";
  const std::size_t colon = text.find(':');
  if (colon == 1 && core::is_letter(text[0])) return "begins with a drive letter";
  const std::size_t other = text.find_first_of(":*?\"<>|");
  if (other == std::string_view::npos) return "";
  return fmt::format("contains the character {}, which Windows reserves", text[other]);
}

std::string fault_of_part(std::string_view part) {
  if (part.empty()) return "has an empty part in its path";
  if (part == ".") return "has the part '.' in its path";
  if (part == "..") return "leads out of its folder";
  if (part.size() > max_part) return fmt::format("has a name of more than {} bytes", max_part);
  if (part.ends_with('.')) return "has a name that ends with a dot";
  if (part.ends_with(' ')) return "has a name that ends with a blank";
  if (is_reserved_by_windows(part)) return "has a name that Windows reserves";
  return "";
}

std::string fault_of_parts(std::string_view path) {
  do {
    if (std::string fault = fault_of_part(take_part(path)); !fault.empty()) return fault;
  } while (!path.empty());
  return "";
}

/// The lower-case letter of a code point of two bytes.
std::uint32_t folded_letter(std::uint32_t letter) {
  const auto is_in = [letter](std::uint32_t first, std::uint32_t last) {
    return letter >= first && letter <= last;
  };
  if (is_in(0xC0, 0xDE) && letter != 0xD7) return letter + 0x20;       // Latin-1
  if (is_in(0x100, 0x137) || is_in(0x14A, 0x177)) return letter | 1U;  // Latin Extended-A
  if (is_in(0x139, 0x148) || is_in(0x179, 0x17E)) return letter + letter % 2;
  if (letter == 0x178) return 0xFF;
  if (is_in(0x391, 0x3A9)) return letter + 0x20;  // Greek
  if (is_in(0x400, 0x40F)) return letter + 0x50;  // Cyrillic
  if (is_in(0x410, 0x42F)) return letter + 0x20;
  return letter;
}

}  // namespace

std::string fault_of_path(std::string_view path) {
  if (path.empty()) return "has no name";
  if (path.starts_with('/')) return "has an absolute path";
  if (path.size() > max_path) return fmt::format("has a path of more than {} bytes", max_path);
  if (std::string fault = fault_of_characters(path); !fault.empty()) return fault;
  if (path.ends_with('/')) return "has an empty part in its path";
  return fault_of_parts(path);
}

std::string fault_of_target(std::string_view target, std::size_t depth) {
  std::string_view rest = target;
  std::size_t climbed = 0;
  while (rest == ".." || rest.starts_with("../")) {
    take_part(rest);
    ++climbed;
  }
  if (climbed > depth) return "is a link that leaves its folder";
  if (rest.empty() && climbed > 0 && !target.ends_with('/')) return "";
  const std::string fault = fault_of_path(rest);
  return fault.empty() ? "" : fmt::format("is a link to a path that {}", fault);
}

std::string case_folded(std::string_view path) {
  std::string folded = core::lower(path);
  for (std::size_t i = 0; i + 1 < folded.size(); ++i) {
    const auto first = static_cast<unsigned char>(folded[i]);
    const auto second = static_cast<unsigned char>(folded[i + 1]);
    const bool has_two_bytes = first >= 0xC2 && first <= 0xDF && (second & 0xC0U) == 0x80;
    if (!has_two_bytes) continue;
    const std::uint32_t letter = folded_letter((first & 0x1FU) << 6U | (second & 0x3FU));
    folded[i] = static_cast<char>(0xC0U | letter >> 6U);
    folded[++i] = static_cast<char>(0x80U | (letter & 0x3FU));
  }
  return folded;
}

}  // namespace fetch
