// SPDX-License-Identifier: MIT
#include "commands/find_release.hpp"

#include <fmt/format.h>

#include <utility>

#include "commands/obstacles.hpp"
#include "core/text/text.hpp"
#include "core/update/newest.hpp"
#include "core/version/version.hpp"

namespace commands {
namespace {

using core::Error;
using core::Fault;

constexpr std::string_view latest_word = "latest";

std::string prefix_of(const std::string& tag_name) {
  return tag_name.substr(0, tag_name.size() - latest_word.size());
}

core::Wanted wanted(const std::string& prefix, bool prereleases, const Trust& trust) {
  core::Wanted wanted;
  wanted.prefix = prefix;
  wanted.channel = prereleases ? core::Channel::dev : core::Channel::stable;
  wanted.signed_only = !trust.keys.empty();
  return wanted;
}

gitea::List<core::Release> published(gitea::Api& api, const Destination& destination) {
  try {
    return api.list_published();
  } catch (const Error& error) {
    throw or_unknown_repository(error, destination, api);
  }
}

core::Candidates candidates(const gitea::List<core::Release>& releases, const core::Wanted& wanted,
                            runner::Log& log) {
  if (releases.total > releases.items.size()) {
    log.warning(
        fmt::format("the repository has {} releases, and the highest version was searched only "
                    "among the first {} that the server lists",
                    releases.total, releases.items.size()));
  }
  core::Candidates found = core::candidates(releases.items, wanted);
  if (found.without_version > 0) {
    log.line(fmt::format("{} releases have a tag without a version", found.without_version));
  }
  for (const std::string& tag : found.without_signature) {
    log.warning(fmt::format("{} was skipped, because it has no {}: it is not signed, or not yet",
                            core::one_line(tag), core::signature_name));
  }
  return found;
}

Error nothing_found(const core::NewestSearch& search, const std::string& prefix,
                    const Destination& destination) {
  const auto& refused = search.all_refused();
  if (refused.empty()) {
    return {Fault::failed,
            fmt::format("there is no release with a {}version in {}",
                        prefix.empty() ? "" : prefix + "… ", destination.repository.full()),
            "If there are only prereleases, set 'prerelease: true'."};
  }
  return {Fault::failed,
          fmt::format("no release matches its signature{}:\n{}",
                      search.gave_up() ? " (stopped after five)" : "", core::join(refused, "\n")),
          "Do not use these releases: they were changed, or a part of them is missing."};
}

FoundRelease find_latest(gitea::Api& api, const Destination& destination, const std::string& prefix,
                         bool prereleases, const Trust& trust, runner::Log& log) {
  const core::Wanted criteria = wanted(prefix, prereleases, trust);
  core::NewestSearch search(candidates(published(api, destination), criteria, log).ordered,
                            std::nullopt);
  FoundRelease found;
  while (const core::Candidate* candidate = search.next()) {
    found.release = candidate->release;
    try {
      if (criteria.signed_only) {
        found.sums = read_signed_sums(api, destination.server, found.release, trust);
      }
      search.verified(std::nullopt);
    } catch (const Error& error) {
      if (!is_about_content(error)) throw;
      log.warning(
          fmt::format("{} was skipped: {}", core::one_line(found.release.tag), error.message));
      search.refused(core::one_line(error.message));
    }
  }
  if (search.found() == nullptr) throw nothing_found(search, prefix, destination);
  return found;
}

}  // namespace

bool asks_for_latest(const std::string& tag_name) {
  return tag_name.substr(core::version_prefix(tag_name).size()) == latest_word;
}

FoundRelease find_release(gitea::Api& api, const Destination& destination,
                          const std::string& tag_name, bool prereleases, const Trust& trust,
                          runner::Log& log) {
  if (asks_for_latest(tag_name)) {
    return find_latest(api, destination, prefix_of(tag_name), prereleases, trust, log);
  }
  FoundRelease found;
  auto release = api.find_release(tag_name);
  if (!release) throw no_release(api, destination, tag_name);
  found.release = std::move(*release);
  if (!trust.keys.empty()) {
    found.sums = read_signed_sums(api, destination.server, found.release, trust);
  }
  return found;
}

}  // namespace commands
