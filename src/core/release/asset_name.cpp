// SPDX-License-Identifier: MIT
#include "core/release/asset_name.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/text/text.hpp"

namespace core {
namespace {

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
  const auto digest = std::find_if_not(name.begin(), name.end(), is_hex_digit) - name.begin();
  if (static_cast<std::size_t>(digest) != digest_length) return false;
  name.remove_prefix(digest_length);
  constexpr std::size_t code_length = 32;  // as in vouching.hpp
  if (name.starts_with('-')) {
    const auto code = std::find_if_not(name.begin() + 1, name.end(), is_hex_digit) - name.begin();
    if (static_cast<std::size_t>(code) != code_length + 1) return false;
    name.remove_prefix(code_length + 1);
  }
  return name.empty() || name.starts_with('.');
}

std::string fault_of_asset_name(std::string_view name) {
  if (name.empty()) return "is empty";
  if (name == "." || name == "..") return "is the name of a directory";
  if (name.find('/') != std::string_view::npos) return "contains a slash";
  if (trim(name).size() != name.size()) return "begins or ends with a blank";
  if (name.size() > max_asset_name) return fmt::format("is longer than {} bytes", max_asset_name);
  if (!is_utf8(name)) return "is not valid UTF-8";
  if (std::any_of(name.begin(), name.end(), is_control)) return "contains a control character";
  if (is_own_asset_name(name)) return "is reserved for this action's own assets";
  return "";
}

}  // namespace core
