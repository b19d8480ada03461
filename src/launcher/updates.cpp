// SPDX-License-Identifier: MIT
#include "launcher/updates.hpp"

#include <fmt/format.h>

#include <map>
#include <memory>
#include <utility>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "launcher/child.hpp"
#include "launcher/exit_status.hpp"
#include "launcher/fetch/check.hpp"
#include "launcher/fetch/server_of.hpp"
#include "launcher/last_check.hpp"
#include "launcher/log.hpp"
#include "launcher/reads.hpp"
#include "launcher/trusted_keys.hpp"

namespace launcher {
namespace {

std::vector<core::Version> versions_named(const std::vector<std::string>& texts) {
  std::vector<core::Version> versions;
  for (const std::string& text : texts) {
    if (auto version = core::parse_version(text)) versions.push_back(std::move(*version));
  }
  return versions;
}

std::vector<core::Version> unwanted_versions(const core::Journal& journal) {
  std::vector<std::string> texts = journal.skipped;
  for (const core::FailedVersion& one : journal.failed) texts.push_back(one.version);
  return versions_named(texts);
}

fetch::Installed installed_in(const Folder& folder, const core::Journal& journal) {
  fetch::Installed installed;
  installed.config = config_of(folder);
  const std::string trusted = text_of(folder.trusted(), max_trusted).value_or("");
  for (const std::string& key : TrustedKeys::parse(trusted).keys()) {
    installed.keys.push_back(signing::PublicKey::parse(key));
  }
  if (installed.keys.empty()) {
    throw core::Error(core::Fault::workflow, "updater/trusted.pub contains no public key",
                      "Add one with `--launcher trust KEY`: nothing is installed without.");
  }
  installed.version = *core::parse_version(release_in_use(folder).version);
  installed.unwanted = unwanted_versions(journal);
  installed.withdrawn = versions_named(journal.withdrawn);
  return installed;
}

std::map<std::string, std::string> proxy_environment() {
  std::map<std::string, std::string> variables;
  for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY",
                           "no_proxy", "NO_PROXY"}) {
    if (std::string value = own_variable(name); !value.empty()) variables[name] = value;
  }
  return variables;
}

/// A look at the server: what it has, and what this installation can use of it.
struct Search {
  Search(const Folder& folder, fetch::Installed whose, std::chrono::seconds limit)
      : installed(std::move(whose)),
        server(fetch::server_of(installed.config, fetch::token_in(folder.updater()),
                                folder.updater(), proxy_environment(), limit)),
        provider(fetch::provider_of(installed.config, server)),
        result(fetch::check(installed, *provider, server)) {}

  fetch::Installed installed;
  gitea::Server server;
  std::unique_ptr<fetch::Provider> provider;
  fetch::CheckResult result;
};

/// The headline, and a line for each release that was not taken.
std::string with_reasons(std::string headline, const fetch::CheckResult& result) {
  for (const std::string& reason : result.refused) headline += "\n" + reason;
  for (const std::string& reason : result.passed_over) headline += "\n" + reason;
  for (const std::string& tag : result.unsigned_tags) {
    headline += fmt::format("\n{}: is not signed, or not yet", core::one_line(tag));
  }
  return headline;
}

std::vector<std::string> texts_of(const std::vector<core::Version>& versions) {
  std::vector<std::string> texts;
  texts.reserve(versions.size());
  for (const core::Version& version : versions) texts.push_back(version.text);
  return texts;
}

UpdateResult without_update(const Search& search) {
  const fetch::CheckResult& result = search.result;
  const fetch::Installed& installed = search.installed;
  UpdateResult outcome;
  outcome.withdrawn = texts_of(result.withdrawn);
  std::string headline = fmt::format("nothing is newer than {}", installed.version.text);
  if (result.outcome == fetch::CheckResult::Outcome::refused) {
    outcome.status = ExitStatus::refused;
    headline = "no release matches its signature";
  } else if (installed.only) {
    outcome.status = 1;
    headline = fmt::format("there is no release {} that can be installed", installed.only->text);
  }
  outcome.message = with_reasons(headline, result);
  return outcome;
}

fetch::Storage storage_in(const Folder& folder, const core::UpdateConfig& config) {
  return {folder.updater(), fetch::launcher_name(config)};
}

std::string ready_message(const Path& ready) {
  return fmt::format("{} was downloaded; `--launcher apply` installs it",
                     ready.filename().string());
}

}  // namespace

UpdateResult check(const Folder& folder, FileSystem& files, const core::Journal& journal) {
  const Search search(folder, installed_in(folder, journal), fetch::check_limit);
  const auto& update = search.result.update;
  LastCheck found{time_text(), std::nullopt};
  if (update) found.offer = offer_of(*update);
  const bool is_success = search.result.outcome != fetch::CheckResult::Outcome::refused;
  if (is_success) write_last_check(folder, files, found);
  if (!update) return without_update(search);
  return {ExitStatus::newer_release,
          fmt::format("{} is available: {}", update->version.text, core::one_line(update->page)),
          texts_of(search.result.withdrawn)};
}

UpdateResult download(const Folder& folder, const core::Journal& journal,
                      const std::string& version, const fetch::OnProgress& progress) {
  fetch::Installed installed = installed_in(folder, journal);
  if (!version.empty()) installed.only = core::parse_version(version);
  const Search search(folder, std::move(installed), fetch::download_limit);
  if (!search.result.update) return without_update(search);
  const Path ready = fetch::download(*search.result.update, *search.provider,
                                     storage_in(folder, search.installed.config), progress);
  return {0, ready_message(ready), texts_of(search.result.withdrawn)};
}

UpdateResult download_from(const Path& archive, const Folder& folder, const core::Journal& journal,
                           const fetch::OnProgress& progress) {
  const fetch::Installed installed = installed_in(folder, journal);
  const Path ready =
      fetch::download_from(archive, installed, storage_in(folder, installed.config), progress);
  return {0, ready_message(ready)};
}

}  // namespace launcher
