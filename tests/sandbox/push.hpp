// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "world.hpp"

namespace sandbox {

/// What a push changes in the table of releases, some time after it changed git.
struct PushedTag {
  std::shared_ptr<Repository> repository;
  std::string tag;
  bool deleted = false;
  bool moved = false;  ///< the tag existed before, at another commit
  std::int64_t pusher = 0;
};

/// Gitea's queue between `git push` and the rows of the tags: 0.1 to 3.5 s were measured.
class PushQueue {
 public:
  explicit PushQueue(World& world);
  ~PushQueue();
  PushQueue(const PushQueue&) = delete;
  PushQueue& operator=(const PushQueue&) = delete;

  /// Without a delay the rows exist on return, unless a raw upload holds the database.
  void add(PushedTag pushed, std::chrono::milliseconds delay);

 private:
  struct Due {
    std::chrono::steady_clock::time_point at;
    PushedTag pushed;
  };
  void run();
  void apply(const PushedTag& pushed);
  void apply_locked(const PushedTag& pushed);

  World& world_;
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<Due> due_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace sandbox
