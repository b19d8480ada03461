// SPDX-License-Identifier: MIT
#include "core/release/fan_in.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string_view>

#include "core/error.hpp"
#include "core/release/asset_name.hpp"
#include "core/release/vouching.hpp"
#include "core/text/braces.hpp"
#include "core/text/glob.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

constexpr std::string_view prefix = ".sha256.";
constexpr std::size_t digest_length = 64;

/// The end of `name` that fits into `room` bytes; begins with a whole character.
std::string_view end_of(std::string_view name, std::size_t room) {
  if (name.size() <= room) return name;
  name.remove_prefix(name.size() - room);
  constexpr unsigned char continuation = 0x80;
  constexpr unsigned char kind = 0xC0;
  while (!name.empty() && (static_cast<unsigned char>(name.front()) & kind) == continuation) {
    name.remove_prefix(1);
  }
  return name;
}

/// Parses `.sha256.ID.HEX[.NAME]`.
std::optional<Announcement> parse_name(const std::string& whole) {
  std::string_view rest = whole;
  if (!rest.starts_with(prefix)) return std::nullopt;
  rest.remove_prefix(prefix.size());
  Announcement announcement;
  const auto dot = std::min(rest.find('.'), rest.size());
  const auto [end, failure] = std::from_chars(rest.data(), rest.data() + dot, announcement.of);
  const bool is_number = failure == std::errc{} && end == rest.data() + dot && rest.front() != '0';
  rest.remove_prefix(std::min(dot + 1, rest.size()));
  announcement.sha256 = rest.substr(0, digest_length);
  rest.remove_prefix(std::min(digest_length, rest.size()));
  if (rest.starts_with('-') && is_code(rest.substr(1, code_length))) {
    announcement.code = rest.substr(1, code_length);
    rest.remove_prefix(1 + code_length);
  }
  const bool is_named = rest.starts_with('.') && rest.size() > 1;
  if (!is_number || !is_digest(announcement.sha256, Algorithm::sha256) ||
      !(rest.empty() || is_named))
    return std::nullopt;
  if (is_named) announcement.of_name = rest.substr(1);
  return announcement;
}

}  // namespace

std::string announcement_name(const Asset& asset, const Digest& sha256, const std::string& code) {
  const std::string head =
      fmt::format("{}{}.{}{}{}.", prefix, asset.id, sha256, code.empty() ? "" : "-", code);
  return head + std::string(end_of(asset.name, max_asset_name - head.size()));
}

bool Announcement::is_of(const Asset& other) const {
  return of == other.id && asset.name == announcement_name(other, sha256, code);
}

std::optional<Announcement> parse_announcement(const Asset& asset) {
  if (asset.size != 0) return std::nullopt;
  auto announcement = parse_name(asset.name);
  if (announcement) announcement->asset = asset;
  return announcement;
}

std::vector<std::string> parse_required(const std::string& text) {
  std::vector<std::string> patterns;
  for (const std::string& line : lines(text)) {
    const std::string_view pattern = trim(line);
    if (pattern.empty()) continue;
    if (pattern.front() == '!' || pattern.find('/') != std::string_view::npos) {
      throw Error(
          Fault::workflow,
          fmt::format("required_files: '{}' is not a pattern for an asset name", one_line(pattern)),
          "Use a name without a slash or a leading '!': assets have no paths, and patterns cannot "
          "be excluded here.");
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
