// SPDX-License-Identifier: MIT
// Information about the server itself, independent of a repository.
#pragma once

#include <string>

#include "gitea/http.hpp"

namespace gitea {

/// GET /version.
Request version_request();

struct ServerInfo {
  std::string version;  ///< "1.25.4", "7.0.16+gitea-1.21.11"
  std::string date;     ///< the header Date, unchanged; "" if there is none
};

/// Whether the port of `server` speaks TLS. Sends no token and does not verify the certificate.
bool speaks_tls(Server server);

/// `server` has to outlive it.
class ServerApi {
 public:
  explicit ServerApi(const Server& server) : server_(server), http_(server) {}

  /// Throws Error if the server cannot be reached, or is not Gitea or Forgejo.
  ServerInfo info();
  /// Whether the server accepts files on releases; true if it does not say.
  bool takes_attachments();

 private:
  const Server& server_;
  Http http_;
};

}  // namespace gitea
