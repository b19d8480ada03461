// SPDX-License-Identifier: MIT
// A case is played many times, with as many jobs as its ladder says, and ends as rows of a table.
//   MANY_ROUNDS  rounds of each case (25); of one that takes longer in proportion, and at least one
//   MANY_SEED    the seed of the first round (1); the n-th after it has the seed n higher. "random" takes
//                another one for each case. A failing round prints its seed: with that and
//                MANY_ROUNDS=1 it is played again
//   MANY_TABLE   a file that the table's rows are also added to
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "many/round.hpp"

namespace many {

struct Case {
  std::string name;
  /// How many jobs a round has: the seed picks one of these.
  std::vector<std::size_t> ladder = {2, 4, 2, 8, 2, 4, 2, 16, 4, 2, 8, 2};
  std::size_t side_by_side = 3;  ///< rounds at a time, each with a sandbox of its own
  unsigned rounds = 25;          ///< where MANY_ROUNDS is 25
};

/// Plays the rounds of a case. Fails the test case where one of them failed, with the evidence.
void play_rounds(const Case& one, const std::function<void(Round&)>& play);

}  // namespace many
