// SPDX-License-Identifier: MIT
#include "concurrency/rounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "core/text/text.hpp"
#include "support/settings.hpp"

namespace concurrency {
namespace {

constexpr unsigned usual_rounds = 25;
constexpr unsigned usual_seed = 1;
constexpr int most_failures_shown = 3;

unsigned rounds_of(const Case& one) {
  const unsigned wanted = support::number_from("CONCURRENCY_ROUNDS", usual_rounds);
  return std::max(1U, wanted * one.rounds / usual_rounds);
}

unsigned wanted_seed() {
  const char* text = std::getenv("CONCURRENCY_SEED");
  if (text != nullptr && std::string(text) == "random") return std::random_device{}() % 1'000'000;
  return support::number_from("CONCURRENCY_SEED", usual_seed);
}

/// The results of the rounds with one number of jobs.
struct Row {
  int rounds = 0;
  int failures = 0;
  int jobs = 0;  ///< in total, without those that were killed
  int requests = 0;
  int most_requests = 0;
  int looks = 0;
  int most_looks = 0;
  double seconds = 0;
  std::map<std::string, int> counts;

  void add(const Round& round) {
    ++rounds;
    if (!round.failures.empty()) ++failures;
    for (const JobEnd& end : round.ends) {
      if (end.killed) continue;
      ++jobs;
      requests += end.requests;
      looks += end.looks;
      most_requests = std::max(most_requests, end.requests);
      most_looks = std::max(most_looks, end.looks);
    }
    seconds = std::max(seconds, round.seconds);
    for (const auto& [what, number] : round.counts) counts[what] += number;
  }

  std::string line(const std::string& name, std::size_t job_count) const {
    const double all = std::max(jobs, 1);
    std::string text = fmt::format(
        "{:<44} | {:2} jobs | {:3} rounds | {} failed | {:4.1f} requests a job (max {:2}) | "
        "{:3.1f} looks (max {:2}) | {:4.1f} s at most",
        name, job_count, rounds, failures, requests / all, most_requests, looks / all, most_looks,
        seconds);
    for (const auto& [what, number] : counts) text += fmt::format(" | {} {}", number, what);
    return text;
  }
};

class Rounds {
 public:
  Rounds(const Case& one, const std::function<void(Round&)>& play)
      : case_(one), play_(play), count_(rounds_of(one)), first_seed_(wanted_seed()) {}

  void run() {
    std::printf("%s: seeds %u to %u\n", case_.name.c_str(), first_seed_, first_seed_ + count_ - 1);
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < std::min<std::size_t>(case_.side_by_side, count_); ++i) {
      threads.emplace_back([this] { run_some(); });
    }
    for (std::thread& thread : threads) thread.join();
    report();
  }

 private:
  void run_some() {
    try {
      RoundServer round_server;
      for (unsigned i = next_++; i < count_; i = next_++) run_one(round_server, first_seed_ + i);
    } catch (const std::exception& error) {
      const std::lock_guard lock(mutex_);
      broken_.emplace_back(error.what());
    }
  }

  void run_one(RoundServer& round_server, unsigned seed) {
    Round round(round_server, case_.ladder[seed % case_.ladder.size()], seed);
    try {
      play_(round);
      round.finish();
    } catch (const std::exception& error) {
      round.failures.push_back(std::string("an exception: ") + error.what());
      round.observer().end();
    }
    const std::lock_guard lock(mutex_);
    rows_[round.job_count].add(round);
    if (round.failures.empty()) return;
    const std::string head =
        fmt::format("=== {}: CONCURRENCY_SEED={} ({} jobs, {}): {}", case_.name, seed,
                    round.job_count, round.tag, core::join(round.failures, "; "));
    failed_.push_back(head);
    if (++shown_ <= most_failures_shown) {
      std::printf("%s\n%s\n", head.c_str(), round.evidence().c_str());
    }
  }

  void report() {
    std::vector<std::string> lines;
    for (const auto& [jobs, row] : rows_) lines.push_back(row.line(case_.name, jobs));
    support::print_table(lines, "CONCURRENCY_TABLE");
    INFO(core::join(failed_, "\n"));
    CHECK(failed_.empty());
    CHECK(broken_ == std::vector<std::string>{});
  }

  const Case& case_;
  const std::function<void(Round&)>& play_;
  const unsigned count_;
  const unsigned first_seed_;
  std::atomic<unsigned> next_ = 0;
  std::mutex mutex_;
  std::map<std::size_t, Row> rows_;
  std::vector<std::string> failed_;
  std::vector<std::string> broken_;
  int shown_ = 0;
};

}  // namespace

void run_rounds(const Case& one, const std::function<void(Round&)>& play) {
  if (std::getenv("GITEA_URL") != nullptr) SKIP("only the sandbox can be played on like this");
  Rounds(one, play).run();
}

}  // namespace concurrency
