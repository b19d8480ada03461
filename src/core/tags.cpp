// SPDX-License-Identifier: MIT
#include "core/tags.hpp"

#include "core/version.hpp"

namespace core {

std::optional<Tag> previous_tag(std::string_view tag, const std::vector<Tag>& tags) {
  const auto own = parse_version(tag);
  const bool stable_only = own && !own->is_prerelease();
  std::optional<Tag> best;
  std::optional<Version> best_version;
  for (const Tag& candidate : tags) {
    if (version_prefix(candidate.name) != version_prefix(tag)) continue;
    const auto version = parse_version(candidate.name);
    if (!version || (stable_only && version->is_prerelease())) continue;
    if (own && !(*version < *own)) continue;
    if (best_version && !(*version > *best_version)) continue;
    best = candidate;
    best_version = version;
  }
  return best;
}

}  // namespace core
