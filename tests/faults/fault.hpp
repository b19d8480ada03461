// SPDX-License-Identifier: MIT
// The faults, as data: what the sandbox does to an exchange, and how a run must react.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "faults/fixture.hpp"
#include "support/server.hpp"

namespace faults {

/// One line of the log of a run without faults.
using Exchange = support::Logged;

/// How a run ends if this exchange has the fault.
struct Expected {
  int status = 0;                      ///< 0: the fault must not fail the run
  std::vector<std::string> says = {};  ///< its error, or otherwise its log, contains one of these
  bool or_success = false;             ///< exit status 0 is fine as well
};

enum class Kill { no, before, within, after };

/// What others do during a run.
struct Others {
  /// While the sandbox holds the exchange with the fault.
  std::function<void(Fixture&, const Exchange&)> meanwhile = {};
  /// Before the run is repeated.
  std::function<void(Fixture&)> afterwards = {};
  /// Whether they can do it in this scenario; empty: in any.
  std::function<bool(const Scenario&)> can = {};
  std::vector<std::string> warnings = {};  ///< that the run may print because of it
  /// A run that reads the tag before and after it must not succeed.
  bool change_tag = false;
  /// If the release is public after the run, its tag is at the commit of the job.
  bool leave_tag_to_run = false;
};

struct Fault {
  std::string name;
  std::string order = {};  ///< members of the sandbox's fault, as JSON
  std::string why = {};    ///< the sentence of the specification behind `expected`
  std::function<Expected(const Exchange&)> expected = {};
  std::function<bool(const Exchange&)> strikes = {};  ///< which exchanges it can affect
  bool for_good = false;                              ///< also everything after that exchange
  std::optional<int> refused_ms = {};  ///< connections are refused for so long; -1: for good
  bool spoils_uploads = false;         ///< what was uploaded must be deleted
  Kill kill = Kill::no;                ///< the process, while the sandbox holds the exchange
  Others others = {};
  /// After the run the release may differ from the desired state, as long as nothing in it is
  /// wrong: what the run could not know is corrected when it runs again.
  bool until_run_again = false;
  bool may_hide = false;        ///< a public release may be a draft for a while
  bool may_send_again = false;  ///< a completed upload: it was late, or another job's came after it
  int retries = 2;
  int backoff_ms = 1;
  int answer_timeout = 10;                   ///< seconds; for a stall it is 1
  std::chrono::milliseconds pause{0};        ///< the same request is not repeated earlier
  std::chrono::milliseconds longest{30000};  ///< duration of the run
};

/// Placeholders in `order`: another host's address, and the id of an asset that existed before the
/// run.
inline constexpr const char* other_host = "@ELSEWHERE@";
inline constexpr const char* some_asset = "@ASSET@";

/// The size of an upload that is stored incompletely: no file of a scenario has it.
inline constexpr std::uint64_t short_size = 3;

const std::vector<Fault>& all_faults();

/// Of those: actions of other people and jobs, and requests that arrive late.
std::vector<Fault> faults_of_others();

}  // namespace faults
