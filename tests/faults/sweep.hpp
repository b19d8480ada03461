// SPDX-License-Identifier: MIT
// The sweep: every exchange of a run × every fault, in cases that are independent of each other.
//   SWEEP_EVERY  only each n-th case of a scenario is run (7); 1 runs all
//   SWEEP_ONLY   only cases whose title contains this text: "500, for good @ 7"
//   SWEEP_TABLE  a file to which the table's lines are appended
#pragma once

#include "faults/fixture.hpp"

namespace faults {

/// Records a run of the scenario without faults, and runs the cases. Fails the test case, with
/// details, if one of them failed.
void sweep(const Scenario& scenario);

}  // namespace faults
