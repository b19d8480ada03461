// SPDX-License-Identifier: MIT
#include "commands/diagnosis.hpp"

#include <fmt/format.h>

#include "commands/obstacles.hpp"
#include "core/text.hpp"
#include "gitea/features.hpp"
#include "gitea/host.hpp"

namespace commands {
namespace {

using core::Error;
using core::Fault;
using core::Operation;
using core::Reason;

constexpr std::uint64_t mysql_text = 65'535;  // bytes

constexpr const char* how_to_write =
    "Give the job 'permissions: contents: write' and look at Actions in the repository's settings; "
    "or make a token with the scope write:repository, store it as a secret (its name must not "
    "start with GITEA_ or GITHUB_; DEPLOY_TOKEN will do), and pass it as 'token'.";

constexpr const char* who_may_tag =
    "Push the tag as somebody who may, and run this again; or have an owner look at Tags in the "
    "repository's settings. The job's own token cannot be allowed there.";

/// The error, with what a look found behind what was asked and answered.
Error retold(const Error& error, Reason reason, const std::string& meaning,
             const std::string& hint) {
  Error told = error;
  told.fault = Fault::workflow;
  told.reason = reason;
  told.message = error.asked + ": ";
  if (!error.answered.empty()) told.message += error.answered + ": ";
  told.message += meaning;
  told.hint = hint;
  return told;
}

Error retold(const Error& error, const Error& found) {
  return retold(error, found.reason, found.message, found.hint);
}

/// One failed request, and what looks can tell about it.
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
        return of_refusal();
      case Reason::server_error:
        return of_server_error();
      default:
        return std::nullopt;
    }
  }

 private:
  std::optional<Cause> certain(const Error& found) const { return Cause{retold(error_, found)}; }

  std::optional<Cause> of_refusal() {
    if (error_.operation == Operation::upload_asset &&
        !gitea::Host(job_.server).takes_attachments()) {
      return Cause{retold(error_, Reason::attachments_off, "the server takes no attachments",
                          "The administrator can switch them on: '[attachment] ENABLED' in "
                          "app.ini.")};
    }
    const auto repository = api_.find_repository();
    if (!repository) return Cause{unknown_repository(job_)};
    if (const auto found = obstacle(*repository, job_.repository.full())) return certain(*found);
    if (!repository->has_releases) return certain(releases_off(job_.repository.full()));
    if (error_.reason != Reason::may_not_write) return std::nullopt;
    return Cause{
        retold(error_, Reason::may_not_write,
               fmt::format("the token may read the repository {}, but not write its Releases",
                           job_.repository.full()),
               how_to_write)};
  }

  /// A 500 comes without a reason.
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
    if (job_.config.upload_encoding != gitea::Encoding::raw) return std::nullopt;
    const std::string version = api_.version();
    if (version.empty() || gitea::takes_raw_uploads(version)) return std::nullopt;
    return Cause{
        retold(error_, Reason::no_raw_uploads,
               fmt::format("the server ({}) takes no raw uploads", core::one_line(version)),
               "Set 'upload_encoding: multipart', which is the default.")};
  }

  std::optional<Cause> of_failed_release() {
    const auto repository = api_.find_repository();
    if (!repository) return Cause{unknown_repository(job_)};
    if (const auto found = obstacle(*repository, job_.repository.full())) return certain(*found);
    const bool had_to_make_tag = makes_tag() && !api_.find_tag(job_.desired.tag);
    if (had_to_make_tag) {
      if (auto cause = of_missing_tag(*repository)) return cause;
    }
    if (auto cause = of_long_notes()) return cause;
    return had_to_make_tag ? of_tag_that_cannot_be_made() : std::nullopt;
  }

  std::optional<Cause> of_missing_tag(const gitea::RepositoryInfo& repository) {
    const std::string target = release_ ? release_->target : job_.desired.target;
    if (!target.empty() && !api_.find_commit(target)) {
      return Cause{retold(error_, Reason::unknown_target,
                          fmt::format("the tag {} cannot be made, since the release's target '{}' "
                                      "is unknown to the server",
                                      job_.desired.tag, core::one_line(target)),
                          "Push that commit or branch, or push the tag itself.")};
    }
    if (!repository.administered) return std::nullopt;
    const auto found = protection(job_.desired.tag, api_);
    return found ? certain(*found) : std::nullopt;
  }

  /// A server whose database is not MySQL takes them, and has, where the release has them already.
  std::optional<Cause> of_long_notes() {
    const bool were_taken = release_ && release_->body.size() > mysql_text;
    if (error_.notes <= mysql_text || were_taken) return std::nullopt;
    return Cause{retold(error_, Reason::value_too_long,
                        fmt::format("the notes have {} bytes, and a server with MySQL takes {} at "
                                    "most",
                                    error_.notes, mysql_text),
                        "If the server has MySQL, make the notes shorter; else its log says why."),
                 false};
  }

  /// Whether the request had to make the tag, too: a draft needs none.
  bool makes_tag() const {
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

  std::optional<Cause> of_tag_that_cannot_be_made() {
    return Cause{retold(error_, Reason::tag_protected,
                        fmt::format("the tag {} had to be made: it is protected, or its name is "
                                    "none that git takes",
                                    job_.desired.tag),
                        who_may_tag),
                 false};
  }

  const Error& error_;
  const Job& job_;
  const std::optional<core::Release>& release_;
  gitea::Api& api_;
};

/// Without TLS, a port that speaks it hangs up, or answers in TLS. A write comes only after answers.
std::optional<Error> of_port(const Error& error, const gitea::Server& server) {
  const bool is_question =
      error.operation && gitea::method_of(*error.operation) == std::string_view("GET");
  const bool may_be =
      is_question && error.reason == Reason::no_answer && !server.api.tls && !server.proxy;
  if (!may_be || !gitea::speaks_tls(server)) return std::nullopt;
  gitea::Url secure = server.root();
  secure.tls = true;
  return retold(error, Reason::https_expected,
                fmt::format("{}: this port speaks https", server.root().text()),
                fmt::format("Set 'server_url' to {}.", secure.text()));
}

}  // namespace

std::optional<Cause> cause_of(const Error& error, const Job& job,
                              const std::optional<core::Release>& release, gitea::Api& api) {
  try {
    if (const auto found = of_port(error, job.server)) return Cause{*found};
    return Investigation(error, job, release, api).run();
  } catch (const Error&) {
    return std::nullopt;  // what failed first is what has to be told
  }
}

Error diagnosed(const Error& error, const Job& job, const std::optional<core::Release>& release) {
  gitea::Api api(job.server, job.repository);
  const auto cause = cause_of(error, job, release, api);
  return cause ? cause->error : error;
}

Error diagnosed(const Error& error, const gitea::Server& server) {
  try {
    return of_port(error, server).value_or(error);
  } catch (const Error&) {
    return error;
  }
}

}  // namespace commands
