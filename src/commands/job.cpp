// SPDX-License-Identifier: MIT
#include "commands/job.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <charconv>
#include <filesystem>

#include "core/notes.hpp"
#include "core/problems.hpp"
#include "core/text.hpp"
#include "core/version.hpp"
#include "disk/digest.hpp"
#include "disk/files.hpp"

namespace commands {
namespace {

namespace fs = std::filesystem;

constexpr const char* api_path = "/api/v1";
constexpr const char* notes_file = "RELEASE_NOTES.md";
constexpr std::size_t longest_title = 255;  // characters; servers shorten what is longer

using core::Problems;

class Gathering {
 public:
  Gathering(const Config& config, const gitea::Token& job_token,
            const runner::Environment& environment, Problems& problems, runner::Log& log)
      : config_(config),
        job_token_(job_token),
        environment_(environment),
        problems_(problems),
        log_(log) {
    job_.config = config;
    job_.facts = runner::read_facts(environment);
    workspace_ = job_.facts.workspace.empty() ? fs::current_path() : fs::path(job_.facts.workspace);
    directory_ = workspace_ / config.working_directory;
  }

  Job run() {
    problems_.collect([&] { find_server(); });
    problems_.collect([&] { find_repository(); });
    problems_.collect([&] { check_token(); });
    find_tag();
    problems_.collect([&] { find_text(); });
    find_fields();
    find_assets();
    problems_.throw_if_any();
    warn();
    return std::move(job_);
  }

 private:
  void find_server() {
    const runner::Facts& facts = job_.facts;
    gitea::Server& server = job_.server;
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
    if (!server.api.path.ends_with(api_path)) server.api.path += api_path;
    server.insecure = config_.insecure;
    server.retries = static_cast<int>(config_.retries);
    server.stall_timeout = config_.stall_timeout;
    server.answer_timeout = config_.answer_timeout;
    server.deadline = std::chrono::steady_clock::now() + config_.timeout;
    server.proxy = gitea::proxy_for(server.api, environment_);
    server.token = config_.token;
    const std::string backoff = runner::value_of(environment_, "GITEA_RELEASE_BACKOFF_MS");
    std::chrono::milliseconds::rep milliseconds = 0;
    if (std::from_chars(backoff.data(), backoff.data() + backoff.size(), milliseconds).ec ==
        std::errc{}) {
      server.backoff = std::chrono::milliseconds(milliseconds);
    }
    if (config_.ca_cert.find("-----BEGIN") != std::string::npos) {
      server.ca_pem = config_.ca_cert;
    } else if (!config_.ca_cert.empty()) {
      server.ca_pem = disk::read_text(directory_ / config_.ca_cert, "ca_cert");
    }
  }

  void find_repository() {
    const std::string text(
        core::trim(config_.repository.empty() ? job_.facts.repository : config_.repository));
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
    job_.repository = {text.substr(0, slash), text.substr(slash + 1)};
  }

  /// The job's own token works in its own repository only, and must not be sent elsewhere.
  void check_token() {
    if (config_.token.empty()) {
      problems_.add(
          "no token is given",
          "Set 'token' (in a job: ${{ github.token }}), or GITEA_TOKEN, or --token-file.");
      return;
    }
    if (job_token_.empty() || !(config_.token == job_token_)) return;
    const runner::Facts& facts = job_.facts;
    const bool other_repository =
        !config_.repository.empty() &&
        core::lower(job_.repository.full()) != core::lower(facts.repository);
    const bool other_server = !config_.server_url.empty() && !facts.server_url.empty() &&
                              gitea::parse_url(facts.server_url, "GITHUB_SERVER_URL").text() !=
                                  gitea::parse_url(config_.server_url, "server_url").text();
    if (other_repository || other_server) {
      problems_.add(fmt::format("the job's own token does not work on {}",
                                other_server ? "another server" : "another repository"),
                    "Make a token with the scope write:repository there, store it as a secret such "
                    "as DEPLOY_TOKEN, and pass it as 'token'.");
    }
  }

  void find_tag() {
    std::string tag(core::trim(config_.tag_name.empty() ? job_.facts.tag : config_.tag_name));
    constexpr std::string_view prefix = "refs/tags/";
    if (tag.starts_with(prefix)) tag.erase(0, prefix.size());
    if (tag.empty()) {
      problems_.add(job_.facts.in_runner()
                        ? fmt::format("no tag is known: this run's ref ({}) is none",
                                      core::one_line(job_.facts.ref))
                        : "no tag is known: this does not run in a job",
                    "Give it as 'tag_name' (--tag-name), or start the workflow with the push of a "
                    "tag.");
    }
    if (core::one_line(tag, tag.size()) != tag || !core::is_utf8(tag)) {
      problems_.add(
          fmt::format("tag_name: '{}' has characters that no tag can have", core::one_line(tag)));
    }
    job_.desired.tag = tag;
  }

  void find_text() {
    if (!config_.body.empty() && !config_.body_path.empty()) {
      problems_.add("body and body_path both give the notes", "Keep one of them.");
      return;
    }
    core::WishedText wish;
    wish.append = config_.append_body;
    if (!config_.body_path.empty()) {
      wish.text = disk::read_text(directory_ / config_.body_path, "body_path");
    } else if (!config_.body.empty()) {
      wish.text = config_.body;
    } else if (fs::is_regular_file(directory_ / notes_file)) {
      wish.text = disk::read_text(directory_ / notes_file, notes_file);
      wish.only_where_empty = true;
      wish.append = false;
    } else {
      return;
    }
    if (!core::is_utf8(wish.text)) {
      problems_.add("the notes are not valid UTF-8", "Save the file as UTF-8.");
      return;
    }
    wish.text = core::incoming_text(wish.text);
    if (!wish.text.empty()) job_.desired.text = wish;
  }

  void find_fields() {
    core::Desired& desired = job_.desired;
    if (!config_.name.empty()) {
      desired.name = std::string(core::trim(config_.name));
      if (!core::is_utf8(*desired.name) || core::characters(*desired.name) > longest_title) {
        problems_.add(fmt::format("name: a title has {} characters at most, and this one has {}",
                                  longest_title, core::characters(*desired.name)));
      }
    }
    desired.draft = config_.draft;
    desired.prerelease_when_new = core::is_prerelease(desired.tag);
    if (config_.prerelease == Prerelease::by_version)
      desired.prerelease = desired.prerelease_when_new;
    if (config_.prerelease == Prerelease::yes) desired.prerelease = true;
    if (config_.prerelease == Prerelease::no) desired.prerelease = false;
    desired.tag_message = config_.tag_message;
    desired.target = core::trim(config_.target_commitish);
    desired.upload_before_publish = config_.upload_before_publish;
    desired.overwrite = config_.overwrite_files;
    desired.remove_others = config_.remove_other_files;
    desired.edit_for_record_alone = job_.facts.event != "release";
  }

  void find_assets() {
    if (core::trim(config_.files).empty()) return;
    disk::FileSearch search;
    search.patterns = config_.files;
    search.directory = directory_;
    search.workspace = workspace_;
    search.home = runner::value_of(environment_, "HOME");
    search.fail_on_unmatched = config_.fail_on_unmatched_files;
    std::error_code error;
    if (!fs::is_directory(directory_, error)) {
      problems_.add(fmt::format("working_directory: {} is no directory", directory_.string()));
      return;
    }
    disk::FoundFiles found = disk::find_files(search, problems_);
    job_.desired.files = std::move(found.files);
    for (const std::string& warning : found.warnings) log_.warning(warning);
  }

  void warn() {
    if (config_.insecure) log_.warning("insecure: TLS certificates are not verified");
    if (!config_.make_latest.empty()) {
      log_.warning(
          "make_latest: Gitea has no such flag; it shows the newest stable release as the latest");
    }
    if (config_.append_body && !job_.desired.text) {
      log_.warning("append_body: there is no text to add (body or body_path)");
    }
    if (job_.desired.text && job_.desired.text->text.size() > core::notes_limit) {
      log_.warning(fmt::format("the notes have {} bytes; a server with MySQL takes 65,535 at most",
                               job_.desired.text->text.size()));
    }
  }

  const Config& config_;
  const gitea::Token& job_token_;
  const runner::Environment& environment_;
  Problems& problems_;
  runner::Log& log_;
  Job job_;
  fs::path workspace_;
  fs::path directory_;
};

}  // namespace

Job gather(const Config& config, const gitea::Token& job_token,
           const runner::Environment& environment, core::Problems& problems, runner::Log& log) {
  return Gathering(config, job_token, environment, problems, log).run();
}

}  // namespace commands
