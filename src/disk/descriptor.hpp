// SPDX-License-Identifier: MIT
#pragma once

#include <unistd.h>

#include <utility>

namespace disk {

/// Owns an open file or directory.
class Descriptor {
 public:
  Descriptor() = default;
  explicit Descriptor(int handle) : handle_(handle) {}
  ~Descriptor() { reset(); }
  Descriptor(Descriptor&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}
  Descriptor& operator=(Descriptor&& other) noexcept {
    reset();
    handle_ = std::exchange(other.handle_, -1);
    return *this;
  }

  int get() const { return handle_; }
  int release() { return std::exchange(handle_, -1); }  ///< the caller closes it
  explicit operator bool() const { return handle_ >= 0; }

 private:
  void reset() {
    if (handle_ >= 0) close(std::exchange(handle_, -1));
  }

  int handle_ = -1;
};

}  // namespace disk
