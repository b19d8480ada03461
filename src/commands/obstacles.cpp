// SPDX-License-Identifier: MIT
#include "commands/obstacles.hpp"

#include <fmt/format.h>

#include "core/tag_protection.hpp"
#include "core/text.hpp"

namespace commands {

namespace {

using core::Error;
using core::Reason;

Error because(Reason reason, const std::string& message, const std::string& hint) {
  Error error(core::Fault::workflow, message, hint);
  error.reason = reason;
  return error;
}

}  // namespace

Error unknown_repository(const Destination& place) {
  return because(
      Reason::not_found,
      fmt::format("there is no repository {} on {}, or this token may not see it",
                  place.repository.full(), place.server.root().text()),
      "Check 'repository' and 'server_url'; for a private repository pass a 'token' that may "
      "see it.");
}

std::optional<Error> obstacle(const gitea::RepositoryInfo& repository, const std::string& name) {
  if (repository.archived) {
    return because(Reason::archived,
                   fmt::format("the repository {} is archived, and takes no releases", name),
                   "Its owner can unarchive it in the repository's settings.");
  }
  if (repository.empty) {
    return because(Reason::repository_empty, fmt::format("the repository {} is empty", name),
                   "Push a first commit; a tag needs one.");
  }
  return std::nullopt;
}

Error releases_off(const std::string& name) {
  return because(Reason::releases_closed,
                 fmt::format("Releases are switched off in the repository {}", name),
                 "Switch them on in the repository's settings (Advanced settings, Releases).");
}

std::optional<Error> protection(const std::string& tag, gitea::Api& api) {
  const auto protections = api.tag_protections();
  if (!protections || protections->empty()) return std::nullopt;
  const std::string user = api.user();
  const std::string pattern = core::forbidding_pattern(*protections, tag, user);
  if (pattern.empty()) return std::nullopt;
  return because(
      Reason::tag_protected,
      fmt::format("the tag {} is protected ({}), and {} is not among those who may make it", tag,
                  core::one_line(pattern),
                  user.empty() ? "the token's user" : core::one_line(user)),
      "Push the tag as somebody who may, and run this again; or have an owner allow this user "
      "under Tags in the repository's settings. The job's own token cannot be allowed there.");
}

void check_before_creating(const Job& job, gitea::Api& api, bool makes_tag) {
  const auto repository = api.find_repository();
  if (!repository) throw unknown_repository(job);
  if (const auto found = obstacle(*repository, job.repository.full())) throw *found;
  if (!makes_tag || !repository->administered) return;
  if (const auto found = protection(job.desired.tag, api)) throw *found;
}

}  // namespace commands
