// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <deque>
#include <mutex>
#include <string_view>
#include <thread>

#include "core/digest.hpp"

namespace disk {

/// One SHA-256, of blocks that are added in their order.
class Hashing {
 public:
  /// `beside`: in a thread of its own; else within add().
  explicit Hashing(bool beside);

  /// `bytes` have to stay until they were waited for.
  void add(std::string_view bytes);
  /// Until at most `count` blocks are not hashed yet: the latest ones.
  void wait_for_all_but(std::size_t count);
  /// Of all that was added; once.
  core::Digest digest();

 private:
  void work(const std::stop_token& stop);

  core::Hash hash_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::string_view> blocks_;  ///< still to be hashed
  std::jthread thread_;                  ///< ends before the rest of this does
};

}  // namespace disk
