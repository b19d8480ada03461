// SPDX-License-Identifier: MIT
#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>

#include "launcher/local_connection.hpp"

namespace launcher {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// An IP address and a port, as the system has it.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

SocketAddress socket_address(const std::string& host, int port) {
  SocketAddress address;
  auto* in = reinterpret_cast<sockaddr_in*>(&address.storage);
  auto* in6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
  if (inet_pton(AF_INET, host.c_str(), &in->sin_addr) == 1) {
    in->sin_family = AF_INET;
    in->sin_port = htons(static_cast<std::uint16_t>(port));
    address.size = sizeof(sockaddr_in);
  } else if (inet_pton(AF_INET6, host.c_str(), &in6->sin6_addr) == 1) {
    in6->sin6_family = AF_INET6;
    in6->sin6_port = htons(static_cast<std::uint16_t>(port));
    address.size = sizeof(sockaddr_in6);
  }
  return address;
}

}  // namespace

LocalConnection::LocalConnection(const std::string& address, int port,
                                 steady_clock::time_point deadline)
    : deadline_(deadline) {
  const SocketAddress to = socket_address(address, port);
  socket_ = socket(to.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  const int result = connect(socket_, reinterpret_cast<const sockaddr*>(&to.storage), to.size);
  is_open_ = (result == 0 || (errno == EINPROGRESS && is_ready(POLLOUT))) && error() == 0;
}

LocalConnection::~LocalConnection() {
  if (socket_ >= 0) close(socket_);
}

bool LocalConnection::send_all(std::string_view text) const {
  while (!text.empty()) {
    const ssize_t count = ::send(socket_, text.data(), text.size(), MSG_NOSIGNAL);
    if (count > 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno != EINTR && !(errno == EAGAIN && is_ready(POLLOUT))) {
      return false;
    }
  }
  return true;
}

std::optional<std::string> LocalConnection::receive_all(std::size_t limit) const {
  std::string text;
  std::array<char, 4096> buffer{};
  while (text.size() <= limit) {
    const ssize_t count = recv(socket_, buffer.data(), buffer.size(), 0);
    if (count == 0) return text;
    if (count > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (errno != EINTR && !(errno == EAGAIN && is_ready(POLLIN))) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

bool LocalConnection::is_ready(short what) const {
  const auto left = std::chrono::ceil<milliseconds>(deadline_ - steady_clock::now());
  pollfd ready{socket_, what, 0};
  return left.count() > 0 && poll(&ready, 1, static_cast<int>(left.count())) > 0;
}

int LocalConnection::error() const {
  int value = 0;
  socklen_t size = sizeof value;
  return getsockopt(socket_, SOL_SOCKET, SO_ERROR, &value, &size) == 0 ? value : errno;
}

}  // namespace launcher
