// SPDX-License-Identifier: MIT
// The faults, as data: what the sandbox does to an exchange, and what a run has to make of it.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "support/server.hpp"

namespace faults {

/// One line of the log of a run in which nothing went wrong.
using Exchange = support::Logged;

/// How a run ends that meets the fault at this exchange.
struct Expected {
  int status = 0;                      ///< 0: the fault must not fail the run
  std::vector<std::string> says = {};  ///< one of these stands in its error, or else in its log
};

enum class Kill { no, before, within, after };

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

}  // namespace faults
