// SPDX-License-Identifier: MIT
// A launcher on a simulated disk, which can be killed between any two changes, and whose acts can
// fail.
#pragma once

#include <catch2/catch_test_macros.hpp>
#include <cstddef>
#include <optional>
#include <string>

#include "core/update/swap.hpp"

namespace simulated {

using core::Digest;
using core::Folders;
using core::Journal;
using core::Phase;
using core::RefusedActs;
using core::SwapAct;
using core::SwapStep;
using core::TrialEnd;

inline const std::string older = "1.0.0";
inline const std::string newer = "1.1.0";
inline const Digest payload(64, 'a');

enum class Data { of_old, of_new, mixed };

struct Killed {};

/// What a power cut leaves as it is.
struct Disk {
  Journal journal;
  std::string current = older;
  bool ready = true;
  bool previous = false;
  bool failed = false;
  bool snapshot = false;
  Data data = Data::of_old;

  Folders folders() const { return {current, ready, previous, snapshot}; }
};

struct Fault {
  std::optional<std::size_t> kill_at;    ///< counts the moments before, in and after each act
  std::optional<SwapAct> failing;        ///< fails each time, or
  std::optional<std::size_t> nth_fails;  ///< only the act with this number
};

/// One launcher, from its start to the end of the application.
class Launcher {
 public:
  Launcher(Disk& disk, TrialEnd behaviour, Fault fault)
      : disk_(disk), behaviour_(behaviour), fault_(fault) {}

  /// Returns once the application has ended and the launcher, too.
  void run() {
    for (RefusedActs refused;;) {
      const SwapStep step = core::next_step(disk_.journal, disk_.folders(), refused);
      REQUIRE(++steps_ < 50);
      if (step.act == SwapAct::give_up) {
        REQUIRE(refused.contains(SwapAct::return_snapshot));
        return;
      }
      if (step.act == SwapAct::start || step.act == SwapAct::start_previous) {
        if (start(step)) return;
        continue;
      }
      if (!does(step.act)) {
        refused.insert(step.act);
        continue;
      }
      if (step.act != SwapAct::write && step.journal != disk_.journal) {
        if (fails(SwapAct::write)) return;  // a full disk: the next start repeats the act
      }
      moment();
      disk_.journal = step.journal;
      moment();
    }
  }

  std::size_t moments() const { return moment_; }
  std::size_t acts() const { return act_; }
  unsigned starts_of_new() const { return starts_of_new_; }

 private:
  void moment() {
    if (moment_++ == fault_.kill_at) throw Killed();
  }

  bool fails(SwapAct act) { return act_++ == fault_.nth_fails || act == fault_.failing; }

  /// Returns whether the launcher ends, too.
  bool start(const SwapStep& step) {
    const bool is_previous = step.act == SwapAct::start_previous;
    const std::string version = is_previous ? older : disk_.current;
    if (step.journal != disk_.journal && !fails(SwapAct::write)) {
      moment();
      disk_.journal = step.journal;
      moment();
    }
    REQUIRE_FALSE(version.empty());
    REQUIRE((!is_previous || disk_.previous));
    REQUIRE(disk_.data != Data::mixed);
    if (version == older) {
      REQUIRE((disk_.data == Data::of_old || !disk_.snapshot));
      return true;
    }
    ++starts_of_new_;
    moment();
    disk_.data = Data::of_new;
    moment();
    if (disk_.journal.phase != Phase::trial) return true;
    const Journal after = core::after_trial(disk_.journal, behaviour_);
    if (after != disk_.journal && !fails(SwapAct::write)) disk_.journal = after;
    moment();
    return behaviour_ != TrialEnd::failed;
  }

  bool does(SwapAct act) {
    moment();
    if (fails(act)) return false;
    switch (act) {
      case SwapAct::take_snapshot:
        REQUIRE(disk_.data == Data::of_old);
        moment();
        disk_.snapshot = true;
        break;
      case SwapAct::return_snapshot:
        REQUIRE(disk_.snapshot);
        disk_.data = Data::mixed;
        moment();
        disk_.data = Data::of_old;
        break;
      case SwapAct::move_old_out:
        REQUIRE(disk_.current == older);
        disk_.current.clear();
        disk_.previous = true;
        break;
      case SwapAct::move_new_in:
        REQUIRE((disk_.current.empty() && disk_.ready));
        disk_.current = newer;
        disk_.ready = false;
        break;
      case SwapAct::move_new_out:
        REQUIRE(disk_.current == newer);
        disk_.current.clear();
        disk_.failed = true;
        break;
      case SwapAct::move_old_in:
        REQUIRE((disk_.current.empty() && disk_.previous));
        disk_.current = older;
        disk_.previous = false;
        break;
      default:
        break;
    }
    return true;
  }

  Disk& disk_;
  TrialEnd behaviour_;
  Fault fault_;
  std::size_t moment_ = 0;
  std::size_t act_ = 0;
  std::size_t steps_ = 0;
  unsigned starts_of_new_ = 0;
};

inline Disk asked(bool with_snapshot) {
  Disk disk;
  disk.journal = core::ask_for({}, older, newer, payload, with_snapshot);
  return disk;
}

}  // namespace simulated
