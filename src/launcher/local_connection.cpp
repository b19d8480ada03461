// SPDX-License-Identifier: MIT
#include "launcher/local_connection.hpp"

#include <array>

namespace launcher {

using gitea::Readiness;
using std::chrono::milliseconds;
using std::chrono::steady_clock;

LocalConnection::LocalConnection(const std::string& address, int port,
                                 steady_clock::time_point deadline)
    : socket_(gitea::begin_connection(address, port)), deadline_(deadline) {
  is_open_ = socket_ >= 0 && is_ready(Readiness::to_send) && gitea::is_connected(socket_);
}

LocalConnection::~LocalConnection() {
  if (socket_ >= 0) gitea::close_socket(socket_);
}

bool LocalConnection::send_all(std::string_view text) const {
  while (!text.empty()) {
    const auto count = gitea::send_some(socket_, text);
    if (count > 0) {
      text.remove_prefix(static_cast<std::size_t>(count));
    } else if (!gitea::may_repeat() || !is_ready(Readiness::to_send)) {
      return false;
    }
  }
  return true;
}

std::optional<std::string> LocalConnection::receive_all(std::size_t limit) const {
  std::string text;
  std::array<char, 4096> buffer{};
  while (text.size() <= limit) {
    const auto count = gitea::receive_some(socket_, buffer.data(), buffer.size());
    if (count == 0) return text;
    if (count > 0) {
      text.append(buffer.data(), static_cast<std::size_t>(count));
    } else if (!gitea::may_repeat() || !is_ready(Readiness::to_receive)) {
      return std::nullopt;
    }
  }
  return std::nullopt;
}

bool LocalConnection::is_ready(Readiness what) const {
  const auto left = std::chrono::ceil<milliseconds>(deadline_ - steady_clock::now());
  return left.count() > 0 && gitea::becomes_ready(socket_, what, left);
}

}  // namespace launcher
