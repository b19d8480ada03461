// SPDX-License-Identifier: MIT
#include "commands/diagnosis.hpp"

#include <fmt/format.h>

#include "core/text.hpp"
#include "gitea/features.hpp"

namespace commands {
namespace {

using core::Error;
using core::Fault;
using core::Reason;

constexpr std::size_t mysql_text = 65'535;  // bytes

constexpr const char* how_to_write =
    "Give the job 'permissions: contents: write' and look at Actions in the repository's settings; "
    "or make a token with the scope write:repository, store it as a secret (its name must not "
    "start "
    "with GITEA_ or GITHUB_; DEPLOY_TOKEN will do), and pass it as 'token'.";

/// The error of `error`, with another meaning and hint behind what was being done.
Error retold(const Error& error, const std::string& meaning, const std::string& hint) {
  return {Fault::workflow, error.asked + ": " + meaning, hint};
}

/// What the state of the repository explains, whatever was refused.
std::optional<Error> by_repository(const Error& error, const Job& job,
                                   const std::optional<gitea::RepositoryInfo>& repository) {
  const std::string name = job.repository.full();
  if (!repository) return unknown_repository(job);
  if (const auto found = obstacle(*repository, name)) {
    return retold(error, found->message, found->hint);
  }
  if (!repository->has_releases && error.reason != Reason::server_error) {
    const Error off = releases_off(name);
    return retold(error, off.message, off.hint);
  }
  if (error.reason == Reason::may_not_write || error.reason == Reason::not_found) {
    return retold(
        error,
        fmt::format("the token may read the repository {}, but not write its Releases", name),
        how_to_write);
  }
  return std::nullopt;
}

std::optional<Error> by_version(const Error& error, const Job& job, gitea::Api& api) {
  if (job.config.upload_encoding != gitea::Encoding::raw) return std::nullopt;
  const std::string version = api.version();
  if (version.empty() || gitea::takes_raw_uploads(version)) return std::nullopt;
  return retold(error, fmt::format("the server ({}) takes no raw uploads", version),
                "Set 'upload_encoding: multipart', which is the default.");
}

/// Publishing fails with a bare 500, whatever the reason is.
Error by_release(const Error& error, const Job& job, const Outcome& outcome, gitea::Api& api) {
  const core::Release& release = *outcome.look.release;
  if (release.body.size() > mysql_text) {
    return retold(error,
                  fmt::format("the server answered 500, and the notes have {} bytes: a server with "
                              "MySQL takes {} at most",
                              release.body.size(), mysql_text),
                  "Make the notes shorter.");
  }
  if (api.find_tag(job.desired.tag)) return error;
  if (!release.target.empty() && !api.find_commit(release.target)) {
    return retold(
        error,
        fmt::format(
            "the tag {} cannot be made, since the release's target '{}' is unknown to the server",
            job.desired.tag, core::one_line(release.target)),
        "Push that commit or branch, or push the tag itself.");
  }
  return retold(error,
                fmt::format("the server answered 500 when it had to make the tag {}: the tag is "
                            "protected, or its name is none that git takes",
                            job.desired.tag),
                "Push the tag as somebody who may, and run this again; or have an owner look at "
                "Tags in the repository's settings. The job's own token cannot be allowed there.");
}

}  // namespace

std::optional<Error> obstacle(const gitea::RepositoryInfo& repository, const std::string& name) {
  if (repository.archived) {
    return Error(Fault::workflow,
                 fmt::format("the repository {} is archived, and takes no releases", name),
                 "Its owner can unarchive it in the repository's settings.");
  }
  if (repository.empty) {
    return Error(Fault::workflow, fmt::format("the repository {} is empty", name),
                 "Push a first commit; a tag needs one.");
  }
  return std::nullopt;
}

Error releases_off(const std::string& name) {
  return {Fault::workflow, fmt::format("Releases are switched off in the repository {}", name),
          "Switch them on in the repository's settings (Advanced settings, Releases)."};
}

Error unknown_repository(const Destination& place) {
  return {Fault::workflow,
          fmt::format("there is no repository {} on {}, or this token may not see it",
                      place.repository.full(), place.server.api.origin()),
          "Check 'repository' and 'server_url'; for a private repository pass a 'token' that may "
          "see it."};
}

Error diagnosed(const Error& error, const Job& job, const Outcome& outcome) {
  const bool failed = error.reason == Reason::server_error;
  if (!failed && error.reason != Reason::may_not_write && error.reason != Reason::not_found &&
      error.reason != Reason::releases_closed) {
    return error;
  }
  try {
    gitea::Api api(job.server, job.repository);
    if (const auto found = by_repository(error, job, api.find_repository())) return *found;
    if (!failed) return error;
    if (auto found = by_version(error, job, api)) return *found;
    if (outcome.look.release) return by_release(error, job, outcome, api);
  } catch (const Error&) {
    // What failed first is what has to be told.
  }
  return error;
}

}  // namespace commands
