// SPDX-License-Identifier: MIT
// A case is run for many rounds, with the numbers of jobs from its list, and ends as rows of a
// table.
//   CONCURRENCY_ROUNDS  rounds of each case (25); for slow cases proportionally fewer, at least one
//   CONCURRENCY_SEED    the seed of the first round (1); each further round adds 1. "random" chooses
//                another one for each case. A failing round prints its seed: with that and
//                CONCURRENCY_ROUNDS=1 it is repeated
//   CONCURRENCY_TABLE   a file to which the table's rows are appended
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "concurrency/round.hpp"

namespace concurrency {

struct Case {
  std::string name;
  /// How many jobs a round has: the seed selects one of these.
  std::vector<std::size_t> ladder = {2, 4, 2, 8, 2, 4, 2, 16, 4, 2, 8, 2};
  std::size_t side_by_side = 3;  ///< parallel rounds, each with its own sandbox
  unsigned rounds = 25;          ///< if CONCURRENCY_ROUNDS is 25
};

/// Runs the rounds of a case. Fails the test case, with details, if one of them failed.
void run_rounds(const Case& one, const std::function<void(Round&)>& play);

}  // namespace concurrency
