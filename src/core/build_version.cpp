// SPDX-License-Identifier: MIT
#include "core/build_version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text.hpp"

namespace core {

std::string BuildVersion::number(std::size_t index) const {
  return index < version.numbers.size() ? version.numbers[index] : "0";
}

std::string BuildVersion::prerelease() const {
  if (!version.is_prerelease()) return {};
  const std::string text = version.text.substr(0, version.text.find('+'));
  const auto numbers_end = text.find_first_not_of("0123456789.!");
  const auto begin = text.find_first_not_of("-_.", numbers_end);
  return begin == std::string::npos ? "" : text.substr(begin);
}

std::optional<BuildVersion> from_tag(std::string_view tag, std::string_view source) {
  auto version = parse_version(tag);
  if (!version) return std::nullopt;
  return BuildVersion{std::string(tag), std::move(*version), std::string(source)};
}

std::optional<BuildVersion> from_version(std::string_view version, std::string_view source) {
  auto build = from_tag(version, source);
  if (build) build->tag = "v" + build->version.text;
  return build;
}

std::optional<std::string> pick_tag(const std::vector<std::string>& tags, std::string_view wanted) {
  std::vector<std::pair<std::string_view, Version>> versions;  // each read once: a checkout's tags
  for (const std::string& tag : tags) {
    auto version = parse_version(tag);
    if (!version) continue;
    if (tag == wanted) return tag;
    versions.emplace_back(tag, std::move(*version));
  }
  if (versions.empty()) return std::nullopt;
  std::sort(versions.begin(), versions.end(), [](const auto& a, const auto& b) {
    const auto left = version_prefix(a.first);
    const auto right = version_prefix(b.first);
    return left != right ? left < right : a.second > b.second;
  });
  const auto prefix = version_prefix(versions.front().first);
  if (!prefix.empty() && prefix != version_prefix(versions.back().first)) {
    std::vector<std::string> names;
    std::transform(versions.begin(), versions.end(), std::back_inserter(names),
                   [](const auto& one) { return std::string(one.first); });
    throw Error(Fault::workflow,
                fmt::format("this commit has tags of several things: {}", join(names, ", ")),
                "Say with 'tag_name' which one is meant.");
  }
  return std::string(versions.front().first);
}

bool is_overtaken_by(const BuildVersion& build, const Release& release) {
  if (release.draft || release.prerelease) return false;
  if (version_prefix(release.tag) != version_prefix(build.tag)) return false;
  const auto version = parse_version(release.tag);
  return version && !version->is_prerelease() && *version > build.version;
}

}  // namespace core
