// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "network/certificates.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

namespace network {

/// A sandbox that speaks https, too, with this certificate. Its plain side is for the tests' own
/// questions.
class TlsServer {
 public:
  explicit TlsServer(const Certificate& certificate, const std::vector<std::string>& more = {});

  support::Server& plain() { return *server_; }
  std::string url() const { return server_->tls_url(); }  ///< https://127.0.0.1:PORT
  std::string url_by_name() const;                        ///< https://localhost:PORT
  /// A job for the tag v1.0.0, which is there, with one file; it knows this server as `url`.
  support::Workspace job(const std::string& url);

 private:
  TempDir directory_;
  std::unique_ptr<support::Server> server_;
};

/// The run's log, with what differs from run to run replaced.
std::string settled_log(const support::Run& run, TlsServer& server);

}  // namespace network
