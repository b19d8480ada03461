// SPDX-License-Identifier: MIT
// The only door to cpp-httplib.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "gitea/exchange.hpp"
#include "gitea/intake.hpp"
#include "gitea/server.hpp"
#include "gitea/upload_body.hpp"

namespace httplib {
class ClientImpl;
}

namespace gitea {

/// From this size on an upload waits for "100 Continue" before its body, where Request asks for it; below
/// it the wait costs more than a body that is refused.
inline constexpr std::uint64_t expect_threshold = std::uint64_t{1} << 20;

class Client {
 public:
  struct Hooks {
    std::function<void(int)> connecting;  ///< with each new socket, before it connects
    std::function<void()> writing;        ///< the request itself, to the server, begins
    std::function<void()> failed;         ///< the upload's source: nothing more will be sent
  };
  struct Timeouts {  ///< of a single step each; above 0
    std::chrono::milliseconds connect;
    std::chrono::milliseconds read;
    std::chrono::milliseconds write;
  };

  /// `server` has to outlive it.
  Client(const Server& server, Hooks hooks);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Sends it once. The library by itself would send it again where a server closes a TLS connection
  /// without an answer, which one that has acted may do, too. `body`: of an upload, else null. The
  /// body of the answer goes to `intake`.
  Answer send(const Request& request, const std::string& path, UploadBody* body, Intake& intake,
              Timeouts timeouts);

 private:
  void write_headers_ourselves();

  const Server& server_;
  Hooks hooks_;
  bool wrote_ = false;  ///< something of the request in hand may have reached the server
  std::unique_ptr<httplib::ClientImpl> library_;
};

}  // namespace gitea
