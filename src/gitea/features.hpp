// SPDX-License-Identifier: MIT
// What a server can do, by its version: "1.25.4", or for Forgejo "7.0.16+gitea-1.21.11". All
// functions return false if the version is "". Source: release notes and routes of the servers.
#pragma once

#include <string>

namespace gitea {

/// Whether this program supports the version: Gitea 1.20 and later, Forgejo 7 and later.
bool is_known(const std::string& version);

/// Whether the server writes an upload to disk while it arrives, instead of holding it in memory:
/// Gitea 1.25 and later, Forgejo 11 and later.
bool spools_uploads(const std::string& version);

/// Whether the server accepts a file as the whole body of a request: Gitea 1.22 and later, Forgejo
/// 7 and later.
bool takes_raw_uploads(const std::string& version);

/// Whether the API can link packages to repositories: Gitea 1.24 and later, Forgejo 11 and later.
bool links_packages(const std::string& version);

/// "Gitea 1.25.4", "Forgejo 7.0.16".
std::string name_of_server(const std::string& version);

}  // namespace gitea
