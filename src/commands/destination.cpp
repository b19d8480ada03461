// SPDX-License-Identifier: MIT
#include "commands/destination.hpp"

#include <fmt/format.h>

#include <charconv>

#include "core/error.hpp"
#include "core/text.hpp"
#include "disk/anywhere.hpp"
#include "gitea/trust.hpp"

namespace commands {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largest_bundle = std::uint64_t{4}
                                         << 20;  // bytes; a distribution's has 230,000

/// The runner's server, or the same by https: a runner may know it by http.
bool is_same_server(const gitea::Url& given, const gitea::Url& of_runner) {
  gitea::Url secure = of_runner;
  secure.tls = true;
  if (!of_runner.tls && of_runner.port == 80) secure.port = 443;
  return given.text() == of_runner.text() || given.text() == secure.text();
}

class DestinationSearch {
 public:
  DestinationSearch(Destination& found, const runner::Environment& environment,
                    core::Problems& problems)
      : found_(found), config_(found.config), environment_(environment), problems_(problems) {}

  void run() {
    found_.facts = runner::read_facts(environment_);
    found_.workspace = workspace_of(found_.facts);
    found_.directory = found_.workspace / config_.working_directory;
    problems_.collect([&] { found_.server = reach(config_, environment_, found_.directory); });
    problems_.collect([&] { find_server(); });
    problems_.collect([&] { find_repository(); });
    problems_.collect([&] { check_token(); });
  }

 private:
  void find_server() {
    const runner::Facts& facts = found_.facts;
    gitea::Server& server = found_.server;
    if (!config_.server_url.empty()) {
      server.api = gitea::parse_url(config_.server_url, "server_url");
    } else if (!facts.api_url.empty()) {
      server.api = gitea::parse_url(facts.api_url, "GITHUB_API_URL");
    } else if (!facts.server_url.empty()) {
      server.api = gitea::parse_url(facts.server_url, "GITHUB_SERVER_URL");
    } else {
      problems_.add("no server is known: this does not run in a job",
                    "Give its address with --server-url (or INPUT_SERVER_URL).");
      return;
    }
    if (!server.api.path.ends_with(gitea::api_path)) server.api.path += gitea::api_path;
    server.proxy = gitea::proxy_for(server.api, environment_);
    server.token = config_.token;
  }

  void find_repository() {
    const std::string text(
        core::trim(config_.repository.empty() ? found_.facts.repository : config_.repository));
    if (text.empty()) {
      problems_.add("no repository is known: this does not run in a job",
                    "Give it with --repository OWNER/NAME (or INPUT_REPOSITORY).");
      return;
    }
    const auto slash = text.find('/');
    if (slash == 0 || slash == std::string::npos || slash + 1 == text.size() ||
        text.find('/', slash + 1) != std::string::npos) {
      problems_.add(fmt::format("repository: '{}' is not owner/name", core::one_line(text)));
      return;
    }
    found_.repository = {text.substr(0, slash), text.substr(slash + 1)};
  }

  /// The job's own token works in its own repository only, and must not be sent elsewhere.
  void check_token() {
    if (config_.token.empty()) {
      problems_.add(
          "no token is given",
          "Set 'token' (in a job: ${{ github.token }}), or GITEA_TOKEN, or --token-file.");
      return;
    }
    if (!config_.token.is_sendable()) {
      problems_.add("the token has a character in it that none can have",
                    "Store the secret again: one line, without blanks in it.");
    }
    if (config_.job_token.empty() || !(config_.token == config_.job_token)) return;
    const runner::Facts& facts = found_.facts;
    const bool other_repository =
        !config_.repository.empty() &&
        core::lower(found_.repository.full()) != core::lower(facts.repository);
    const bool other_server =
        !config_.server_url.empty() && !facts.server_url.empty() &&
        !is_same_server(gitea::parse_url(config_.server_url, "server_url"),
                        gitea::parse_url(facts.server_url, "GITHUB_SERVER_URL"));
    if (other_repository || other_server) {
      problems_.add(fmt::format("the job's own token does not work on {}",
                                other_server ? "another server" : "another repository"),
                    "Make a token with the scope write:repository there, store it as a secret such "
                    "as DEPLOY_TOKEN, and pass it as 'token'.");
    }
  }

  Destination& found_;
  const Config& config_;
  const runner::Environment& environment_;
  core::Problems& problems_;
};

}  // namespace

fs::path workspace_of(const runner::Facts& facts) {
  return disk::workspace_or_here(facts.workspace);
}

disk::Workspace open_workspace(const Destination& destination) {
  disk::Workspace workspace(destination.workspace, destination.config.working_directory);
  workspace.check_directory();
  return workspace;
}

gitea::Server reach(const Config& config, const runner::Environment& environment,
                    const fs::path& directory) {
  gitea::Server server;
  server.proxy_variables = gitea::proxy_variables(environment);
  server.insecure = config.insecure;
  server.retries = static_cast<int>(config.retries);
  server.stall_timeout = config.stall_timeout;
  server.answer_timeout = config.answer_timeout;
  server.deadline = std::chrono::steady_clock::now() + config.timeout;
  const std::string backoff = runner::value_of(environment, "GITEA_RELEASE_BACKOFF_MS");
  std::chrono::milliseconds::rep milliseconds = 0;
  if (std::from_chars(backoff.data(), backoff.data() + backoff.size(), milliseconds).ec ==
      std::errc{}) {
    server.backoff = std::chrono::milliseconds(milliseconds);
  }
  if (config.ca_cert.find("-----BEGIN") != std::string::npos) {
    server.ca_pem = config.ca_cert;
  } else if (!config.ca_cert.empty()) {
    server.ca_pem = disk::read_anywhere(directory / config.ca_cert, "ca_cert", largest_bundle);
  }
  if (!config.ca_cert.empty() && !gitea::has_certificate(server.ca_pem)) {
    throw core::Error(core::Fault::workflow, "ca_cert: there is no certificate in it",
                      "It has to be in PEM (-----BEGIN CERTIFICATE-----), as text or in a file.");
  }
  return server;
}

Destination find_destination(const Config& config, const runner::Environment& environment,
                             core::Problems& problems) {
  Destination found;
  found.config = config;
  DestinationSearch(found, environment, problems).run();
  return found;
}

}  // namespace commands
