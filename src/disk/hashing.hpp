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

/// Digests, of blocks that are added in their order.
class Hashing {
 public:
  /// `beside`: in a thread of its own; else within add().
  Hashing(const std::vector<core::Algorithm>& algorithms, bool beside);

  /// `bytes` have to stay until they were waited for.
  void add(std::string_view bytes);
  /// Where `count` blocks are not hashed yet: until only the latest half of them is not. Waking for each
  /// one would keep both threads on one processor.
  void wait_if_behind_by(std::size_t count);
  /// Of all that was added, each algorithm's; once.
  std::map<core::Algorithm, core::Digest> digests();

 private:
  void wait_until_left(std::size_t count);
  void work(const std::stop_token& stop);
  void update(std::string_view bytes);

  std::map<core::Algorithm, core::Hash> hashes_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::deque<std::string_view> blocks_;  ///< still to be hashed
  std::size_t awaited_ = 0;              ///< how many of them may be left for whoever waits
  std::jthread thread_;                  ///< ends before the rest of this does
};

}  // namespace disk
