// SPDX-License-Identifier: MIT
#include "core/release/fan_in.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "core/error.hpp"
#include "core/glob.hpp"
#include "core/text.hpp"

namespace core {
namespace {

constexpr std::string_view prefix = ".sha256.";
constexpr std::size_t digest_length = 64;

}  // namespace

std::string entry_name(const Asset& asset, const Digest& sha256) {
  return fmt::format("{}{}.{}", prefix, asset.id, sha256);
}

std::optional<Entry> parse_entry(const Asset& asset) {
  const std::string_view name = asset.name;
  if (asset.size != 0 || !name.starts_with(prefix)) return std::nullopt;
  Entry entry{asset, 0, {}};
  const std::string_view rest = name.substr(prefix.size());
  const auto dot = std::min(rest.find('.'), rest.size());
  std::from_chars(rest.data(), rest.data() + dot, entry.of);
  entry.sha256 = rest.substr(std::min(dot + 1, rest.size()));
  const bool is_digest = entry.sha256.size() == digest_length &&
                         entry.sha256.find_first_not_of("0123456789abcdef") == std::string::npos;
  Asset other;
  other.id = entry.of;
  if (!is_digest || entry_name(other, entry.sha256) != name) return std::nullopt;
  return entry;
}

std::vector<std::string> parse_required(const std::string& text) {
  std::vector<std::string> patterns;
  for (const std::string& line : lines(text)) {
    const std::string_view pattern = trim(line);
    if (pattern.empty()) continue;
    if (pattern.front() == '!' || pattern.find('/') != std::string_view::npos) {
      throw Error(
          Fault::workflow,
          fmt::format("required_files: '{}' is no pattern of an asset's name", one_line(pattern)),
          "Assets have names, not paths, and nothing can be excluded here.");
    }
    const auto expanded = within("required_files", [&] { return expand_braces(pattern); });
    patterns.insert(patterns.end(), expanded.begin(), expanded.end());
  }
  return patterns;
}

bool is_required(const std::vector<std::string>& patterns, const std::string& name) {
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const std::string& pattern) { return matches_segment(pattern, name); });
}

std::vector<std::string> unmatched(const std::vector<std::string>& patterns,
                                   const std::vector<std::string>& names) {
  std::vector<std::string> result;
  for (const std::string& pattern : patterns) {
    const bool matched = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return matches_segment(pattern, name);
    });
    if (!matched) result.push_back(pattern);
  }
  return result;
}

}  // namespace core
