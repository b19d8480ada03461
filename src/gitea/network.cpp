// SPDX-License-Identifier: MIT
#include "gitea/network.hpp"

#include <array>
#include <cstdint>
#include <cstring>

#include "gitea/sockets.hpp"

namespace gitea {
namespace {

/// An IP address and a port, as the system has them.
struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

SocketAddress socket_address(const std::string& bits, int port) {
  SocketAddress address;
  const auto port_bits = htons(static_cast<std::uint16_t>(port));
  if (bits.size() == sizeof(in_addr)) {
    auto* const in = reinterpret_cast<sockaddr_in*>(&address.storage);
    in->sin_family = AF_INET;
    in->sin_port = port_bits;
    std::memcpy(&in->sin_addr, bits.data(), bits.size());
    address.size = sizeof(sockaddr_in);
  } else if (bits.size() == sizeof(in6_addr)) {
    auto* const in6 = reinterpret_cast<sockaddr_in6*>(&address.storage);
    in6->sin6_family = AF_INET6;
    in6->sin6_port = port_bits;
    std::memcpy(&in6->sin6_addr, bits.data(), bits.size());
    address.size = sizeof(sockaddr_in6);
  }
  return address;
}

}  // namespace

std::string address_bits(const std::string& host) {
  std::array<char, sizeof(in6_addr)> bits{};
  if (inet_pton(AF_INET, host.c_str(), bits.data()) == 1) return {bits.data(), sizeof(in_addr)};
  if (inet_pton(AF_INET6, host.c_str(), bits.data()) == 1) return {bits.data(), bits.size()};
  return {};
}

bool resolves(const std::string& host) {
  addrinfo* found = nullptr;
  const bool ok = getaddrinfo(host.c_str(), nullptr, nullptr, &found) == 0;
  if (found != nullptr) freeaddrinfo(found);
  return ok;
}

int begin_connection(const std::string& address, int port) {
  const SocketAddress to = socket_address(address_bits(address), port);
  if (to.size == 0) return -1;
  const int opened = open_socket(to.storage.ss_family);
  if (opened < 0) return -1;
  const auto* const where = reinterpret_cast<const sockaddr*>(&to.storage);
  if (connect(opened, where, to.size) == 0 || is_in_progress()) return opened;
  close_socket(opened);
  return -1;
}

}  // namespace gitea
