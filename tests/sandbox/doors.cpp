// SPDX-License-Identifier: MIT
#include "doors.hpp"

#include <algorithm>
#include <utility>

namespace sandbox {

int Doors::open() {
  auto door = std::make_unique<HttpServer>(0, handler_);
  const int port = door->port();
  door->start();
  const std::lock_guard lock(mutex_);
  open_[port] = std::move(door);
  return port;
}

bool Doors::shut(int port, std::chrono::milliseconds time) {
  const std::lock_guard lock(mutex_);
  const auto found = open_.find(port);
  if (found == open_.end()) return false;
  found->second->shut(time);
  return true;
}

bool Doors::close(int port) {
  std::unique_ptr<HttpServer> door;
  {
    const std::lock_guard lock(mutex_);
    const auto found = open_.find(port);
    if (found == open_.end()) return false;
    door = std::move(found->second);
    open_.erase(found);
  }
  if (door->stop()) return true;
  const std::lock_guard lock(mutex_);
  lingering_.push_back(std::move(door));
  return true;
}

bool Doors::stop() {
  const std::lock_guard lock(mutex_);
  bool all = lingering_.empty();
  for (const auto& [port, door] : open_) all = door->stop() && all;
  return all;
}

}  // namespace sandbox
