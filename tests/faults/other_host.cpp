// SPDX-License-Identifier: MIT
#include "faults/other_host.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <stdexcept>

namespace faults {

OtherHost::OtherHost() : listener_(socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (bind(listener_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      listen(listener_, 8) != 0) {
    throw std::runtime_error("cannot listen");
  }
}

OtherHost::~OtherHost() { close(listener_); }

std::string OtherHost::url() const {
  sockaddr_in address{};
  socklen_t size = sizeof address;
  getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  return "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port));
}

bool OtherHost::was_visited() {
  const int visitor = accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
  if (visitor < 0) return false;
  close(visitor);
  return true;
}

}  // namespace faults
