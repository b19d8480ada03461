// SPDX-License-Identifier: MIT
#include "commands/destination.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/error.hpp"
#include "core/text/path.hpp"
#include "core/text/text.hpp"
#include "disk/anywhere.hpp"
#include "gitea/trust.hpp"

namespace commands {
namespace {

constexpr std::uint64_t max_bundle_size = std::uint64_t{4}
                                          << 20;  // bytes; that of a distribution has 230,000

/// Whether `given` is the runner's server, or the same with https: a runner may be registered with
/// the http address.
bool is_same_server(const gitea::Url& given, const gitea::Url& runner) {
  gitea::Url secure = runner;
  secure.tls = true;
  if (!runner.tls && runner.port == 80) secure.port = 443;
  return given.text() == runner.text() || given.text() == secure.text();
}

/// "o/r" of "https://git.example.org/git/o/r.git" or "git@git.example.org:o/r.git"; "" for anything
/// else.
std::string name_in_address(std::string_view text) {
  constexpr std::string_view suffix = ".git";
  while (text.ends_with('/')) text.remove_suffix(1);
  if (text.ends_with(suffix)) text.remove_suffix(suffix.size());
  const auto slash = text.rfind('/');
  if (slash == std::string_view::npos || slash == 0) return "";
  const auto before = text.find_last_of("/:", slash - 1);
  if (before == std::string_view::npos || slash - before < 2) return "";
  const bool is_address = text.find("://") != std::string_view::npos || text[before] == ':';
  return is_address ? core::one_line(text.substr(before + 1)) : "";
}

class DestinationSearch {
 public:
  DestinationSearch(const inputs::Server& inputs, const Context& context, TokenUse use)
      : inputs_(inputs),
        context_(context),
        facts_(context.facts),
        problems_(context.problems),
        use_(use) {}

  Destination run(const std::string& directory) {
    problems_.collect([&] { found_.server = reach(inputs_.connection, context_, directory); });
    problems_.collect([&] { find_server(); });
    problems_.collect([&] { find_repository(); });
    problems_.collect([&] { check_token(); });
    return std::move(found_);
  }

 private:
  void find_server() {
    gitea::Server& server = found_.server;
    if (!inputs_.server_url.empty()) {
      server.api = gitea::parse_url(inputs_.server_url, "server_url");
    } else if (!facts_.api_url.empty()) {
      server.api = gitea::parse_url(facts_.api_url, "GITHUB_API_URL");
    } else if (!facts_.server_url.empty()) {
      server.api = gitea::parse_url(facts_.server_url, "GITHUB_SERVER_URL");
    } else {
      problems_.add("the server is unknown, because this run is not part of a job",
                    "Set --server-url (or INPUT_SERVER_URL) to its address.");
      return;
    }
    if (!server.api.path.ends_with(gitea::api_path)) server.api.path += gitea::api_path;
    server.proxy = gitea::proxy_for(server.api, context_.environment);
    server.token = inputs_.token;
  }

  void find_repository() {
    const std::string text(
        core::trim(inputs_.repository.empty() ? facts_.repository : inputs_.repository));
    if (text.empty()) {
      problems_.add("the repository is unknown, because this run is not part of a job",
                    "Set --repository OWNER/NAME (or INPUT_REPOSITORY).");
      return;
    }
    const auto slash = text.find('/');
    const std::string meant = name_in_address(text);
    if (slash == 0 || slash == std::string::npos || slash + 1 == text.size() || !meant.empty() ||
        text.find('/', slash + 1) != std::string::npos) {
      problems_.add(
          fmt::format("repository: '{}' does not have the form owner/name", core::one_line(text)),
          meant.empty() ? ""
                        : fmt::format("Write 'repository: {}', and set 'server_url' to the address "
                                      "of its server if it is not the runner's.",
                                      meant));
      return;
    }
    found_.repository = {text.substr(0, slash), text.substr(slash + 1)};
  }

  /// The job's own token works only in its own repository, and must not be sent elsewhere.
  void check_token() {
    if (inputs_.token.empty()) {
      if (use_ == TokenUse::optional) return;
      std::string hint =
          "Set 'token' (in a job: ${{ github.token }}) or GITEA_TOKEN, or use --token-file.";
      if (facts_.in_runner()) {
        hint +=
            " A secret that does not exist is empty; servers refuse names of secrets that begin "
            "with GITEA_, GITHUB_ or FORGEJO_.";
      }
      problems_.add("the token is missing", hint);
      return;
    }
    if (!inputs_.token.is_sendable()) {
      problems_.add("the token contains a character that is not allowed in a token",
                    "Store the secret again, as one line without blanks.");
    }
    if (inputs_.job_token.empty() || !(inputs_.token == inputs_.job_token)) return;
    const bool other_repository =
        !inputs_.repository.empty() &&
        core::lower(found_.repository.full()) != core::lower(facts_.repository);
    const bool other_server =
        !inputs_.server_url.empty() && !facts_.server_url.empty() &&
        !is_same_server(gitea::parse_url(inputs_.server_url, "server_url"),
                        gitea::parse_url(facts_.server_url, "GITHUB_SERVER_URL"));
    if ((other_repository || other_server) && use_ == TokenUse::optional) {
      found_.server.token = {};
    } else if (other_repository || other_server) {
      problems_.add(fmt::format("the job's own token does not work on {}",
                                other_server ? "another server" : "another repository"),
                    "Create a token with the scope write:repository there, store it as a secret "
                    "(for example DEPLOY_TOKEN), and pass it as 'token'.");
    }
  }

  const inputs::Server& inputs_;
  const Context& context_;
  const runner::Facts& facts_;
  core::Problems& problems_;
  const TokenUse use_;
  Destination found_;
};

}  // namespace

std::string workspace_of(const runner::Facts& facts) {
  return disk::workspace_or_here(facts.workspace);
}

disk::Workspace open_workspace(const runner::Facts& facts, const std::string& working_directory) {
  disk::Workspace workspace(workspace_of(facts), working_directory);
  workspace.check_directory();
  return workspace;
}

gitea::Server reach(const inputs::Connection& connection, const Context& context,
                    const std::string& directory) {
  gitea::Server server;
  server.proxy_variables = gitea::proxy_variables(context.environment);
  server.insecure = connection.insecure;
  if (server.insecure) context.log.warning("insecure: TLS certificates are not verified");
  server.retries = static_cast<int>(connection.retries);
  server.stall_timeout = connection.stall_timeout;
  server.answer_timeout = connection.answer_timeout;
  server.deadline = std::chrono::steady_clock::now() + connection.timeout;
  const std::string backoff = runner::value_of(context.environment, "GITEA_RELEASE_BACKOFF_MS");
  std::chrono::milliseconds::rep milliseconds = 0;
  if (std::from_chars(backoff.data(), backoff.data() + backoff.size(), milliseconds).ec ==
      std::errc{}) {
    server.backoff = std::chrono::milliseconds(milliseconds);
  }
  if (connection.ca_cert.find("-----BEGIN") != std::string::npos) {
    server.ca_pem = connection.ca_cert;
  } else if (!connection.ca_cert.empty()) {
    server.ca_pem =
        disk::read_anywhere(core::joined_path(directory, core::with_slashes(connection.ca_cert)),
                            "ca_cert", max_bundle_size);
  }
  if (!connection.ca_cert.empty() && !gitea::has_certificate(server.ca_pem)) {
    if (server.ca_pem.find("-----BEGIN") != std::string::npos &&
        core::trim(server.ca_pem).find('\n') == std::string_view::npos) {
      throw core::Error(
          core::Fault::workflow, "ca_cert: the certificate is on one line",
          "Keep its line breaks: in YAML write 'ca_cert: |' and indent the lines, and "
          "store a secret with all its lines.");
    }
    throw core::Error(core::Fault::workflow, "ca_cert: it does not contain a certificate",
                      "Set it to a certificate in PEM format (-----BEGIN CERTIFICATE-----), as "
                      "text or as the path of a file.");
  }
  return server;
}

Destination find_destination(const inputs::Server& inputs, const std::string& working_directory,
                             const Context& context, TokenUse use) {
  const std::string directory = core::joined_path(workspace_of(context.facts), working_directory);
  return DestinationSearch(inputs, context, use).run(directory);
}

}  // namespace commands
