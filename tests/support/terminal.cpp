// SPDX-License-Identifier: MIT
#include "support/terminal.hpp"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <stdexcept>

#include "support/under_test.hpp"

namespace support {

Terminal::Terminal() : descriptor_(posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC)) {
  needs_this_system("a pseudo-terminal");
  std::array<char, 64> name{};
  if (descriptor_ < 0 || grantpt(descriptor_) != 0 || unlockpt(descriptor_) != 0 ||
      ptsname_r(descriptor_, name.data(), name.size()) != 0) {
    throw std::runtime_error("no pseudo-terminal");
  }
  path_ = name.data();
  other_end_ = open(path_.c_str(), O_RDWR | O_NOCTTY | O_CLOEXEC);
  reader_ = std::thread([this] { read_all(); });
}

Terminal::~Terminal() {
  stop_ = true;
  reader_.join();
  close(other_end_);
  close(descriptor_);
}

void Terminal::type(const std::string& keys) const {
  if (write(descriptor_, keys.data(), keys.size()) != static_cast<ssize_t>(keys.size())) {
    throw std::runtime_error("the keys could not be typed");
  }
}

std::string Terminal::seen() const {
  const std::lock_guard lock(mutex_);
  return seen_;
}

bool Terminal::shows(const std::string& text) const {
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (seen().find(text) == std::string::npos) {
    if (std::chrono::steady_clock::now() > end) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return true;
}

void Terminal::read_all() {
  std::array<char, 4096> buffer{};
  while (!stop_) {
    pollfd ready{descriptor_, POLLIN, 0};
    if (poll(&ready, 1, 20) != 1 || (ready.revents & POLLIN) == 0) continue;
    const auto size = read(descriptor_, buffer.data(), buffer.size());
    if (size <= 0) continue;
    const std::lock_guard lock(mutex_);
    seen_.append(buffer.data(), static_cast<std::size_t>(size));
  }
}

}  // namespace support
