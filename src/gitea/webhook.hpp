// SPDX-License-Identifier: MIT
// A redeploy webhook of a container manager: one POST without a body to an address that is itself
// the credential. Messages never contain its host, its path, or the body of a response, which could
// repeat them.
#pragma once

#include <string>

#include "gitea/server.hpp"

namespace gitea {

class Webhook {
 public:
  /// `way` has the connection settings; its address and token are not used. Throws Error (workflow)
  /// if `address` is not valid.
  Webhook(const core::Token& address, const Server& way);

  /// For selecting a proxy.
  const Url& origin() const { return server_.api; }
  void go_through(std::optional<Proxy> proxy) { server_.proxy = std::move(proxy); }

  /// Sends the request. Retries it only if it never reached the server, or if the server sent 429.
  /// Does not follow redirects. Throws Error for any response but a 2xx.
  void call();

 private:
  Server server_;
  std::string path_;  ///< with the query
};

}  // namespace gitea
