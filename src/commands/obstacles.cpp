// SPDX-License-Identifier: MIT
#include "commands/obstacles.hpp"

#include <fmt/format.h>

#include <vector>

#include "core/release/tag_protection.hpp"
#include "core/text/text.hpp"
#include "core/version/tag_name.hpp"
#include "gitea/hints.hpp"

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

Error unknown_repository(const Destination& destination) {
  return because(Reason::not_found,
                 fmt::format("the repository {} does not exist on {}, or the token may not see it",
                             destination.repository.full(), destination.server.root().text()),
                 "Check 'repository' and 'server_url'. For a private repository, give the job "
                 "'permissions: contents: write', or pass a 'token' that may see it.");
}

Error or_unknown_repository(const Error& error, const Destination& destination, gitea::Api& api) {
  const bool is_unknown = error.reason == Reason::not_found && !api.find_repository();
  return is_unknown ? unknown_repository(destination) : error;
}

std::optional<Error> obstacle(const gitea::RepositoryInfo& repository, const std::string& name) {
  if (repository.archived) {
    return because(Reason::archived, fmt::format("the repository {} is archived", name),
                   gitea::hint::unarchive);
  }
  if (repository.empty) {
    return because(Reason::repository_empty, fmt::format("the repository {} is empty", name),
                   gitea::hint::first_commit);
  }
  return std::nullopt;
}

Error releases_off(const std::string& name) {
  return because(Reason::releases_closed,
                 fmt::format("Releases are disabled in the repository {}", name),
                 std::string(gitea::hint::enable_releases) + ".");
}

std::optional<Error> protection(const std::string& tag, gitea::Api& api) {
  const auto protections = api.tag_protections();
  if (!protections || protections->empty()) return std::nullopt;
  const std::string user = api.user();
  const std::string pattern = core::forbidding_pattern(*protections, tag, user);
  if (pattern.empty()) return std::nullopt;
  return because(Reason::tag_protected,
                 fmt::format("the tag {} is protected ({}), and {} may not create it", tag,
                             core::one_line(pattern),
                             user.empty() ? "the token's user" : core::one_line(user)),
                 gitea::hint::protected_tag);
}

/// The Error if git cannot store the tag beside an existing one; nullopt if it can, or if the server
/// does not say. Then it rejects the tag later.
std::optional<Error> clash(const std::string& tag, gitea::Api& api) {
  std::string other;
  try {
    for (const std::string& folder : core::folders_of_tag(tag)) {
      if (other.empty() && api.find_tag(folder)) other = folder;
    }
    const auto below = other.empty() ? api.tags_in_folder(tag) : std::vector<std::string>{};
    if (!below.empty()) other = below.front();
  } catch (const Error&) {
    return std::nullopt;
  }
  if (other.empty()) return std::nullopt;
  return because(Reason::tag_name_invalid,
                 fmt::format("the tag {} cannot be created, because the tag {} exists: git stores "
                             "tags like files in folders",
                             core::one_line(tag), core::one_line(other)),
                 "Use a name that is not a folder of another tag, or delete that tag.");
}

std::string check_before_creating(const Job& job, gitea::Api& api, bool makes_tag) {
  const auto repository = api.find_repository();
  if (!repository) throw unknown_repository(job.destination);
  if (const auto found = obstacle(*repository, job.destination.repository.full())) throw *found;
  if (!makes_tag) return "";
  if (const auto found = clash(job.desired.tag, api)) throw *found;
  if (repository->administered) {
    if (const auto found = protection(job.desired.tag, api)) throw *found;
  }
  return repository->mirror ? mirror_warning : "";
}

}  // namespace commands
