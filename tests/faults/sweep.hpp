// SPDX-License-Identifier: MIT
// The sweep: every exchange of a run × every fault, in cases that are independent of each other.
//   SWEEP_EVERY  of all cases of a scenario each n-th is played (7); 1 plays all
//   SWEEP_ONLY   only cases whose title has this text: "500, for good @ 7"
//   SWEEP_TABLE  a file that the table's lines are also added to
#pragma once

#include "faults/scene.hpp"

namespace faults {

/// Records a run of the scenario in which nothing goes wrong, and plays the cases. Fails the test
/// case where one of them failed, with the evidence.
void sweep(const Scenario& scenario);

}  // namespace faults
