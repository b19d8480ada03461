// SPDX-License-Identifier: MIT
#include "gitea/network.hpp"
#include "gitea/sockets.hpp"
// It must come last.
#include <windows.h>

namespace gitea {
namespace {

/// Sockets can be used as long as it lives.
struct Network {
  Network() {
    WSADATA data{};
    WSAStartup(MAKEWORD(2, 2), &data);
  }
};

SOCKET whole(int socket) { return static_cast<SOCKET>(socket); }

/// The numbers of sockets are small: they are handles.
int small(SOCKET socket) { return static_cast<int>(socket); }

}  // namespace

int open_socket(int family) {
  static const Network network;
  const SOCKET opened = WSASocketW(family, SOCK_STREAM, 0, nullptr, 0, WSA_FLAG_NO_HANDLE_INHERIT);
  u_long yes = 1;
  ioctlsocket(opened, static_cast<long>(FIONBIO), &yes);
  return small(opened);
}

bool is_in_progress() { return WSAGetLastError() == WSAEWOULDBLOCK; }

bool is_connected(int socket) {
  int error = 0;
  int size = sizeof error;
  auto* const to = reinterpret_cast<char*>(&error);
  return getsockopt(whole(socket), SOL_SOCKET, SO_ERROR, to, &size) == 0 && error == 0;
}

std::ptrdiff_t send_some(int socket, std::string_view bytes) {
  return send(whole(socket), bytes.data(), static_cast<int>(bytes.size()), 0);
}

std::ptrdiff_t receive_some(int socket, char* buffer, std::size_t size) {
  return recv(whole(socket), buffer, static_cast<int>(size), 0);
}

bool may_repeat() { return WSAGetLastError() == WSAEWOULDBLOCK; }

bool becomes_ready(int socket, Readiness what, std::chrono::milliseconds time) {
  const auto event = static_cast<short>(what == Readiness::to_send ? POLLOUT : POLLIN);
  WSAPOLLFD ready{whole(socket), event, 0};
  return WSAPoll(&ready, 1, static_cast<int>(time.count())) > 0;
}

int duplicate_socket(int socket) {
  WSAPROTOCOL_INFOW description{};
  if (WSADuplicateSocketW(whole(socket), GetCurrentProcessId(), &description) != 0) return -1;
  return small(WSASocketW(FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, FROM_PROTOCOL_INFO, &description,
                          0, WSA_FLAG_NO_HANDLE_INHERIT));
}

void shut_down_socket(int socket) { shutdown(whole(socket), SD_BOTH); }
void close_socket(int socket) { closesocket(whole(socket)); }

}  // namespace gitea
