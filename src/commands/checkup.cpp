// SPDX-License-Identifier: MIT
#include "commands/checkup.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <utility>

#include "commands/diagnosis.hpp"
#include "commands/obstacles.hpp"
#include "core/dates.hpp"
#include "core/tag_protection.hpp"
#include "core/text.hpp"
#include "gitea/features.hpp"
#include "gitea/host.hpp"
#include "runner/outputs.hpp"

namespace commands {
namespace {

using core::Error;
using core::Finding;
using core::fine;
using core::warned;

/// The tag that a publish with these inputs would take; "" where none is known.
std::string tag_of(const Destination& place) {
  const std::string& given = place.config.tag_name;
  return std::string(core::trim(given.empty() ? place.facts.tag : given));
}

Finding check_event(const runner::Facts& facts, const runner::Environment& environment) {
  if (!facts.in_runner()) return fine("job", "none: this was started by hand");
  const std::string runner = runner::value_of(environment, "GITEA_ACTIONS_RUNNER_VERSION");
  return fine("job", fmt::format("event {} at {} in {}{}", core::one_line(facts.event),
                                 core::one_line(facts.ref), core::one_line(facts.repository),
                                 runner.empty() ? "" : ", runner " + core::one_line(runner)));
}

Finding check_tag(const Destination& place) {
  const std::string tag = tag_of(place);
  if (!tag.empty()) return fine("tag", core::one_line(tag));
  return warned(
      "tag",
      place.facts.in_runner()
          ? fmt::format("this run's ref ({}) is none", core::one_line(place.facts.ref))
          : "none is known",
      "A publish needs one: give it as 'tag_name', or start the workflow with the push of "
      "a tag.");
}

Finding check_outputs(const runner::Facts& facts) {
  if (facts.output_file.empty()) {
    return facts.in_runner() ? warned("outputs", "GITHUB_OUTPUT is not set: later steps get none",
                                      "Run this as an action, or update the runner.")
                             : fine("outputs", "GITHUB_OUTPUT is not set: they are printed only");
  }
  try {
    runner::write_outputs(facts.output_file, {});
  } catch (const Error& error) {
    return core::failed("outputs", error);
  }
  return fine("outputs", "GITHUB_OUTPUT can be written");
}

class ServerCheck {
 public:
  explicit ServerCheck(const Destination& place)
      : place_(place), host_(place.server), api_(place.server, place.repository) {}

  std::vector<Finding> run() {
    if (!check("server", [&] { return look_at_server(); })) return std::move(findings_);
    findings_.push_back(check_tls());
    findings_.push_back(core::check_clock(
        core::parse_http_date(info_.date),
        std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())));
    if (!check("repository", [&] { return look_at_repository(); })) return std::move(findings_);
    const bool may_write = check("rights", [&] { return look_at_rights(); });
    if (may_write && !repository_->has_releases) {
      const Error off = releases_off(place_.repository.full());
      findings_.push_back(
          warned("releases", off.message + ", for all but its administrators", off.hint));
    }
    check("files", [&] { return look_at_files(); });
    check("protected tags", [&] { return look_at_protection(); });
    return std::move(findings_);
  }

 private:
  /// Takes in what `look` finds, or its Error; false where that is a failure.
  template <typename Look>
  bool check(const char* subject, Look look) {
    try {
      findings_.push_back(look());
    } catch (const Error& error) {
      findings_.push_back(core::failed(subject, error));
    }
    return findings_.back().grade != Finding::Grade::fail;
  }

  /// Without the token at first: whether that one is accepted is another question. A server may
  /// answer nobody else.
  gitea::HostInfo ask_server() {
    gitea::Server stranger = place_.server;
    stranger.token = gitea::Token();
    try {
      return gitea::Host(stranger).info();
    } catch (const Error& error) {
      if (error.reason != core::Reason::sign_in_required) throw diagnosed(error, place_.server);
    }
    return host_.info();
  }

  Finding look_at_server() {
    info_ = ask_server();
    std::string where = "at " + place_.server.root().text();
    if (const auto& proxy = place_.server.proxy) {
      where += fmt::format(", through the proxy {}:{}", proxy->host, proxy->port);
    }
    const std::string text = fmt::format("{} {}", gitea::name_of_server(info_.version), where);
    if (gitea::is_known(info_.version)) return fine("server", text);
    return warned(
        "server", text,
        "This program knows Gitea from 1.20 and Forgejo from 7: update the server, or try "
        "with 'dry_run' first.");
  }

  Finding check_tls() const {
    if (!place_.server.api.tls) {
      return warned("TLS", "none: whoever sits on the way can read the token",
                    "Use the https address in 'server_url'.");
    }
    if (place_.server.insecure) {
      return warned("TLS", "the server's certificate is not verified (insecure)",
                    "Give the authority that signed it as 'ca_cert' instead.");
    }
    return fine("TLS", "the server's certificate is verified");
  }

  Finding look_at_repository() {
    repository_ = api_.find_repository();
    if (!repository_) throw unknown_repository(place_);
    if (const auto found = obstacle(*repository_, place_.repository.full())) throw *found;
    return fine("repository", api_.moved()
                                  ? place_.repository.full() + " is now " + api_.repository().full()
                                  : place_.repository.full());
  }

  Finding look_at_rights() {
    api_.check_write_access();
    const bool own = place_.config.token == place_.config.job_token;
    return fine("rights",
                own ? "the job's own token may write Releases" : "this token may write Releases");
  }

  Finding look_at_files() {
    if (host_.takes_attachments()) return fine("files", "the server takes attachments");
    return warned("files", "the server takes no attachments: releases without files only",
                  "The administrator can switch them on: '[attachment] ENABLED' in app.ini.");
  }

  Finding look_at_protection() {
    const char* subject = "protected tags";
    const std::string tag = tag_of(place_);
    if (!tag.empty() && api_.find_tag(tag)) {
      return fine(subject, fmt::format("{} is there already, so that none has to be made", tag));
    }
    const auto protections = api_.tag_protections();
    if (!protections) {
      return fine(subject, "not visible to this token, or on this server",
                  "Where publishing ends with 500, have an owner look at Tags in the repository's "
                  "settings.");
    }
    const auto matching = core::protecting_patterns(*protections, tag);
    if (matching.empty()) return fine(subject, "none stands in the way");
    return warned(subject,
                  fmt::format("new tags like {} may be made only by those named in the settings",
                              core::one_line(core::join(matching, ", "))),
                  "Push the tag as one of them; the job's own token cannot be named there.");
  }

  const Destination& place_;
  gitea::Host host_;
  gitea::Api api_;
  gitea::HostInfo info_;
  std::optional<gitea::RepositoryInfo> repository_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_job(const Destination& place, const runner::Environment& environment) {
  return {check_event(place.facts, environment), check_tag(place), check_outputs(place.facts)};
}

std::vector<Finding> check_server(const Destination& place) { return ServerCheck(place).run(); }

}  // namespace commands
