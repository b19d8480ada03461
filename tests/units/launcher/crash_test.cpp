// SPDX-License-Identifier: MIT
// The crash matrix: an update on a real file system is stopped before each change of the disk, and so is
// the start after it. Only the application is a function here; tests/launcher runs real ones.
#include <cerrno>
#include <cstddef>
#include <iostream>
#include <utility>

#include "launcher/versions.hpp"
#include "units/launcher/installation.hpp"
#include "units/launcher/moments.hpp"

using namespace installed;

namespace {

using launcher::Decision;
using launcher::Ended;
using moments::Fault;

enum class Behaviour { good, bad, hanging, closed };

constexpr Behaviour behaviours[] = {Behaviour::good, Behaviour::bad, Behaviour::hanging,
                                    Behaviour::closed};
constexpr Behaviour main_ones[] = {Behaviour::good, Behaviour::bad};

/// One installation, and what happens to it.
class Story {
 public:
  Story(Behaviour behaviour, bool with_snapshot)
      : behaviour_(behaviour), with_snapshot_(with_snapshot) {
    at_.ask(with_snapshot);
  }

  /// One start of the launcher. Returns how many moments and calls it had.
  std::pair<std::size_t, std::size_t> start(const Fault& fault) {
    moments::Hook hook(fault);
    launcher::FileCalls calls(std::ref(hook));
    launcher::FileSystem files(calls, at_.folder.trash(), std::chrono::milliseconds(0));
    launcher::Log log(files, {}, launcher::Log::Echo::no);
    is_given_up_ = false;
    try {
      launcher::SwapRunner swap(at_.folder, files, log);
      has_started_ = false;
      run_versions(swap, [&](Decision decision) { return run(decision, swap, hook); });
      is_given_up_ = !has_started_;
    } catch (const moments::Killed&) {
    }
    return {hook.moments(), hook.calls()};
  }

  /// The starts after the fault.
  void end() {
    constexpr int most_starts = 12;  // a closed version gets seven
    for (int i = 0; i < most_starts; ++i) {
      start({});
      CHECK_FALSE(is_given_up_);
      if (phase() == core::Phase::idle) break;
    }
    check_end();
  }

  core::Journal journal() const { return launcher::read_journal(at_.folder); }
  core::Phase phase() const { return journal().phase; }
  bool is_given_up() const { return is_given_up_; }
  unsigned starts_of_new() const { return starts_of_new_; }

 private:
  Ended run(Decision decision, launcher::SwapRunner& swap, moments::Hook& hook) {
    has_started_ = true;
    REQUIRE(++starts_ < 60);
    const auto& folder =
        decision == Decision::previous ? at_.folder.previous(older) : at_.folder.current();
    const std::string version = launcher::version_in(folder);
    check_start(folder, version);
    if (version == older) {
      if (at_.has_data_of_old()) at_.edit();
      return {};
    }
    ++starts_of_new_;
    hook.moment();
    at_.spoil();
    hook.moment();
    if (behaviour_ == Behaviour::good) swap.ended(core::TrialEnd::healthy);
    return how_it_ends();
  }

  Ended how_it_ends() const {
    switch (behaviour_) {
      case Behaviour::bad:
        return {3, core::TrialEnd::failed};
      case Behaviour::hanging:  // and killed
        return {137, core::TrialEnd::failed};
      default:
        return {0, core::TrialEnd::closed};
    }
  }

  void check_start(const fs::path& folder, const std::string& version) const {
    REQUIRE((version == older || version == newer));
    REQUIRE(content(folder / "run") == version);
    REQUIRE((at_.has_data_of_old() || at_.has_data_of_new()));
    REQUIRE(content(at_.folder.data() / "others") == "kept");
    if (version == older && with_snapshot_) REQUIRE(at_.has_data_of_old());
  }

  void check_end() const {
    CHECK(journal().adopt_after.empty());
    const std::string version = launcher::version_in(at_.folder.current());
    CHECK(phase() == core::Phase::idle);
    CHECK((version == older || version == newer));
    CHECK((at_.has_data_of_old() || at_.has_data_of_new()));
    const bool has_failed = !journal().failed.empty();
    if (version == newer) {
      CHECK(behaviour_ == Behaviour::good);
      CHECK(content(at_.folder.config()).find("https://new.example.org") != std::string::npos);
      CHECK(content(at_.folder.previous(older) / "run") == older);
      CHECK_FALSE(has_failed);
    } else if (with_snapshot_) {
      CHECK(at_.has_data_of_old());
    }
    if (has_failed) CHECK(journal().failed == std::vector<core::FailedVersion>{{newer, payload}});
  }

  Installation at_;
  Behaviour behaviour_;
  bool with_snapshot_;
  bool has_started_ = false;
  bool is_given_up_ = false;
  unsigned starts_ = 0;
  unsigned starts_of_new_ = 0;
};

/// How many moments and calls an undisturbed start of the update has.
std::pair<std::size_t, std::size_t> extent_of(Behaviour behaviour, bool with_snapshot,
                                              bool is_power_cut) {
  return Story(behaviour, with_snapshot).start({.is_power_cut = is_power_cut});
}

/// Stopped at `first` and then at each `step`-th moment of the next start, from `begin` on.
std::size_t stop_twice(Behaviour behaviour, bool with_snapshot, bool is_power_cut,
                       std::size_t first, std::size_t begin, std::size_t step) {
  std::size_t combinations = 0;
  for (std::size_t second = begin;; second += step) {
    INFO("behaviour " << static_cast<int>(behaviour) << ", snapshot " << with_snapshot
                      << ", power cut " << is_power_cut << ", stopped at " << first << " and "
                      << second);
    Story story(behaviour, with_snapshot);
    story.start({first, is_power_cut});
    const bool is_over = story.start({second, is_power_cut}).first <= second;
    story.end();
    if (behaviour == Behaviour::bad || behaviour == Behaviour::hanging) {
      CHECK(story.starts_of_new() <= core::max_tries);
    }
    ++combinations;
    if (is_over) return combinations;  // the start had fewer moments
  }
}

}  // namespace

TEST_CASE("an update that is killed at any two moments ends with a whole version and its data") {
  std::size_t combinations = 0;
  for (const bool with_snapshot : {false, true}) {
    for (const Behaviour behaviour : main_ones) {
      const std::size_t most = extent_of(behaviour, with_snapshot, false).first;
      for (std::size_t first = 0; first <= most; ++first) {
        combinations += stop_twice(behaviour, with_snapshot, false, first, 0, 1);
      }
    }
  }
  std::cout << combinations << " combinations of two kills\n";
  CHECK(combinations > 1'000);
}

TEST_CASE("an update that two power cuts interrupt ends with a whole version and its data") {
  std::size_t combinations = 0;
  constexpr std::size_t step = 3;  // each moment is the second one after a third of the first ones
  for (const bool with_snapshot : {false, true}) {
    for (const Behaviour behaviour : main_ones) {
      const std::size_t most = extent_of(behaviour, with_snapshot, true).first;
      for (std::size_t first = 0; first <= most; ++first) {
        combinations += stop_twice(behaviour, with_snapshot, true, first, first % step, step);
      }
    }
  }
  std::cout << combinations << " combinations of two power cuts\n";
  CHECK(combinations > 1'000);
}

TEST_CASE("an update to a version that hangs or is closed can be stopped at any moment") {
  std::size_t combinations = 0;
  constexpr std::size_t one = 1'000;  // the second start is not stopped
  for (const Behaviour behaviour : {Behaviour::hanging, Behaviour::closed}) {
    for (const bool with_snapshot : {false, true}) {
      for (const bool is_power_cut : {false, true}) {
        const std::size_t most = extent_of(behaviour, with_snapshot, is_power_cut).first;
        for (std::size_t first = 0; first <= most; ++first) {
          combinations += stop_twice(behaviour, with_snapshot, is_power_cut, first, one, one);
        }
      }
    }
  }
  std::cout << combinations << " stops of versions that hang or are closed\n";
}

TEST_CASE("an update in which any call fails starts a version, and ends") {
  std::size_t combinations = 0;
  for (const Behaviour behaviour : main_ones) {
    for (const bool with_snapshot : {false, true}) {
      const std::size_t most = extent_of(behaviour, with_snapshot, false).second;
      for (const int error : {ENOSPC, EACCES, EXDEV, EBUSY}) {
        for (const bool for_ever : {false, true}) {
          for (std::size_t call = 0; call < most; ++call) {
            INFO("behaviour " << static_cast<int>(behaviour) << ", snapshot " << with_snapshot
                              << ", call " << call << " fails with " << error << ", for ever "
                              << for_ever);
            Story story(behaviour, with_snapshot);
            story.start({.failing = call, .for_ever = for_ever, .error = error});
            // Nothing may be started only if the data of the old version cannot be put back.
            if (story.is_given_up()) {
              CHECK((for_ever && with_snapshot && story.phase() == core::Phase::back));
            }
            story.end();
            ++combinations;
          }
        }
      }
    }
  }
  std::cout << combinations << " combinations of a call and its error\n";
  CHECK(combinations > 1'000);
}

TEST_CASE("a kill, and then a start in which any call fails") {
  std::size_t combinations = 0;
  constexpr std::size_t step = 3;
  for (const Behaviour behaviour : main_ones) {
    const std::size_t most = extent_of(behaviour, true, false).first;
    for (std::size_t first = 0; first <= most; ++first) {
      for (std::size_t call = first % step;; call += step) {
        INFO("behaviour " << static_cast<int>(behaviour) << ", stopped at " << first << ", call "
                          << call << " fails");
        Story story(behaviour, true);
        story.start({first});
        const std::size_t calls = story.start({.failing = call, .error = ENOSPC}).second;
        story.end();
        ++combinations;
        if (calls <= call) break;
      }
    }
  }
  std::cout << combinations << " combinations of a kill and a call that fails\n";
}
