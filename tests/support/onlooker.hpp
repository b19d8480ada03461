// SPDX-License-Identifier: MIT
// Somebody who looks at a release all the time while jobs fill it, and at one download of it.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "support/server.hpp"

namespace support {

using Clock = std::chrono::steady_clock;

/// The release as it stood from `at` on.
struct Seen {
  Clock::time_point at;
  std::optional<Release> release;
  std::string mark;  ///< the commit in it; "" without one
  /// Of a published one with a single SHA256SUMS, where that was looked at: the names in it.
  std::optional<std::set<std::string>> summed = {};

  bool published() const { return release && !release->draft && mark.empty(); }
  std::string line() const;
};

/// The commit in the mark of `body`; "" where there is none.
std::string mark_in(const std::string& body);

class Onlooker {
 public:
  /// `pace`: between two looks.
  Onlooker(Server& server, const std::string& tag,
           std::chrono::milliseconds pace = std::chrono::milliseconds(6));
  ~Onlooker() { end(); }
  Onlooker(const Onlooker&) = delete;
  Onlooker& operator=(const Onlooker&) = delete;

  /// Also downloads `name` from now on, as anybody does. Each content has to be one of `contents`.
  void download(const std::string& name, std::set<std::string> contents);

  /// From now on also reads the SHA256SUMS of what is published.
  void read_sums() { reads_sums_ = true; }

  /// Returns once everything has been looked at as it is now.
  void catch_up();
  std::optional<Seen> latest() const;
  void end();
  const std::vector<Seen>& seen() const { return seen_; }  ///< once it has ended
  const std::set<std::string>& bad_downloads() const { return bad_downloads_; }  ///< likewise
  int downloads() const { return downloads_; }

 private:
  void start(std::function<void()> look);
  void repeat(std::size_t index, const std::function<void()>& look);
  void look_at_release(Wire& wire, const std::string& path);
  void look_at_download(Wire& wire, const std::string& path, const std::set<std::string>& contents);
  void read_sums_of(Seen& seen, Wire& wire) const;
  void note_bad(const std::string& what);

  Server& server_;
  const std::string tag_;
  const std::chrono::milliseconds pace_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  bool stop_ = false;
  std::uint64_t turn_ = 0;               ///< goes up when somebody wants to catch up
  std::vector<std::uint64_t> finished_;  ///< the last turn that each thread has looked in
  std::vector<Seen> seen_;
  std::string last_ = "nothing yet";
  std::set<std::string> bad_downloads_;
  std::atomic<int> downloads_ = 0;
  std::atomic<bool> reads_sums_ = false;
  std::vector<std::thread> threads_;
};

/// What must never be seen.
struct Expected {
  std::set<std::string> commits;                ///< that a mark may name
  std::vector<std::set<std::string>> complete;  ///< one of these is there once it is published
  bool names_may_go = false;                    ///< a start-over, or somebody who deletes
};
std::vector<std::string> faults_seen(const std::vector<Seen>& seen, const Expected& expected);

/// What jobs leave for one another, and nobody else may see: names of it in a published release.
std::set<std::string> public_entries(const std::vector<Seen>& seen);

/// A release that was published, and was a draft again later.
struct Hidden {
  Clock::time_point published;
  Clock::time_point hidden;
};
std::vector<Hidden> hidden_again(const std::vector<Seen>& seen);

/// Names of which in the end another asset is there than the one with the highest id of all seen.
std::vector<std::string> not_the_highest(const std::vector<Seen>& seen);

/// How long it was public with the mark on it: the server's doing, until a run has seen it.
std::chrono::milliseconds public_early(const std::vector<Seen>& seen);

}  // namespace support
