// SPDX-License-Identifier: MIT
// The application of examples/launcher-app, published and signed on a server, and installed from its
// archive.
#pragma once

#include <string>
#include <vector>

#include "launcher/installed_app.hpp"
#include "support/server.hpp"
#include "support/signer.hpp"

namespace e2e {

/// What is special about a release.
struct Edition {
  std::string first = {};                   ///< lines with which the application's script begins
  std::string settings = {};                ///< lines of `update` in the publisher's configuration
  std::string members = {};                 ///< of RELEASE.json: ", \"keys\": […]"
  std::string snapshot = {};                ///< more of its snapshot: "\"app.db\", "
  const support::Signer* signer = nullptr;  ///< nullptr: the project's
};

/// The project on a server.
class Project {
 public:
  /// `options` are those of the sandbox.
  explicit Project(const std::vector<std::string>& options = {}) : server("", options) {
    server.needs_sandbox();
  }

  void publish(const std::string& version, const Edition& edition = {});
  void set_notes(const std::string& version, const std::string& notes);
  std::string archive(const std::string& version);
  static std::string archive_name(const std::string& version);
  /// In the log of requests and in faults.
  std::string path_of_archive(const std::string& version);

  support::Server server;
  support::Signer signer;
};

/// The application, unpacked from its archive as a user would.
class Unpacked : public InstalledApp {
 public:
  Unpacked(Project& project, const std::string& version);
};

}  // namespace e2e
