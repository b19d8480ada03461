// SPDX-License-Identifier: MIT
// The faults, as data: what the sandbox does to an exchange, and what a run has to make of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "faults/scene.hpp"
#include "support/server.hpp"

namespace faults {

/// One line of the log of a run in which nothing went wrong.
using Exchange = support::Logged;

/// How a run ends that meets the fault at this exchange.
struct Expected {
  int status = 0;                      ///< 0: the fault must not fail the run
  std::vector<std::string> says = {};  ///< one of these stands in its error, or else in its log
  bool or_success = false;             ///< it may as well end with 0
};

enum class Kill { no, before, within, after };

/// What others do around a run.
struct Others {
  /// While the sandbox holds the exchange that the fault strikes.
  std::function<void(Scene&, const Exchange&)> meanwhile = {};
  /// Before the run is repeated.
  std::function<void(Scene&)> afterwards = {};
  /// Whether they can do it to this scenario; empty: to any.
  std::function<bool(const Scenario&)> can = {};
  std::vector<std::string> warnings = {};  ///< that the run may give because of it
  /// A run that has asked for the tag before and asks again after it must not succeed.
  bool change_tag = false;
  /// Where the release is public after the run, its tag is at the commit of the job.
  bool leave_tag_to_run = false;
};

struct Fault {
  std::string name;
  std::string order = {};  ///< members of the sandbox's fault, as JSON
  std::string why = {};    ///< what of the specification `expected` follows
  std::function<Expected(const Exchange&)> expected = {};
  std::function<bool(const Exchange&)> strikes = {};  ///< which exchanges it can meet
  bool for_good = false;                              ///< also everything after that exchange
  std::optional<int> refused_ms = {};  ///< connections are refused for so long; -1: for good
  bool spoils_uploads = false;         ///< what arrived has to be taken back
  Kill kill = Kill::no;                ///< the process, while the sandbox holds the exchange
  Others others = {};
  /// After the run the release may be otherwise than wished, as long as nothing lies: what it could
  /// not know is put right when it runs again.
  bool until_run_again = false;
  bool may_hide = false;        ///< what is public may be a draft for a while
  bool may_send_again = false;  ///< what has landed: it came late, or another's came after it
  int retries = 2;
  int backoff_ms = 1;
  int answer_timeout = 10;                   ///< seconds; that for a stall is 1
  std::chrono::milliseconds pause{0};        ///< the same request does not come again before
  std::chrono::milliseconds longest{30000};  ///< that the run may take
};

/// In the place of these in an order stand another host's address, and the id of an asset that was
/// there before the run.
inline constexpr const char* elsewhere = "@ELSEWHERE@";
inline constexpr const char* some_asset = "@ASSET@";

/// Bytes of an upload that is stored short: of no file that a scenario brings.
inline constexpr std::uint64_t short_size = 3;

const std::vector<Fault>& all_faults();

/// Of those: what other people and jobs do, and requests that arrive late.
std::vector<Fault> faults_of_others();

}  // namespace faults
