// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "gitea/network.hpp"

namespace launcher {

/// A connection to a program on this machine, with a deadline for everything.
class LocalConnection {
 public:
  /// `address`: an IP address.
  LocalConnection(const std::string& address, int port,
                  std::chrono::steady_clock::time_point deadline);
  ~LocalConnection();
  LocalConnection(const LocalConnection&) = delete;
  LocalConnection& operator=(const LocalConnection&) = delete;

  bool is_open() const { return is_open_; }
  bool send_all(std::string_view text) const;
  /// Everything until the server closes; nullopt if that is more than `limit` bytes, or takes too long.
  std::optional<std::string> receive_all(std::size_t limit) const;

 private:
  bool is_ready(gitea::Readiness what) const;

  int socket_;
  std::chrono::steady_clock::time_point deadline_;
  bool is_open_ = false;
};

}  // namespace launcher
