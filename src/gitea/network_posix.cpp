// SPDX-License-Identifier: MIT
#include <arpa/inet.h>
#include <fcntl.h>
#include <netdb.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

#include "gitea/network.hpp"

namespace gitea {

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

int duplicate_socket(int socket) { return fcntl(socket, F_DUPFD_CLOEXEC, 0); }
void shut_down_socket(int socket) { shutdown(socket, SHUT_RDWR); }
void close_socket(int socket) { close(socket); }

}  // namespace gitea
