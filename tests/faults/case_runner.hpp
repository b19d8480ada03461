// SPDX-License-Identifier: MIT
// One case of the sweep: a fixture, a run with a fault, the same run again without it, and an
// observer.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "faults/fault.hpp"
#include "faults/fixture.hpp"
#include "faults/other_host.hpp"
#include "support/observer.hpp"

namespace faults {

/// A fault at the n-th exchange of a run, counted in a run without faults.
struct Case {
  const Fault* fault = nullptr;
  std::size_t number = 0;  ///< from 1
  Exchange exchange;
};

class CaseRunner {
 public:
  CaseRunner(support::Server& server, OtherHost& other_host, const Scenario& scenario);

  /// A run without faults: its exchanges.
  std::vector<Exchange> record();
  void play(const Case& one);
  /// Deletes the release. Also checks what the observer saw.
  void finish();

  std::vector<std::string> failures = {};
  bool failed_first = false;          ///< and succeeded when it ran again
  std::chrono::milliseconds took{0};  ///< of the run with the fault
  std::string evidence() const;

 private:
  struct Attempt {
    support::Run run;
    std::vector<support::Logged> log;
    std::chrono::milliseconds took{0};
  };

  Attempt attempt(const Case* one);
  void configure(const Fault& fault, int door);
  void order(const Case& one, int door);
  bool wait_until_held(const support::Process& process, const Fault& fault, int door);
  void act_when_held(const support::Process& process, const Case& one, int door);
  void check_ending(const Attempt& attempt, const Case& one);
  bool is_expected_warning(const std::string& warning, const Case& one) const;
  void check_tag(const Case& one);
  void check_tag_questions(const Attempt& attempt, const Case& one);
  void check_until_run_again(const Attempt& attempt, const Case& one);
  void check_requests(const Attempt& attempt);
  static bool was_struck(const std::vector<support::Logged>& log);
  void check_sizes();
  void check_pause(const Attempt& attempt, std::chrono::milliseconds pause);
  void run_again(bool has_to_be_unchanged);
  void check_end();
  void expect(bool condition, const std::string& what);

  support::Server& server_;
  OtherHost& elsewhere_;
  Fixture fixture_;
  std::uint64_t some_asset_ = 1;  ///< the id of one that existed before
  bool may_hide_ = false;
  bool may_send_again_ = false;
  std::optional<support::Observer> onlooker_;
  std::vector<Attempt> attempts_;
};

}  // namespace faults
