// SPDX-License-Identifier: MIT
// A project on a sandbox that publishes releases of its application, and an installation of it.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>

#include "core/token.hpp"
#include "launcher/fetch/check.hpp"
#include "launcher/fetch/download.hpp"
#include "support/server.hpp"
#include "support/signer.hpp"
#include "temp_dir.hpp"

namespace project {

/// What can be different in a release.
struct Special {
  std::string app = "your-app";
  std::string platform = "linux-x86_64";
  std::string from = {};
  std::vector<std::string> withdrawn = {};
  std::uint64_t launcher = 1;
  std::string tag = {};         ///< "" for "v" and the version
  std::string content = "app";  ///< of a file in it
};

/// The payload of a version: an archive with the version and a launcher.
std::string archive_of(const std::string& version, const Special& special = {});

/// The name of the payload.
std::string archive_name(const std::string& version);

/// RELEASE.json.
std::string release_file(const std::string& app, const std::string& version);

class Project {
 public:
  Project() : owned_(std::make_unique<support::Server>()), server(*owned_) {
    server.needs_sandbox();
  }
  /// On a server that outlives it.
  explicit Project(support::Server& with) : server(with) {}

  /// The payload and update.json of a version.
  support::Files files(const std::string& version, const Special& special = {}) const;
  /// `files` signed for the release of the version.
  support::Files signed_files(const std::string& version, const Special& special = {}) const;
  support::Release publish(const std::string& version, const Special& special = {});

 private:
  std::unique_ptr<support::Server> owned_;

 public:
  support::Server& server;
  support::Signer signer;
};

class Installation {
 public:
  explicit Installation(const Project& project, const std::string& version = "1.0.0");

  /// Looks for an update by requests with this token.
  fetch::CheckResult check();
  /// check(), then downloads what was found.
  std::filesystem::path download(const fetch::OnProgress& progress = {});
  /// Downloads what check() has found before.
  std::filesystem::path download(const fetch::Update& update,
                                 const fetch::OnProgress& progress = {});
  std::filesystem::path download_from(const std::filesystem::path& archive);

  std::filesystem::path updater() const { return directory.path() / "updater"; }
  /// Files and folders in a folder of updater/, by name; none without that folder.
  std::vector<std::string> names_in(const std::string& folder) const;

  TempDir directory;
  fetch::Installed installed;
  gitea::Server way;  ///< to the project's server
};

/// "1.2.0", "nothing" or "refused".
std::string outcome(const fetch::CheckResult& result);

}  // namespace project
