// SPDX-License-Identifier: MIT
#include "core/version/build_version.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text/text.hpp"

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
  struct Candidate {
    std::string_view tag;
    std::string_view prefix;
    Version version;
  };
  std::vector<Candidate> candidates;  // each parsed once: a checkout may have many tags
  for (const std::string& tag : tags) {
    auto version = parse_version(tag);
    if (!version) continue;
    if (tag == wanted) return tag;
    candidates.push_back({tag, version_prefix(tag), std::move(*version)});
  }
  if (candidates.empty()) return std::nullopt;
  std::sort(candidates.begin(), candidates.end(), [](const auto& a, const auto& b) {
    return a.prefix != b.prefix ? a.prefix < b.prefix : a.version > b.version;
  });
  const std::string_view prefix = candidates.front().prefix;
  if (!prefix.empty() && prefix != candidates.back().prefix) {
    std::vector<std::string> names;
    std::transform(candidates.begin(), candidates.end(), std::back_inserter(names),
                   [](const Candidate& one) { return std::string(one.tag); });
    throw Error(Fault::workflow,
                fmt::format("this commit has tags of several packages: {}", join(names, ", ")),
                "Select one with 'tag_name'.");
  }
  return std::string(candidates.front().tag);
}

bool is_overtaken_by(const BuildVersion& build, const Release& release) {
  if (release.draft || release.prerelease) return false;
  if (version_prefix(release.tag) != version_prefix(build.tag)) return false;
  const auto version = parse_version(release.tag);
  return version && !version->is_prerelease() && *version > build.version;
}

}  // namespace core
