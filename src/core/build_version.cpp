// SPDX-License-Identifier: MIT
#include "core/build_version.hpp"

#include <fmt/format.h>

#include <algorithm>

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
  std::vector<std::string> versions;
  std::copy_if(tags.begin(), tags.end(), std::back_inserter(versions),
               [](const std::string& tag) { return parse_version(tag).has_value(); });
  if (std::find(versions.begin(), versions.end(), wanted) != versions.end()) {
    return std::string(wanted);
  }
  std::sort(versions.begin(), versions.end(), [](const std::string& a, const std::string& b) {
    const auto left = version_prefix(a);
    const auto right = version_prefix(b);
    return left != right ? left < right : *parse_version(a) > *parse_version(b);
  });
  if (versions.empty()) return std::nullopt;
  const auto prefix = version_prefix(versions.front());
  if (!prefix.empty() && prefix != version_prefix(versions.back())) {
    throw Error(Fault::workflow,
                fmt::format("this commit has tags of several things: {}", join(versions, ", ")),
                "Say with 'tag_name' which one is meant.");
  }
  return versions.front();
}

bool is_overtaken_by(const BuildVersion& build, const Release& release) {
  if (release.draft || release.prerelease) return false;
  if (version_prefix(release.tag) != version_prefix(build.tag)) return false;
  const auto version = parse_version(release.tag);
  return version && !version->is_prerelease() && *version > build.version;
}

}  // namespace core
