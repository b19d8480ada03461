// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace sandbox {

/// The one writer that SQLite allows. A raw upload holds it for its whole network time; everything
/// that writes waits.
class WriteLock {
 public:
  /// Lets go at its end, if it ever got the lock.
  class Hold {
   public:
    explicit Hold(WriteLock* lock) : lock_(lock) {}
    ~Hold() {
      if (lock_ != nullptr) lock_->release();
    }
    Hold(Hold&& other) noexcept : lock_(other.lock_) { other.lock_ = nullptr; }
    Hold(const Hold&) = delete;
    Hold& operator=(const Hold&) = delete;
    Hold& operator=(Hold&&) = delete;
    explicit operator bool() const { return lock_ != nullptr; }

   private:
    WriteLock* lock_ = nullptr;
  };

  /// Waits for `limit` at most, or for ever when it is 0; an empty Hold when that was too short.
  Hold take(std::chrono::milliseconds limit);
  Hold try_take();

 private:
  void release();

  std::mutex mutex_;
  std::condition_variable freed_;
  bool held_ = false;
};

}  // namespace sandbox
