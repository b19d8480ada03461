// SPDX-License-Identifier: MIT
// Reads a release all the time while jobs fill it, and downloads one file of it.
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

/// The state of the release from `at` on.
struct Seen {
  Clock::time_point at;
  std::optional<Release> release;
  std::string mark;  ///< the commit in it; "" without one
  /// Of a published release with a single SHA256SUMS that was read: the names in it.
  std::optional<std::set<std::string>> summed = {};

  bool published() const { return release && !release->draft && mark.empty(); }
  std::string line() const;
};

/// The commit in the mark of `body`; "" if there is none.
std::string mark_in(const std::string& body);

class Observer {
 public:
  /// `pace`: between two reads.
  Observer(Server& server, const std::string& tag,
           std::chrono::milliseconds pace = std::chrono::milliseconds(6));
  ~Observer() { end(); }
  Observer(const Observer&) = delete;
  Observer& operator=(const Observer&) = delete;

  /// From now on also downloads `name`, without a token. Each content must be one of `contents`.
  void download(const std::string& name, std::set<std::string> contents);

  /// From now on also reads the SHA256SUMS of published releases.
  void read_checksums() { reads_sums_ = true; }

  /// Returns when every thread has read the present state.
  void catch_up();
  std::optional<Seen> latest() const;
  void end();
  const std::vector<Seen>& seen() const { return seen_; }                        ///< after its end
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
  std::uint64_t turn_ = 0;               ///< increases when a caller wants to catch up
  std::vector<std::uint64_t> finished_;  ///< the last turn in which each thread has read
  std::vector<Seen> seen_;
  std::string last_ = "nothing yet";
  std::set<std::string> bad_downloads_;
  std::atomic<int> downloads_ = 0;
  std::atomic<bool> reads_sums_ = false;
  std::vector<std::thread> threads_;
};

/// States that must never be seen.
struct Expected {
  std::set<std::string> commits;                ///< that a mark may name
  std::vector<std::set<std::string>> complete;  ///< complete sets: a published release has one
  bool names_may_vanish = false;                ///< if a start-over or a user deletes
};
std::vector<std::string> faults_seen(const std::vector<Seen>& seen, const Expected& expected);

/// Announcements that others can see: their names in a published release.
std::set<std::string> public_announcements(const std::vector<Seen>& seen);

/// A release that was published, and was a draft again later.
struct Hidden {
  Clock::time_point published;
  Clock::time_point hidden;
};
std::vector<Hidden> hidden_again(const std::vector<Seen>& seen);

/// Names for which another asset remains in the end than the one with the highest id of all seen.
std::vector<std::string> not_the_highest(const std::vector<Seen>& seen);

/// How long the release was public with the mark: the server's doing, until a run has seen it.
std::chrono::milliseconds public_early(const std::vector<Seen>& seen);

}  // namespace support
