// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <unistd.h>

#include <cerrno>

#include "gitea/network.hpp"
#include "gitea/sockets.hpp"

namespace gitea {

int open_socket(int family) {
  return socket(family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

bool is_in_progress() { return errno == EINPROGRESS; }

bool is_connected(int socket) {
  int error = 0;
  socklen_t size = sizeof error;
  return getsockopt(socket, SOL_SOCKET, SO_ERROR, &error, &size) == 0 && error == 0;
}

std::ptrdiff_t send_some(int socket, std::string_view bytes) {
  return send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
}

std::ptrdiff_t receive_some(int socket, char* buffer, std::size_t size) {
  return recv(socket, buffer, size, 0);
}

bool may_repeat() { return errno == EAGAIN || errno == EINTR; }

bool becomes_ready(int socket, Readiness what, std::chrono::milliseconds time) {
  pollfd ready{socket, static_cast<short>(what == Readiness::to_send ? POLLOUT : POLLIN), 0};
  return poll(&ready, 1, static_cast<int>(time.count())) > 0;
}

int duplicate_socket(int socket) { return fcntl(socket, F_DUPFD_CLOEXEC, 0); }
void shut_down_socket(int socket) { shutdown(socket, SHUT_RDWR); }
void close_socket(int socket) { close(socket); }

}  // namespace gitea
