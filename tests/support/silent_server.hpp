// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace support {

/// A server that accepts connections and never responds: a run that sends a request waits.
class SilentServer {
 public:
  SilentServer();
  ~SilentServer();
  SilentServer(const SilentServer&) = delete;
  SilentServer& operator=(const SilentServer&) = delete;

  const std::string& url() const { return url_; }
  /// Returns when a client has connected; throws if none does.
  void wait_for_client();

 private:
  int listener_ = -1;
  int client_ = -1;
  std::string url_;
};

}  // namespace support
