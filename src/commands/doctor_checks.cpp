// SPDX-License-Identifier: MIT
#include "commands/doctor_checks.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "commands/failure_cause.hpp"
#include "commands/job.hpp"
#include "commands/obstacles.hpp"
#include "core/release/tag_protection.hpp"
#include "core/text/dates.hpp"
#include "core/text/text.hpp"
#include "gitea/features.hpp"
#include "gitea/hints.hpp"
#include "gitea/server_api.hpp"
#include "runner/outputs.hpp"

namespace commands {
namespace {

using core::Error;

Finding check_event(const runner::Facts& facts, const runner::Environment& environment) {
  if (!facts.in_runner()) return fine("job", "there is no job here (started by hand)");
  const std::string runner = runner::value_of(environment, "GITEA_ACTIONS_RUNNER_VERSION");
  return fine("job", fmt::format("event {} at {} in {}{}", core::one_line(facts.event),
                                 core::one_line(facts.ref), core::one_line(facts.repository),
                                 runner.empty() ? "" : ", runner " + core::one_line(runner)));
}

Finding check_tag(const std::string& tag, const runner::Facts& facts) {
  if (!tag.empty()) return fine("tag", core::one_line(tag));
  return warned(
      "tag",
      facts.in_runner()
          ? fmt::format("the run was not triggered by a tag (ref: {})", core::one_line(facts.ref))
          : "unknown",
      "Publishing needs a tag: set 'tag_name', or trigger the workflow by pushing a tag.");
}

Finding check_outputs(const runner::Facts& facts) {
  if (facts.output_file.empty()) {
    return warned("outputs", "GITHUB_OUTPUT is not set, so later steps do not get outputs",
                  "Run this as an action, or update the runner.");
  }
  try {
    runner::write_outputs(facts.output_file, {});
  } catch (const Error& error) {
    return failed("outputs", error);
  }
  return fine("outputs", "GITHUB_OUTPUT can be written");
}

/// Whether `uses: OWNER/gitea-release@v1` can work in a workflow of this repository. No server says
/// what its DEFAULT_ACTIONS_URL is, so the full address is what always works.
Finding check_action(const Destination& destination) {
  constexpr const char* subject = "uses";
  constexpr const char* tag = "v1";
  const gitea::Repository action{destination.repository.owner, "gitea-release"};
  const std::string server = destination.server.root().text();
  try {
    gitea::Api api(destination.server, action);
    if (!api.find_repository()) {
      return warned(
          subject, fmt::format("{} has no {}, or this token may not see it", server, action.full()),
          "Push gitea-release with its tags to this server, see \"Install\" in its README. If it "
          "belongs to another owner, write that name into `uses:`.");
    }
    if (!api.find_tag(tag)) {
      return warned(subject, fmt::format("{} on {} has no tag {}", action.full(), server, tag),
                    "Push its tags, too: git push --tags.");
    }
  } catch (const Error& error) {
    return warned(subject, error.message, error.hint);
  }
  if (!destination.server.root().path.empty()) {
    return fine(subject, fmt::format("{}@{}, if DEFAULT_ACTIONS_URL is 'self'", action.full(), tag),
                "Runners do not accept the full address of a server that is below a path.");
  }
  return fine(
      subject, fmt::format("{}/{}@{}", server, action.full(), tag),
      "Write this full address. Without the server's name, runners look where the server's setting "
      "DEFAULT_ACTIONS_URL points, by default to github.com (Forgejo: data.forgejo.org).");
}

class ServerCheck {
 public:
  ServerCheck(const inputs::Doctor& inputs, const Destination& destination, std::string tag)
      : inputs_(inputs),
        destination_(destination),
        tag_(std::move(tag)),
        server_api_(destination.server),
        api_(destination.server, destination.repository) {}

  std::vector<Finding> run() {
    if (!check("server", [&] { return server_finding(); })) return std::move(findings_);
    findings_.push_back(check_tls());
    findings_.push_back(
        check_clock(core::parse_http_date(info_.date),
                    std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())));
    if (!check("repository", [&] { return repository_finding(); })) return std::move(findings_);
    const bool may_write = check("rights", [&] { return rights_finding(); });
    if (may_write && !repository_->has_releases) {
      const Error off = releases_off(destination_.repository.full());
      findings_.push_back(
          warned("releases", off.message + " for all users except administrators", off.hint));
    }
    check("files", [&] { return files_finding(); });
    check("protected tags", [&] { return protection_finding(); });
    return std::move(findings_);
  }

 private:
  /// Adds the finding of `run_check`, or its Error; returns false if that is a failure.
  template <typename Check>
  bool check(const char* subject, Check run_check) {
    try {
      findings_.push_back(run_check());
    } catch (const Error& error) {
      findings_.push_back(failed(subject, error));
    }
    return findings_.back().grade != Finding::Grade::fail;
  }

  /// Sends no token at first, because whether it is accepted is checked later. A server may require
  /// one, though.
  gitea::ServerInfo read_server_info() {
    gitea::Server without_token = destination_.server;
    without_token.token = core::Token();
    try {
      return gitea::ServerApi(without_token).info();
    } catch (const Error& error) {
      if (error.reason != core::Reason::sign_in_required)
        throw with_cause(error, destination_.server);
    }
    return server_api_.info();
  }

  Finding server_finding() {
    info_ = read_server_info();
    std::string where = "at " + destination_.server.root().text();
    if (const auto& proxy = destination_.server.proxy) {
      where += fmt::format(", through the proxy {}:{}", proxy->host, proxy->port);
    }
    const std::string text = fmt::format("{} {}", gitea::name_of_server(info_.version), where);
    if (gitea::is_known(info_.version)) return fine("server", text);
    return warned("server", text,
                  "This program supports Gitea 1.20 and later and Forgejo 7 and later: update the "
                  "server, or try 'dry_run' first.");
  }

  Finding check_tls() const {
    if (!destination_.server.api.tls) {
      return warned("TLS", "not used: the token can be read on the network",
                    "Use the https address in 'server_url'.");
    }
    if (destination_.server.insecure) {
      return warned("TLS", "the server's certificate is not verified (insecure)",
                    "Set 'ca_cert' to the authority that signed the certificate instead.");
    }
    return fine("TLS", "the server's certificate is verified");
  }

  Finding repository_finding() {
    repository_ = api_.find_repository();
    if (!repository_) throw unknown_repository(destination_);
    if (const auto found = obstacle(*repository_, destination_.repository.full())) throw *found;
    if (repository_->mirror) {
      return warned("repository", destination_.repository.full() + " is a pull mirror",
                    "Its next synchronisation deletes tags that the original repository does not "
                    "have: release there, or create the tag there.");
    }
    return fine("repository", api_.moved() ? destination_.repository.full() + " has moved to " +
                                                 api_.repository().full()
                                           : destination_.repository.full());
  }

  Finding rights_finding() {
    api_.check_write_access();
    const bool own = inputs_.server.token == inputs_.server.job_token;
    return fine("rights",
                own ? "the job's own token may write Releases" : "this token may write Releases");
  }

  Finding files_finding() {
    if (server_api_.takes_attachments()) return fine("files", "the server accepts attachments");
    return warned("files",
                  fmt::format("{}: releases can only be published without files",
                              gitea::hint::no_attachments),
                  gitea::hint::enable_attachments);
  }

  Finding protection_finding() {
    const char* subject = "protected tags";
    if (!tag_.empty() && api_.find_tag(tag_)) {
      return fine(subject,
                  fmt::format("the tag {} already exists and does not have to be created", tag_));
    }
    if (!tag_.empty()) {
      if (const auto found = clash(tag_, api_)) throw *found;
    }
    const auto protections = api_.tag_protections();
    if (!protections) {
      return fine(
          subject, "cannot be checked with this token or on this server",
          "If publishing fails with 500, ask an owner to check Tags in the repository's settings.");
    }
    const auto matching = core::protecting_patterns(*protections, tag_);
    if (matching.empty()) return fine(subject, "no rule applies");
    return warned(
        subject,
        fmt::format(
            "only users and teams that are listed in the settings may create tags that match {}",
            core::one_line(core::join(matching, ", "))),
        "Let one of these users push the tag. The job's own token cannot be added there.");
  }

  const inputs::Doctor& inputs_;
  const Destination& destination_;
  const std::string tag_;
  gitea::ServerApi server_api_;
  gitea::Api api_;
  gitea::ServerInfo info_;
  std::optional<gitea::RepositoryInfo> repository_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_job(const inputs::Doctor& inputs, const Context& context) {
  const runner::Facts& facts = context.facts;
  std::vector<Finding> findings = {check_event(facts, context.environment),
                                   check_tag(tag_of(inputs.tag_name, facts), facts)};
  const bool has_outputs = facts.in_runner() || !facts.output_file.empty();
  if (has_outputs) findings.push_back(check_outputs(facts));
  return findings;
}

std::vector<Finding> check_server(const inputs::Doctor& inputs, const Destination& destination,
                                  const Context& context) {
  auto findings = ServerCheck(inputs, destination, tag_of(inputs.tag_name, context.facts)).run();
  const bool is_reachable = !findings.empty() && findings.back().subject != std::string("server");
  if (is_reachable && !context.facts.in_runner()) findings.push_back(check_action(destination));
  return findings;
}

}  // namespace commands
