// SPDX-License-Identifier: MIT
// Sessions that run with a simulated server, and everything that can go wrong with their requests.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "core/release/session.hpp"
#include "units/core/release/simulated_server.hpp"

namespace simulation {

inline const std::string commit_a(40, 'a');
inline const std::string commit_b(40, 'b');

using Random = std::mt19937;
inline unsigned below(Random& random, unsigned limit) {
  return static_cast<unsigned>(random() % limit);
}
inline bool chance(Random& random, unsigned percent) { return below(random, 100) < percent; }

/// A job of a workflow: its files and its inputs.
struct Job {
  std::map<std::string, std::string> files;
  std::vector<std::string> required;
  bool checksums = false;
  bool long_notes = false;  ///< they leave no room for a record
  std::string commit = commit_a;
  std::optional<std::string> title;
};

/// What goes wrong, in percent of the requests.
struct Disturbances {
  unsigned lost_before = 0;  ///< it never arrives
  unsigned lost_after = 0;   ///< it is carried out, and the response is lost
  unsigned late = 0;         ///< it is carried out after its sender has given up
  unsigned twice = 0;        ///< it is carried out twice
  unsigned overlap = 0;      ///< an edit reads the row long before it writes it
  unsigned killed = 0;       ///< of ten thousand actions: the run ends in the middle
};

class World;

/// One process that runs a job.
class Run {
 public:
  Run(World& world, const Job& job, unsigned seed);

  void advance();  ///< by one action, or half of one
  bool is_over() const { return killed || session.ended(); }
  bool is_right() const { return session.ended() && !session.error(); }

  const Job& job;
  core::Session session;
  bool killed = false;

 private:
  void take(const core::Action& action, const core::Result& result);
  core::Result carry_out(const core::Action& action);
  core::Result write(const core::Action& action);
  core::Result perform(const core::Action& action, bool late) const;
  std::string content_of(const core::UploadAsset& upload) const;

  World& world_;
  core::Step step_;
  std::size_t next_ = 0;
  int actions_ = 0;
  int idle_turns_ = 0;                ///< in which only the others advance
  std::optional<core::Release> row_;  ///< that an edit in progress has read
};

class World {
 public:
  World(Demands demands, Disturbances how, unsigned seed)
      : server(std::move(demands)), disturbances(how), random(seed) {}

  Server server;
  Disturbances disturbances;
  Random random;
  core::Time now = core::Time(std::chrono::hours(1));
  std::vector<std::function<void()>> late;  ///< requests that are still in progress

  void pass(std::chrono::milliseconds time) {
    now += time;
    server.clock = std::chrono::sys_seconds(
        std::chrono::duration_cast<std::chrono::seconds>(now.time_since_epoch()) +
        std::chrono::hours(480'000));
  }
  void let_one_arrive() {
    if (late.empty()) return;
    const std::size_t which = random() % late.size();
    const auto request = late[which];
    late.erase(late.begin() + static_cast<std::ptrdiff_t>(which));
    request();
  }
};

}  // namespace simulation
