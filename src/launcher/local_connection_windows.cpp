// SPDX-License-Identifier: MIT
#include <winsock2.h>
#include <ws2tcpip.h>
// They must come first.
#include <windows.h>

#include <array>
#include <cstdint>

#include "launcher/local_connection.hpp"

namespace launcher {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Sockets can be used as long as it lives.
struct Network {
  Network() {
    WSADATA data{};
    WSAStartup(MAKEWORD(2, 2), &data);
  }
};

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

bool is_waiting() { return WSAGetLastError() == WSAEWOULDBLOCK; }

SOCKET whole(int socket) { return static_cast<SOCKET>(socket); }

}  // namespace

LocalConnection::LocalConnection(const std::string& address, int port,
                                 steady_clock::time_point deadline)
    : deadline_(deadline) {
  static const Network network;
  const SocketAddress to = socket_address(address, port);
  // The numbers of sockets are small: they are handles.
  socket_ = static_cast<int>(
      WSASocketW(to.storage.ss_family, SOCK_STREAM, 0, nullptr, 0, WSA_FLAG_NO_HANDLE_INHERIT));
  u_long yes = 1;
  ioctlsocket(whole(socket_), static_cast<long>(FIONBIO), &yes);
  const int result =
      connect(whole(socket_), reinterpret_cast<const sockaddr*>(&to.storage), to.size);
  is_open_ = (result == 0 || (is_waiting() && is_ready(POLLOUT))) && error() == 0;
}

LocalConnection::~LocalConnection() {
  if (socket_ >= 0) closesocket(whole(socket_));
}

bool LocalConnection::send_all(std::string_view text) const {
  while (!text.empty()) {
    const int count = ::send(whole(socket_), text.data(), static_cast<int>(text.size()), 0);
    if (count > 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (!(is_waiting() && is_ready(POLLOUT))) {
      return false;
    }
  }
  return true;
}

std::optional<std::string> LocalConnection::receive_all(std::size_t limit) const {
  std::string text;
  std::array<char, 4096> buffer{};
  while (text.size() <= limit) {
    const int count = recv(whole(socket_), buffer.data(), static_cast<int>(buffer.size()), 0);
    if (count == 0) return text;
    if (count > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (!(is_waiting() && is_ready(POLLIN))) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

bool LocalConnection::is_ready(short what) const {
  const auto left = std::chrono::ceil<milliseconds>(deadline_ - steady_clock::now());
  WSAPOLLFD ready{whole(socket_), what, 0};
  return left.count() > 0 && WSAPoll(&ready, 1, static_cast<int>(left.count())) > 0;
}

int LocalConnection::error() const {
  int value = 0;
  int size = sizeof value;
  auto* const to = reinterpret_cast<char*>(&value);
  return getsockopt(whole(socket_), SOL_SOCKET, SO_ERROR, to, &size) == 0 ? value : -1;
}

}  // namespace launcher
