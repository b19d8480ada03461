// SPDX-License-Identifier: MIT
#include <winsock2.h>
#include <ws2tcpip.h>
// They must come first.
#include <windows.h>

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

int duplicate_socket(int socket) {
  WSAPROTOCOL_INFOW description{};
  if (WSADuplicateSocketW(static_cast<SOCKET>(socket), GetCurrentProcessId(), &description) != 0) {
    return -1;
  }
  // The numbers of sockets are small: they are handles.
  return static_cast<int>(WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO,
                                     &description, 0, WSA_FLAG_NO_HANDLE_INHERIT));
}

void shut_down_socket(int socket) { shutdown(static_cast<SOCKET>(socket), SD_BOTH); }
void close_socket(int socket) { closesocket(static_cast<SOCKET>(socket)); }

}  // namespace gitea
