// SPDX-License-Identifier: MIT
// What a server can do, by the version it tells: "1.25.4", or of Forgejo "7.0.16+gitea-1.21.11".
// false where it tells none. Source: the servers' own, as read (reference: their release notes and
// routes).
#pragma once

#include <string>

namespace gitea {

/// Whether this program has been tried, or its requests read, against servers of this age: Gitea
/// from 1.20, Forgejo from 7.
bool is_known(const std::string& version);

/// Whether it writes an upload to disk as it comes, instead of holding it in memory: Gitea from
/// 1.25, Forgejo from 11.
bool spools_uploads(const std::string& version);

/// Whether it takes a file as the whole body of a request: Gitea from 1.22, Forgejo from 7.
bool takes_raw_uploads(const std::string& version);

/// Whether its API links packages to repositories: Gitea from 1.24, Forgejo from 11.
bool links_packages(const std::string& version);

/// "Gitea 1.25.4", "Forgejo 7.0.16".
std::string name_of_server(const std::string& version);

}  // namespace gitea
