// SPDX-License-Identifier: MIT
#include "commands/failure_cause.hpp"

#include <fmt/format.h>

#include "commands/obstacles.hpp"
#include "core/text/text.hpp"
#include "gitea/features.hpp"
#include "gitea/hints.hpp"
#include "gitea/server_api.hpp"

namespace commands {
namespace {

using core::Error;
using core::Fault;
using core::Operation;
using core::Reason;

constexpr std::uint64_t mysql_text = 65'535;  // bytes

/// The error with the cause added after the request and the response.
Error explained(const Error& error, Reason reason, const std::string& meaning,
                const std::string& hint) {
  Error result = error;
  result.fault = Fault::workflow;
  result.reason = reason;
  result.message = error.asked + ": ";
  if (!error.answered.empty()) result.message += error.answered + ": ";
  result.message += meaning;
  result.hint = hint;
  return result;
}

Error explained(const Error& error, const Error& found) {
  return explained(error, found.reason, found.message, found.hint);
}

/// Investigates one failed request.
class Investigation {
 public:
  Investigation(const Error& error, const Job& job, const std::optional<core::Release>& release,
                gitea::Api& api)
      : error_(error), job_(job), release_(release), api_(api) {}

  std::optional<Cause> run() {
    switch (error_.reason) {
      case Reason::not_found:
      case Reason::forbidden:
      case Reason::may_not_write:
      case Reason::releases_closed:
        return of_rejection();
      case Reason::server_error:
        return of_server_error();
      default:
        return std::nullopt;
    }
  }

 private:
  std::optional<Cause> certain(const Error& found) const { return Cause{explained(error_, found)}; }

  std::optional<Cause> of_rejection() {
    if (error_.operation == Operation::upload_asset &&
        !gitea::ServerApi(job_.destination.server).takes_attachments()) {
      return Cause{explained(error_, Reason::attachments_off, gitea::hint::no_attachments,
                             gitea::hint::enable_attachments)};
    }
    const auto repository = api_.find_repository();
    if (!repository) return Cause{unknown_repository(job_.destination)};
    if (const auto found = obstacle(*repository, job_.destination.repository.full()))
      return certain(*found);
    if (!repository->has_releases) return certain(releases_off(job_.destination.repository.full()));
    if (error_.reason != Reason::may_not_write) return std::nullopt;
    return Cause{explained(
        error_, Reason::may_not_write,
        fmt::format("the token may read the repository {}, but may not write its Releases",
                    job_.destination.repository.full()),
        gitea::hint::token_that_writes)};
  }

  /// A response 500 does not include a reason.
  std::optional<Cause> of_server_error() {
    switch (error_.operation.value_or(Operation::find_release)) {
      case Operation::upload_asset:
        return of_failed_upload();
      case Operation::create_tag:
      case Operation::create_release:
      case Operation::edit_release:
      case Operation::publish_release:
        return of_failed_release();
      default:
        return std::nullopt;
    }
  }

  std::optional<Cause> of_failed_upload() {
    if (job_.inputs.assets.upload_encoding != core::Encoding::raw) return std::nullopt;
    const std::string version = api_.version();
    if (version.empty() || gitea::takes_raw_uploads(version)) return std::nullopt;
    return Cause{explained(
        error_, Reason::no_raw_uploads,
        fmt::format("the server ({}) does not support raw uploads", core::one_line(version)),
        gitea::hint::use_multipart)};
  }

  std::optional<Cause> of_failed_release() {
    const auto repository = api_.find_repository();
    if (!repository) return Cause{unknown_repository(job_.destination)};
    if (const auto found = obstacle(*repository, job_.destination.repository.full()))
      return certain(*found);
    const bool had_to_create_tag = creates_tag() && !api_.find_tag(job_.desired.tag);
    if (had_to_create_tag) {
      if (auto cause = of_missing_tag(*repository)) return cause;
    }
    if (auto cause = of_long_notes()) return cause;
    return had_to_create_tag ? of_rejected_tag() : std::nullopt;
  }

  std::optional<Cause> of_missing_tag(const gitea::RepositoryInfo& repository) {
    const std::string target = release_ ? release_->target : job_.desired.target;
    if (!target.empty() && !api_.find_commit(target)) {
      return Cause{explained(error_, Reason::unknown_target,
                             fmt::format("the tag {} cannot be created, because the target '{}' of "
                                         "the release does not exist on the server",
                                         job_.desired.tag, core::one_line(target)),
                             "Push that commit or branch, or push the tag itself.")};
    }
    if (!repository.administered) return std::nullopt;
    const auto found = protection(job_.desired.tag, api_);
    return found ? certain(*found) : std::nullopt;
  }

  /// Only MySQL limits the notes: if the release already has long notes, the database is a
  /// different one.
  std::optional<Cause> of_long_notes() {
    const bool has_long_notes = release_ && release_->body.size() > mysql_text;
    if (error_.notes <= mysql_text || has_long_notes) return std::nullopt;
    return Cause{
        explained(error_, Reason::value_too_long,
                  fmt::format("the notes have {} bytes, but a server with MySQL stores at most {}",
                              error_.notes, mysql_text),
                  "If the server uses MySQL, shorten the notes; otherwise see the server's log."),
        false};
  }

  /// Whether the request also had to create the tag; a draft needs no tag.
  bool creates_tag() const {
    switch (*error_.operation) {
      case Operation::create_tag:
        return true;
      case Operation::create_release:
        return !job_.desired.upload_before_publish && job_.desired.draft != true;
      case Operation::publish_release:
        return release_ && release_->draft;
      default:
        return false;
    }
  }

  std::optional<Cause> of_rejected_tag() {
    return Cause{
        explained(error_, Reason::tag_protected,
                  fmt::format(
                      "the tag {} could not be created: it can be that it is protected, or that a "
                      "hook of the server rejected it",
                      job_.desired.tag),
                  gitea::hint::protected_tag),
        false};
  }

  const Error& error_;
  const Job& job_;
  const std::optional<core::Release>& release_;
  gitea::Api& api_;
};

/// A port that speaks TLS closes an http connection, or responds in TLS. Checked only for reads: a
/// write is sent only after other requests got a response.
std::optional<Error> of_port(const Error& error, const gitea::Server& server) {
  const bool is_read =
      error.operation && gitea::method_of(*error.operation) == std::string_view("GET");
  const bool may_be =
      is_read && error.reason == Reason::no_answer && !server.api.tls && !server.proxy;
  if (!may_be || !gitea::speaks_tls(server)) return std::nullopt;
  gitea::Url secure = server.root();
  secure.tls = true;
  return explained(error, Reason::https_expected,
                   fmt::format("{}: this port expects https", server.root().text()),
                   fmt::format("Set 'server_url' to {}.", secure.text()));
}

}  // namespace

std::optional<Cause> cause_of(const Error& error, const Job& job,
                              const std::optional<core::Release>& release, gitea::Api& api) {
  try {
    if (const auto found = of_port(error, job.destination.server)) return Cause{*found};
    return Investigation(error, job, release, api).run();
  } catch (const Error&) {
    return std::nullopt;  // report the original failure
  }
}

Error with_cause(const Error& error, const Job& job, const std::optional<core::Release>& release) {
  gitea::Api api(job.destination.server, job.destination.repository);
  const auto cause = cause_of(error, job, release, api);
  return cause ? cause->error : error;
}

Error with_cause(const Error& error, const gitea::Server& server) {
  try {
    return of_port(error, server).value_or(error);
  } catch (const Error&) {
    return error;
  }
}

}  // namespace commands
