// SPDX-License-Identifier: MIT
// The only code that uses cpp-httplib.
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

/// Bytes from which on an upload waits for "100 Continue" before its body, if
/// Request::expect_continue is set. Below this size, waiting costs more than sending a body that is
/// rejected.
inline constexpr std::uint64_t expect_threshold = std::uint64_t{1} << 20;

class Client {
 public:
  struct Hooks {
    std::function<void(int)> connecting;  ///< for each new socket, before it connects
    std::function<void()>
        writing;  ///< the request to the server begins (not the CONNECT to a proxy)
    std::function<void()> failed;  ///< the source of the upload failed: nothing more will be sent
  };
  struct Timeouts {  ///< each for a single step; greater than 0
    std::chrono::milliseconds connect;
    std::chrono::milliseconds read;
    std::chrono::milliseconds write;
  };

  /// `server` has to outlive it.
  Client(const Server& server, Hooks hooks);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  /// Sends the request once. The library alone would send it again if the server closed a TLS
  /// connection without a response, although the server may have carried it out. `body` is that of
  /// an upload, or null. The body of the response goes to `intake`.
  Answer send(const Request& request, const std::string& path, UploadBody* body, Intake& intake,
              Timeouts timeouts);

 private:
  void write_headers_ourselves();

  const Server& server_;
  Hooks hooks_;
  bool wrote_ = false;  ///< part of the current request may have reached the server
  std::unique_ptr<httplib::ClientImpl> library_;
};

}  // namespace gitea
