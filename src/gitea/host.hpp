// SPDX-License-Identifier: MIT
// What a server says of itself, whatever the repository.
#pragma once

#include <string>

#include "gitea/http.hpp"

namespace gitea {

struct HostInfo {
  std::string version;  ///< "1.25.4", "7.0.16+gitea-1.21.11"
  std::string date;     ///< its clock: the header Date, as it came; "" without one
};

/// Whether the port of `server` answers in TLS. Asks without the token, and whoever it is.
bool speaks_tls(Server server);

/// `server` has to outlive it.
class Host {
 public:
  explicit Host(const Server& server) : server_(server), http_(server) {}

  /// Throws Error where it cannot be reached, or is no Gitea or Forgejo.
  HostInfo info();
  /// Whether releases may have files; true where it does not say.
  bool takes_attachments();

 private:
  const Server& server_;
  Http http_;
};

}  // namespace gitea
