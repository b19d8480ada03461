// SPDX-License-Identifier: MIT
#include "units/launcher_fetch/project.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/update/manifest.hpp"
#include "launcher/fetch/server_of.hpp"
#include "signing/signed_sums.hpp"
#include "units/launcher_fetch/archives.hpp"

namespace project {

namespace fs = std::filesystem;

std::string release_file(const std::string& app, const std::string& version) {
  return fmt::format(R"({{"format":1,"app":"{}","version":"{}","start":["bin/app"]}})", app,
                     version);
}

std::string archive_of(const std::string& version, const Special& special) {
  const std::string top = fmt::format("your-app-v{}-linux-x64/", version);
  return archives::tar_gz(
      {archives::folder(top.substr(0, top.size() - 1)),
       archives::file(top + "your-app", "launcher"),
       archives::file(top + "current/bin/app", special.content),
       archives::file(top + "updater/config.json", "{}"),
       archives::file(top + "current/RELEASE.json", release_file(special.app, version))});
}

std::string archive_name(const std::string& version) {
  return fmt::format("your-app-v{}-linux-x64.tar.gz", version);
}

support::Files Project::files(const std::string& version, const Special& special) const {
  core::Manifest manifest;
  manifest.app = special.app;
  manifest.version = version;
  manifest.tag = special.tag.empty() ? "v" + version : special.tag;
  manifest.channel = core::channel_of(*core::parse_version(version));
  manifest.launcher = special.launcher;
  manifest.from = special.from;
  manifest.withdrawn = special.withdrawn;
  const std::string archive = archive_of(version, special);
  manifest.payloads[special.platform] = {archive_name(version), archive.size()};
  return {{archive_name(version), archive}, {"update.json", core::render_manifest(manifest)}};
}

support::Files Project::signed_files(const std::string& version, const Special& special) const {
  return signer.sign(files(version, special), special.tag.empty() ? "v" + version : special.tag,
                     server.repository());
}

support::Release Project::publish(const std::string& version, const Special& special) {
  return support::Signer::publish(server, special.tag.empty() ? "v" + version : special.tag,
                                  signed_files(version, special));
}

Installation::Installation(const Project& project, const std::string& version) {
  installed.version = *core::parse_version(version);
  core::UpdateConfig& config = installed.config;
  config.app = "your-app";
  config.provider = "gitea";
  config.server = project.server.url();
  config.repository = project.server.repository();
  config.platform = "linux-x86_64";
  installed.keys = signing::parse_public_keys(project.signer.public_key());
  installed.pause = std::chrono::milliseconds(1);
  fs::create_directories(updater());
  way = fetch::server_of(config, core::Token(project.server.token()), updater(), {},
                         fetch::check_limit);
  way.backoff = std::chrono::milliseconds(1);
  way.retries = 2;
}

fetch::CheckResult Installation::check() {
  const auto provider = fetch::provider_of(installed.config, way);
  return fetch::check(installed, *provider, way);
}

fs::path Installation::download(const fetch::OnProgress& progress) {
  const fetch::CheckResult result = check();
  if (!result.update) throw std::runtime_error("there is no update: " + outcome(result));
  return download(*result.update, progress);
}

fs::path Installation::download(const fetch::Update& update, const fetch::OnProgress& progress) {
  const auto provider = fetch::provider_of(installed.config, way);
  return fetch::download(update, *provider, {updater(), fetch::launcher_name(installed.config)},
                         progress);
}

fs::path Installation::download_from(const fs::path& archive) {
  return fetch::download_from(archive, installed,
                              {updater(), fetch::launcher_name(installed.config)}, {});
}

std::vector<std::string> Installation::names_in(const std::string& folder) const {
  std::vector<std::string> names;
  if (!fs::exists(updater() / folder)) return names;
  for (const auto& entry : fs::directory_iterator(updater() / folder)) {
    names.push_back(entry.path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string outcome(const fetch::CheckResult& result) {
  if (result.outcome == fetch::CheckResult::Outcome::refused) return "refused";
  return result.update ? result.update->version.text : "nothing";
}

}  // namespace project
