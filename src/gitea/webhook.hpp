// SPDX-License-Identifier: MIT
// A redeploy webhook of a container manager: one POST without a body to an address that is itself
// the credential. Nothing of it is ever told: no host, no path, no answer's body, where it might
// come back.
#pragma once

#include <string>

#include "gitea/server.hpp"

namespace gitea {

class Webhook {
 public:
  /// `way`: how it is reached; its address and token are not used. Throws Error (workflow) where
  /// `address` is none.
  Webhook(const Token& address, const Server& way);

  /// For choosing a proxy.
  const Url& origin() const { return server_.api; }
  void go_through(std::optional<Proxy> proxy) { server_.proxy = std::move(proxy); }

  /// Repeated only where it never reached the server, or was told to come later (429). Redirects
  /// are not followed. Throws Error for everything but an answer of 2xx.
  void call();

 private:
  Server server_;
  std::string path_;  ///< with its query
};

}  // namespace gitea
