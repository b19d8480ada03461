// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>

namespace sandbox {

/// The single writer that SQLite allows. A raw upload holds the lock for its whole network time;
/// all other writes wait.
class WriteLock {
 public:
  /// Releases the lock in its destructor, if it ever got it.
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

  /// Waits for `limit` at most, or for ever if it is 0; returns an empty Hold if that was too
  /// short.
  Hold take(std::chrono::milliseconds limit);
  Hold try_take();

 private:
  void release();

  std::mutex mutex_;
  std::condition_variable freed_;
  bool held_ = false;
};

}  // namespace sandbox
