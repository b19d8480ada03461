// SPDX-License-Identifier: MIT
#include "support/silent_server.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace support {

SilentServer::SilentServer() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  auto* const any = reinterpret_cast<sockaddr*>(&address);
  if (bind(listener_, any, size) != 0 || listen(listener_, 8) != 0 ||
      getsockname(listener_, any, &size) != 0) {
    throw std::runtime_error("no listener");
  }
  url_ = "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
}

SilentServer::~SilentServer() {
  if (client_ >= 0) close(client_);
  close(listener_);
}

void SilentServer::wait_for_client() {
  constexpr int patience = 30'000;  // milliseconds
  pollfd ready{listener_, POLLIN, 0};
  if (poll(&ready, 1, patience) != 1) throw std::runtime_error("nobody has connected");
  client_ = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
}

}  // namespace support
