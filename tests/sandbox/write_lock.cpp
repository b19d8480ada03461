// SPDX-License-Identifier: MIT
#include "write_lock.hpp"

namespace sandbox {

WriteLock::Hold WriteLock::take(std::chrono::milliseconds limit) {
  std::unique_lock lock(mutex_);
  const auto is_free = [this] { return !held_; };
  if (limit.count() == 0) {
    freed_.wait(lock, is_free);
  } else if (!freed_.wait_for(lock, limit, is_free)) {
    return Hold(nullptr);
  }
  held_ = true;
  return Hold(this);
}

WriteLock::Hold WriteLock::try_take() {
  const std::lock_guard lock(mutex_);
  if (held_) return Hold(nullptr);
  held_ = true;
  return Hold(this);
}

void WriteLock::release() {
  const std::lock_guard lock(mutex_);
  held_ = false;
  freed_.notify_one();
}

}  // namespace sandbox
