// SPDX-License-Identifier: MIT
#include "core/update/newest.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/text/text.hpp"

namespace core {
namespace {

/// The version in a tag that consists of the prefix and a version.
std::optional<Version> version_under(std::string_view tag, std::string_view prefix) {
  if (!tag.starts_with(prefix)) return std::nullopt;
  tag.remove_prefix(prefix.size());
  return version_prefix(tag).empty() ? parse_version(tag) : std::nullopt;
}

bool has_signature(const Release& release) {
  return std::any_of(release.assets.begin(), release.assets.end(),
                     [](const Asset& asset) { return asset.name == signature_name; });
}

bool contains(const std::vector<Version>& list, const Version& version) {
  return std::find(list.begin(), list.end(), version) != list.end();
}

/// A release that its project marks as a prerelease is not stable, whatever its version is.
Channel channel_of(const Release& release, const Version& version) {
  const Channel channel = channel_of(version);
  return release.prerelease ? std::min(channel, Channel::rc) : channel;
}

bool comes_into_question(const Release& release, const Version& version, const Wanted& wanted) {
  return admits(wanted.channel, channel_of(release, version)) &&
         (!wanted.above || version > *wanted.above) && !contains(wanted.unwanted, version);
}

}  // namespace

Candidates candidates(const std::vector<Release>& releases, const Wanted& wanted) {
  Candidates result;
  for (const Release& release : releases) {
    if (release.draft || !release.tag.starts_with(wanted.prefix)) continue;
    const auto version = version_under(release.tag, wanted.prefix);
    if (!version) {
      ++result.without_version;
    } else if (comes_into_question(release, *version, wanted)) {
      if (wanted.signed_only && !has_signature(release)) {
        result.without_signature.push_back(release.tag);
      } else {
        result.ordered.push_back({release, *version});
      }
    }
  }
  std::sort(result.ordered.begin(), result.ordered.end(),
            [](const Candidate& a, const Candidate& b) {
              const auto order = a.version <=> b.version;
              return order == 0 ? a.release.id > b.release.id : order > 0;
            });
  return result;
}

NewestSearch::NewestSearch(std::vector<Candidate> ordered, std::optional<Installation> installation,
                           std::vector<Version> withdrawn)
    : ordered_(std::move(ordered)),
      installation_(std::move(installation)),
      withdrawn_(std::move(withdrawn)) {}

const Candidate* NewestSearch::next() const {
  return found_ || gave_up() || at_ >= ordered_.size() ? nullptr : &ordered_[at_];
}

std::vector<Candidate> NewestSearch::found_and_lower() const {
  if (!found_) return {};
  return {ordered_.begin() + static_cast<std::ptrdiff_t>(at_), ordered_.end()};
}

void NewestSearch::verified(const std::optional<Manifest>& manifest) {
  if (manifest) {
    if (const std::string fault = mismatch(*manifest); !fault.empty()) return refused(fault);
    for (const std::string& text : manifest->withdrawn) {
      const auto version = parse_version(text);
      if (version && !contains(withdrawn_, *version)) withdrawn_.push_back(*version);
    }
  }
  const std::string why = obstacle(manifest);
  if (why.empty()) {
    found_ = true;
  } else {
    passed_over_.push_back(fmt::format("{}: {}", one_line(ordered_[at_].release.tag), why));
    ++at_;
  }
}

void NewestSearch::refused(const std::string& why) {
  refused_.push_back(fmt::format("{}: {}", one_line(ordered_[at_].release.tag), why));
  ++at_;
}

/// Why the manifest does not belong to this release; "" if it does.
std::string NewestSearch::mismatch(const Manifest& manifest) const {
  const Candidate& candidate = ordered_[at_];
  if (manifest.tag != candidate.release.tag) {
    return fmt::format("its {} is that of {}", manifest_name, one_line(manifest.tag));
  }
  if (manifest.version != candidate.version.text) {
    return fmt::format("its {} says version {}", manifest_name, one_line(manifest.version));
  }
  if (installation_ && manifest.app != installation_->app) {
    return fmt::format("its {} is for {}, not for {}", manifest_name, one_line(manifest.app),
                       installation_->app);
  }
  return "";
}

/// Why this installation cannot use it; "" if it can.
std::string NewestSearch::obstacle(const std::optional<Manifest>& manifest) const {
  if (contains(withdrawn_, ordered_[at_].version)) return "it was withdrawn";
  if (!installation_) return "";
  if (!manifest) return fmt::format("it has no {}", manifest_name);
  if (manifest->launcher > installation_->launcher) return "it needs a newer launcher";
  if (!manifest->payloads.contains(installation_->platform)) {
    return fmt::format("it has nothing for {}", installation_->platform);
  }
  if (installation_->version && !manifest->admits(*installation_->version)) {
    return fmt::format("it can only be installed over {} or higher", manifest->from.substr(2));
  }
  return "";
}

}  // namespace core
