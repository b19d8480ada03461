// SPDX-License-Identifier: MIT
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

#include "core/digest.hpp"

namespace disk {

/// Computes digests of blocks, which are added in order.
class Hashing {
 public:
  /// `beside`: in a separate thread; otherwise within add().
  Hashing(const std::vector<core::Algorithm>& algorithms, bool beside);

  /// `bytes` have to remain valid until they are hashed.
  void add(std::string_view bytes);
  /// If `count` or more blocks are not hashed yet, waits until only half of `count` are left.
  /// Waking up for each block would keep both threads on one processor.
  void wait_if_behind_by(std::size_t count);
  /// The digest of everything that was added, for each algorithm. Call it once.
  std::map<core::Algorithm, core::Digest> digests();

 private:
  void wait_until_left(std::size_t count);
  void work(const std::stop_token& stop);
  void update(std::string_view bytes);

  std::map<core::Algorithm, core::Hash> hashes_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::string_view> blocks_;  ///< not hashed yet
  std::size_t awaited_ = 0;              ///< the waiting thread wakes up when this many are left
  std::jthread thread_;                  ///< the last member, so that it ends before the others
};

}  // namespace disk
