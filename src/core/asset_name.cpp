// SPDX-License-Identifier: MIT
#include "core/asset_name.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text.hpp"

namespace core {
namespace {

bool is_hexadecimal(char c) {
  return is_digit(c) || (lower({&c, 1}) >= "a" && lower({&c, 1}) <= "f");
}

bool is_control(char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }

}  // namespace

bool is_own_asset_name(std::string_view name) {
  constexpr std::string_view prefix = ".sha256.";
  constexpr std::size_t digest_length = 64;
  if (!name.starts_with(prefix)) return false;
  name.remove_prefix(prefix.size());
  const auto id = std::find_if_not(name.begin(), name.end(), is_digit) - name.begin();
  if (id == 0 || !name.substr(static_cast<std::size_t>(id)).starts_with('.')) return false;
  name.remove_prefix(static_cast<std::size_t>(id) + 1);
  const auto digest = std::find_if_not(name.begin(), name.end(), is_hexadecimal) - name.begin();
  if (static_cast<std::size_t>(digest) != digest_length) return false;
  return name.size() == digest_length || name[digest_length] == '.';
}

std::string fault_of_asset_name(std::string_view name) {
  if (name.empty()) return "is empty";
  if (name == "." || name == "..") return "is a directory's";
  if (name.find('/') != std::string_view::npos) return "has a slash in it";
  if (trim(name).size() != name.size()) return "begins or ends with a blank";
  if (name.size() > max_asset_name) return fmt::format("is longer than {} bytes", max_asset_name);
  if (!is_utf8(name)) return "is not valid UTF-8";
  if (std::any_of(name.begin(), name.end(), is_control)) return "has a control character in it";
  if (is_own_asset_name(name)) return "is one that this action gives to assets of its own";
  return "";
}

}  // namespace core
