// SPDX-License-Identifier: MIT
// An update on a simulated disk: killed before and after each act, with acts that fail, with new
// versions that work, do not work or are closed. In the end there is always a version that starts,
// with data that belongs to it.
#include "core/update/swap.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "units/core/update/simulated_launcher.hpp"

using namespace core;

namespace {

using namespace simulated;

/// A start that may be killed.
void start(Disk& disk, TrialEnd behaviour, const Fault& fault, unsigned& starts_of_new) {
  Launcher launcher(disk, behaviour, fault);
  try {
    launcher.run();
  } catch (const Killed&) {
  }
  starts_of_new += launcher.starts_of_new();
}

constexpr std::size_t max_moments = 40;  // more than any start has
constexpr TrialEnd behaviours[] = {TrialEnd::healthy, TrialEnd::closed, TrialEnd::failed};

void check_ended(const Disk& disk, TrialEnd behaviour, unsigned starts_of_new) {
  CHECK(disk.journal.phase == Phase::idle);
  CHECK(disk.data != Data::mixed);
  if (behaviour == TrialEnd::failed) {
    CHECK(disk.current == older);
    CHECK((disk.data == Data::of_old || !disk.snapshot));
    CHECK(disk.journal.failed == std::vector<FailedVersion>{{newer, payload}});
    CHECK(starts_of_new <= max_tries);
  }
}

}  // namespace

TEST_CASE("a new version that works is installed, and the old one is kept") {
  Disk disk = asked(true);
  unsigned starts = 0;
  start(disk, TrialEnd::healthy, {}, starts);
  CHECK(disk.current == newer);
  CHECK(disk.previous);
  CHECK(starts == 1);
  CHECK(disk.journal.phase == Phase::idle);
  CHECK(disk.journal.outcome.message == "updated from 1.0.0 to 1.1.0");
}

TEST_CASE("a new version that does not work is started twice, and then the old one is back") {
  Disk disk = asked(true);
  unsigned starts = 0;
  start(disk, TrialEnd::failed, {}, starts);
  check_ended(disk, TrialEnd::failed, starts);
  CHECK(starts == 2);
  CHECK(disk.failed);
  CHECK(disk.journal.outcome.message == "1.1.0 did not work; 1.0.0 is back");
}

TEST_CASE("a new version that is closed early is not taken back, but not for ever") {
  Disk disk = asked(true);
  unsigned starts = 0;
  for (unsigned i = 0; i < max_given_back; ++i) {
    start(disk, TrialEnd::closed, {}, starts);
    CHECK(disk.journal.phase == Phase::trial);
    CHECK(disk.journal.tries == max_tries);
  }
  for (int i = 0; i < 3; ++i) start(disk, TrialEnd::closed, {}, starts);
  CHECK(disk.journal.phase == Phase::idle);
  CHECK(disk.current == older);
  CHECK(starts == max_given_back + max_tries);
}

TEST_CASE("an update that is killed at any two moments ends with a version that works") {
  std::size_t combinations = 0;
  for (const bool with_snapshot : {true, false}) {
    for (const TrialEnd behaviour : behaviours) {
      for (std::size_t first = 0; first < max_moments; ++first) {
        for (std::size_t second = 0; second < max_moments; ++second) {
          INFO("snapshot " << with_snapshot << ", behaviour " << static_cast<int>(behaviour)
                           << ", killed at " << first << " and " << second);
          // Without a snapshot both versions use the same data, as their author wants it.
          Disk disk = asked(with_snapshot);
          unsigned starts = 0;
          start(disk, behaviour, {first, {}, {}}, starts);
          start(disk, behaviour, {second, {}, {}}, starts);
          for (int i = 0; i < 10 && disk.journal.phase != Phase::idle; ++i) {
            start(disk, behaviour, {}, starts);
          }
          check_ended(disk, behaviour, starts);
          ++combinations;
        }
      }
    }
  }
  CHECK(combinations == 6 * max_moments * max_moments);
}

TEST_CASE("if any act fails once, at any kill, a version starts and the update ends") {
  for (const TrialEnd behaviour : behaviours) {
    for (std::size_t failing = 0; failing < 20; ++failing) {
      for (std::size_t killed = 0; killed < max_moments; ++killed) {
        INFO("behaviour " << static_cast<int>(behaviour) << ", act " << failing
                          << " fails, killed at " << killed);
        Disk disk = asked(true);
        unsigned starts = 0;
        start(disk, behaviour, {killed, {}, failing}, starts);
        for (int i = 0; i < 12 && disk.journal.phase != Phase::idle; ++i) {
          start(disk, behaviour, {}, starts);
        }
        CHECK(disk.journal.phase == Phase::idle);
        CHECK_FALSE(disk.current.empty());
      }
    }
  }
}

TEST_CASE("if an act fails every time, a version starts at every start") {
  for (const TrialEnd behaviour : behaviours) {
    for (const SwapAct act : {SwapAct::write, SwapAct::take_snapshot, SwapAct::move_old_out,
                              SwapAct::move_new_in, SwapAct::move_new_out, SwapAct::move_old_in}) {
      INFO("behaviour " << static_cast<int>(behaviour) << ", act " << static_cast<int>(act));
      Disk disk = asked(true);
      unsigned starts = 0;
      for (int i = 0; i < 4; ++i) start(disk, behaviour, {{}, act, {}}, starts);
      // Once the fault is gone, the update ends.
      for (int i = 0; i < 12 && disk.journal.phase != Phase::idle; ++i) {
        start(disk, behaviour, {}, starts);
      }
      CHECK(disk.journal.phase == Phase::idle);
      CHECK_FALSE(disk.current.empty());
    }
  }
}

TEST_CASE("data that cannot be put back stops the old version from starting with it") {
  Disk disk = asked(true);
  disk.journal.phase = Phase::back;
  disk.current = newer;
  disk.previous = disk.snapshot = true;
  disk.data = Data::of_new;
  CHECK(next_step(disk.journal, disk.folders(), {SwapAct::return_snapshot}).act ==
        SwapAct::give_up);
}

TEST_CASE("the data is saved again if the old version has run since it was saved") {
  Journal journal = ask_for({}, older, newer, payload, true);
  journal.phase = Phase::flip;
  const SwapStep step = next_step(journal, {older, true, false, false}, {});
  CHECK(step.act == SwapAct::write);
  CHECK(step.journal.phase == Phase::asked);
  CHECK(next_step(journal, {older, true, false, true}, {}).act == SwapAct::move_old_out);
  // It ran from updater/previous.
  CHECK(next_step(journal, {"", true, true, false}, {}).act == SwapAct::move_old_in);
  CHECK(next_step(journal, {"", true, true, true}, {}).act == SwapAct::move_new_in);
}

TEST_CASE("an application that was replaced by hand during an update is started as it is") {
  for (const Phase phase : {Phase::asked, Phase::flip, Phase::trial, Phase::back}) {
    Journal journal = ask_for({}, older, newer, payload, false);
    journal.phase = phase;
    const SwapStep step = next_step(journal, {"2.0.0", true, true, false}, {});
    CHECK(step.act == SwapAct::write);
    CHECK(step.journal.phase == Phase::idle);
    CHECK(next_step(step.journal, {"2.0.0", true, true, false}, {}).act == SwapAct::start);
  }
}

TEST_CASE("the user's way back installs the previous version, and skips the one that was left") {
  Disk disk;
  disk.current = newer;
  disk.ready = false;
  disk.previous = true;
  disk.journal = roll_back({}, newer, older, false);
  unsigned starts = 0;
  start(disk, TrialEnd::healthy, {}, starts);
  CHECK(disk.current == older);
  CHECK(disk.journal.phase == Phase::idle);
  CHECK(disk.journal.failed.empty());
  CHECK(disk.journal.skipped == std::vector<std::string>{newer});
  CHECK(disk.journal.outcome.message == "went back from 1.1.0 to 1.0.0");
}
