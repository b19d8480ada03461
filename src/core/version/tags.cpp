// SPDX-License-Identifier: MIT
#include "core/version/tags.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <set>
#include <utility>

#include "core/text/text.hpp"
#include "core/version/version.hpp"

namespace core {
namespace {

/// The previous tag by version.
std::optional<Tag> next_lower(const Version& own, std::string_view prefix,
                              const std::vector<Tag>& tags) {
  std::optional<Tag> best;
  std::optional<Version> best_version;
  for (const Tag& candidate : tags) {
    if (!candidate.name.starts_with(prefix) || version_prefix(candidate.name) != prefix) continue;
    auto version = parse_version(candidate.name);
    if (!version || (!own.is_prerelease() && version->is_prerelease())) continue;
    if (!(*version < own) || (best_version && !(*version > *best_version))) continue;
    best = candidate;
    best_version = std::move(version);
  }
  return best;
}

/// The prefixes by which tags belong together, including tags without a version.
class Prefixes {
 public:
  explicit Prefixes(const std::vector<Tag>& tags) {
    for (const Tag& tag : tags) {
      const std::string_view prefix = version_prefix(tag.name);
      if (!prefix.empty() && !is_letter(prefix.back())) known_.emplace(prefix);
    }
  }

  /// The longest prefix that other tags have: "app-nightly" belongs to "app-1.2.0".
  std::string_view of(std::string_view tag) const {
    const std::string_view own = version_prefix(tag);
    if (parse_version(tag)) return own;
    for (std::size_t size = std::min(tag.size(), max_version_length); size > own.size(); --size) {
      if (known_.contains(tag.substr(0, size))) return tag.substr(0, size);
    }
    return own;
  }

 private:
  std::set<std::string, std::less<>> known_;
};

/// The previous tag by date. If `own` does not exist yet, every tag was created before it.
std::optional<Tag> last_before(std::string_view own, std::string_view commit,
                               const std::vector<Tag>& tags) {
  const Prefixes prefixes(tags);
  const std::string_view prefix = prefixes.of(own);
  const auto found =
      std::find_if(tags.begin(), tags.end(), [&](const Tag& tag) { return tag.name == own; });
  const Tag* best = nullptr;
  for (const Tag& candidate : tags) {
    if (candidate.name == own || candidate.commit == commit) continue;
    if (found != tags.end() && candidate.created > found->created) continue;
    if (best != nullptr && candidate.created <= best->created) continue;
    if (prefixes.of(candidate.name) == prefix) best = &candidate;
  }
  return best == nullptr ? std::nullopt : std::optional(*best);
}

}  // namespace

std::optional<PreviousTag> previous_tag(std::string_view tag, std::string_view commit,
                                        const std::vector<Tag>& tags) {
  const auto own = parse_version(tag);
  const auto previous =
      own ? next_lower(*own, version_prefix(tag), tags) : last_before(tag, commit, tags);
  return previous ? std::optional(PreviousTag{*previous, !own}) : std::nullopt;
}

std::string why_previous(std::string_view tag, const std::optional<PreviousTag>& previous) {
  if (parse_version(tag)) return {};
  const std::string name = one_line(tag);
  if (!previous) return fmt::format("there is no version in {}, and no tag before it", name);
  return fmt::format(
      "there is no version in {}: its notes begin at {}, the last tag before it by date", name,
      one_line(previous->tag.name));
}

}  // namespace core
