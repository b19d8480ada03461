// SPDX-License-Identifier: MIT
#include "faults/sweep.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <mutex>
#include <thread>

#include "core/text/text.hpp"
#include "faults/case_runner.hpp"
#include "support/settings.hpp"

namespace faults {
namespace {

using support::Clock;

constexpr unsigned usually_every = 7;
constexpr std::size_t side_by_side = 4;
constexpr int recordings = 3;
constexpr int most_failures_shown = 3;

/// Of the cases with one fault.
struct Row {
  int cases = 0;
  int failures = 0;
  int right_again = 0;
  std::chrono::milliseconds longest{0};
};

std::string title(const Case& one) {
  const std::string path = one.exchange.path.substr(one.exchange.path.find("/releases") + 1);
  return fmt::format("{} @ {} ({} {})", one.fault->name, one.number, one.exchange.method,
                     path.substr(0, path.find('?')));
}

class Sweep {
 public:
  explicit Sweep(const Scenario& scenario)
      : scenario_(scenario),
        every_(std::max(1U, support::number_from("SWEEP_EVERY", usually_every))) {
    const char* only = std::getenv("SWEEP_ONLY");
    if (only != nullptr) only_ = only;
  }

  void run() {
    const auto start = Clock::now();
    record();
    choose();
    std::vector<std::thread> threads;
    for (std::size_t i = 0; i < std::min(side_by_side, cases_.size()); ++i) {
      threads.emplace_back([this] { run_some(); });
    }
    for (std::thread& thread : threads) thread.join();
    report(std::chrono::duration<double>(Clock::now() - start).count());
  }

 private:
  /// On a busy machine a run may read once more than usual: the shortest of several runs counts.
  void record() {
    support::Server server;
    OtherHost elsewhere_host;
    for (int i = 0; i < recordings; ++i) {
      CaseRunner runner(server, elsewhere_host, scenario_);
      const auto exchanges = runner.record();
      runner.finish();
      INFO(runner.evidence());
      REQUIRE(runner.failures == std::vector<std::string>{});
      if (exchanges_.empty() || exchanges.size() < exchanges_.size()) exchanges_ = exchanges;
    }
  }

  /// Each n-th case of all, so that each fault is combined with different exchanges and each
  /// exchange with different faults.
  void choose() {
    std::size_t fault_number = 0;
    for (const Fault& fault : all_faults()) {
      ++fault_number;
      if (fault.others.can && !fault.others.can(scenario_)) continue;
      for (std::size_t i = 0; i < exchanges_.size(); ++i) {
        if (!fault.strikes(exchanges_[i])) continue;
        const Case one{&fault, i + 1, exchanges_[i]};
        const bool named = !only_.empty() && title(one).find(only_) != std::string::npos;
        if (only_.empty() ? (fault_number + i) % every_ == 0 : named) cases_.push_back(one);
      }
    }
  }

  void run_some() {
    try {
      support::Server server;
      OtherHost elsewhere_host;
      for (std::size_t i = next_++; i < cases_.size(); i = next_++) {
        run_one(server, elsewhere_host, cases_[i]);
      }
    } catch (const std::exception& error) {
      const std::lock_guard lock(mutex_);
      failed_.push_back(std::string("a thread ended: ") + error.what());
    }
  }

  void run_one(support::Server& server, OtherHost& elsewhere_host, const Case& one) {
    CaseRunner runner(server, elsewhere_host, scenario_);
    try {
      runner.play(one);
    } catch (const std::exception& error) {
      runner.failures.push_back(std::string("an exception: ") + error.what());
    }
    runner.finish();
    const std::lock_guard lock(mutex_);
    Row& row = rows_[one.fault];
    ++row.cases;
    row.longest = std::max(row.longest, runner.took);
    if (runner.failed_first) ++row.right_again;
    if (runner.failures.empty()) return;
    ++row.failures;
    failed_.push_back(title(one) + ": " + core::join(runner.failures, "; "));
    if (++shown_ <= most_failures_shown) {
      std::printf("=== %s: %s\n%s\n", scenario_.name.c_str(), failed_.back().c_str(),
                  runner.evidence().c_str());
    }
  }

  std::string line(const std::string& what, const Row& row) const {
    return fmt::format(
        "{:<42} | {:<40} | {:4} cases | {} failed | {:4} right when run again | {:4.1f} s at most",
        scenario_.name, what, row.cases, row.failures, row.right_again,
        static_cast<double>(row.longest.count()) / 1000);
  }

  void report(double seconds) {
    Row all;
    std::vector<std::string> lines;
    for (const Fault& fault : all_faults()) {  // in their order
      const auto found = rows_.find(&fault);
      if (found == rows_.end()) continue;
      const Row& row = found->second;
      lines.push_back(line(fault.name, row));
      all.cases += row.cases;
      all.failures += row.failures;
      all.right_again += row.right_again;
      all.longest = std::max(all.longest, row.longest);
    }
    lines.push_back(line(fmt::format("all faults, {} exchanges", exchanges_.size()), all) +
                    fmt::format(" | {:.0f} s in all", seconds));
    support::print_table(lines, "SWEEP_TABLE");
    INFO(core::join(failed_, "\n"));
    CHECK(failed_.empty());
    CHECK(all.cases > 0);
  }

  const Scenario& scenario_;
  const unsigned every_;
  std::string only_;
  std::vector<Exchange> exchanges_;
  std::vector<Case> cases_;
  std::atomic<std::size_t> next_ = 0;
  std::mutex mutex_;
  std::map<const Fault*, Row> rows_;
  std::vector<std::string> failed_;
  int shown_ = 0;
};

}  // namespace

void sweep(const Scenario& scenario) {
  if (std::getenv("GITEA_URL") != nullptr) SKIP("only the sandbox has faults on demand");
  Sweep(scenario).run();
}

}  // namespace faults
