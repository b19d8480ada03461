// SPDX-License-Identifier: MIT
#include "core/release/retention.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>

#include "core/release/notes.hpp"
#include "core/text/glob.hpp"
#include "core/version/version.hpp"

namespace core {
namespace {

/// A draft of ours that was not edited for this time belongs to a run that was killed.
constexpr std::chrono::hours max_filling_time{24};

bool is_stable(const Release& release) { return !release.draft && !release.prerelease; }

bool is_of_kind(const Release& release, Retention::Kind kind) {
  switch (kind) {
    case Retention::Kind::prerelease:
      return release.prerelease && !release.draft;
    case Retention::Kind::draft:
      return release.draft;
    case Retention::Kind::any:
      return true;
  }
  return false;
}

bool is_wanted(const Release& release, const Retention& retention) {
  const auto& tags = retention.tags;
  const bool has_tag =
      tags.empty() || std::any_of(tags.begin(), tags.end(), [&](const std::string& pattern) {
        return matches_path(pattern, release.tag);
      });
  return has_tag && is_of_kind(release, retention.kind);
}

bool is_newer_by_date(const Release& a, const Release& b) {
  return a.created != b.created ? a.created > b.created : a.id > b.id;
}

bool is_newer_by_version(const Release& a, const Release& b) {
  const auto order = parse_version(a.tag) <=> parse_version(b.tag);
  return order != 0 ? order > 0 : is_newer_by_date(a, b);
}

/// Ids of the stable releases that users see as "the latest".
std::set<std::uint64_t> latest_of(const std::vector<Release>& releases) {
  const Release* newest = nullptr;
  std::map<std::string, const Release*> highest;  // by prefix
  for (const Release& release : releases) {
    if (!is_stable(release)) continue;
    if (newest == nullptr || is_newer_by_date(release, *newest)) newest = &release;
    if (!parse_version(release.tag)) continue;
    const Release*& best = highest[std::string(version_prefix(release.tag))];
    if (best == nullptr || is_newer_by_version(release, *best)) best = &release;
  }
  std::set<std::uint64_t> ids;
  if (newest != nullptr) ids.insert(newest->id);
  for (const auto& [prefix, release] : highest) ids.insert(release->id);
  return ids;
}

bool is_being_filled(const Release& release, std::chrono::sys_seconds now) {
  return release.draft && parse_notes(release.body).mark &&
         now - release.created < max_filling_time;
}

}  // namespace

Pruning choose_pruned(const std::vector<Release>& releases, const Retention& retention,
                      std::chrono::sys_seconds now) {
  const bool by_version = retention.order == Retention::Order::version;
  std::vector<Release> wanted;
  std::copy_if(releases.begin(), releases.end(), std::back_inserter(wanted),
               [&](const Release& release) { return is_wanted(release, retention); });
  std::sort(wanted.begin(), wanted.end(), by_version ? is_newer_by_version : is_newer_by_date);

  const auto latest = latest_of(releases);
  Pruning pruning;
  std::map<std::string, std::uint64_t>
      kept;  // by prefix, because each prefix is a separate product
  for (Release& release : wanted) {
    const std::string prefix = by_version ? std::string(version_prefix(release.tag)) : "";
    std::string reason;
    if (by_version && !parse_version(release.tag)) {
      reason = "its tag has no version";
    } else if (is_being_filled(release, now)) {
      reason = "a run is filling it";
    } else if (kept[prefix] < retention.keep) {
      ++kept[prefix];
      reason = fmt::format("one of the newest {}{}", retention.keep,
                           prefix.empty() ? "" : " of " + prefix);
    } else if (latest.contains(release.id)) {
      reason = "it is the latest stable release";
    }
    if (reason.empty()) {
      pruning.deleted.push_back(std::move(release));
    } else {
      pruning.spared.push_back({std::move(release), reason});
    }
  }
  std::reverse(pruning.deleted.begin(), pruning.deleted.end());
  return pruning;
}

}  // namespace core
