// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "network/certificates.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

namespace network {

/// A sandbox that also speaks https, with this certificate. Its plain port is for requests of the
/// test itself.
class TlsServer {
 public:
  explicit TlsServer(const Certificate& certificate, const std::vector<std::string>& more = {});

  support::Server& plain() { return *server_; }
  std::string url() const { return server_->tls_url(); }  ///< https://127.0.0.1:PORT
  std::string url_by_name() const;                        ///< https://localhost:PORT
  /// A job for the existing tag v1.0.0, with one file; it reaches this server at `url`.
  support::Workspace job(const std::string& url);

 private:
  TempDir directory_;
  std::unique_ptr<support::Server> server_;
};

/// The run's log, with everything replaced that differs between runs.
std::string settled_log(const support::Run& run, TlsServer& server);

}  // namespace network
