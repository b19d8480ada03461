// SPDX-License-Identifier: MIT
// A request of HTTP/1.0, to which servers respond without chunks and close the connection.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <string_view>
#include <vector>

#include "core/error.hpp"
#include "disk/descriptor.hpp"
#include "gitea/url.hpp"
#include "launcher/loopback.hpp"

namespace launcher {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

constexpr std::size_t max_answer = 64 << 10;  // bytes

struct SocketAddress {
  sockaddr_storage storage{};
  socklen_t size = 0;
};

std::optional<SocketAddress> ipv4(const std::string& host, int port) {
  SocketAddress address;
  auto* in = reinterpret_cast<sockaddr_in*>(&address.storage);
  if (inet_pton(AF_INET, host.c_str(), &in->sin_addr) != 1) return std::nullopt;
  constexpr unsigned loopback_net = 127;
  if (ntohl(in->sin_addr.s_addr) >> 24 != loopback_net) return std::nullopt;
  in->sin_family = AF_INET;
  in->sin_port = htons(static_cast<std::uint16_t>(port));
  address.size = sizeof(sockaddr_in);
  return address;
}

std::optional<SocketAddress> ipv6(const std::string& host, int port) {
  SocketAddress address;
  auto* in = reinterpret_cast<sockaddr_in6*>(&address.storage);
  if (inet_pton(AF_INET6, host.c_str(), &in->sin6_addr) != 1) return std::nullopt;
  if (!IN6_IS_ADDR_LOOPBACK(&in->sin6_addr)) return std::nullopt;
  in->sin6_family = AF_INET6;
  in->sin6_port = htons(static_cast<std::uint16_t>(port));
  address.size = sizeof(sockaddr_in6);
  return address;
}

/// No names are looked up: a name server could answer with any address.
std::vector<SocketAddress> addresses_of(const gitea::Url& url) {
  std::vector<SocketAddress> all;
  const bool is_local = url.host == "localhost";
  for (const auto& address : {ipv4(is_local ? "127.0.0.1" : url.host, url.port),
                              ipv6(is_local ? "::1" : url.host, url.port)}) {
    if (address) all.push_back(*address);
  }
  return all;
}

class LocalConnection {
 public:
  LocalConnection(const SocketAddress& address, steady_clock::time_point deadline)
      : socket_(socket(address.storage.ss_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0)),
        deadline_(deadline) {
    const auto* to = reinterpret_cast<const sockaddr*>(&address.storage);
    const int result = connect(socket_.get(), to, address.size);
    is_open_ = (result == 0 || (errno == EINPROGRESS && is_ready(POLLOUT))) && error() == 0;
  }

  bool is_open() const { return is_open_; }

  bool send_all(std::string_view text) const {
    while (!text.empty()) {
      const ssize_t count = ::send(socket_.get(), text.data(), text.size(), MSG_NOSIGNAL);
      if (count > 0) {
        text.remove_prefix(static_cast<std::size_t>(count));
      } else if (errno != EINTR && !(errno == EAGAIN && is_ready(POLLOUT))) {
        return false;
      }
    }
    return true;
  }

  /// Everything until the server closes; nullopt if that is too much, or takes too long.
  std::optional<std::string> receive_all() const {
    std::string text;
    std::array<char, 4096> buffer{};
    while (text.size() <= max_answer) {
      const ssize_t count = recv(socket_.get(), buffer.data(), buffer.size(), 0);
      if (count == 0) return text;
      if (count > 0) {
        text.append(buffer.data(), static_cast<std::size_t>(count));
      } else if (errno != EINTR && !(errno == EAGAIN && is_ready(POLLIN))) {
        return std::nullopt;
      }
    }
    return std::nullopt;
  }

 private:
  bool is_ready(short what) const {
    const auto left = std::chrono::ceil<milliseconds>(deadline_ - steady_clock::now());
    pollfd ready{socket_.get(), what, 0};
    return left.count() > 0 && poll(&ready, 1, static_cast<int>(left.count())) > 0;
  }
  int error() const {
    int value = 0;
    socklen_t size = sizeof value;
    return getsockopt(socket_.get(), SOL_SOCKET, SO_ERROR, &value, &size) == 0 ? value : errno;
  }

  disk::Descriptor socket_;
  steady_clock::time_point deadline_;
  bool is_open_ = false;
};

/// The body of a response with status 200.
std::optional<std::string> body_of(const std::string& response) {
  const bool is_ok = response.starts_with("HTTP/1.") && response.substr(8, 5) == " 200 ";
  const auto end = response.find("\r\n\r\n");
  if (!is_ok || end == std::string::npos) return std::nullopt;
  return response.substr(end + 4);
}

}  // namespace

std::optional<std::string> loopback_get(const std::string& address, const std::string& path,
                                        milliseconds time) {
  gitea::Url url;
  try {
    url = gitea::parse_url(address, "the address of the application");
  } catch (const core::Error&) {
    return std::nullopt;
  }
  if (url.tls) return std::nullopt;
  const auto deadline = steady_clock::now() + time;
  const std::string request =
      fmt::format("GET {}{} HTTP/1.0\r\nHost: {}\r\nAccept: application/json\r\n\r\n", url.path,
                  path, std::string_view(url.origin()).substr(std::strlen("http://")));
  for (const SocketAddress& one : addresses_of(url)) {
    const LocalConnection connection(one, deadline);
    if (!connection.is_open() || !connection.send_all(request)) continue;
    if (const auto response = connection.receive_all()) return body_of(*response);
  }
  return std::nullopt;
}

}  // namespace launcher
