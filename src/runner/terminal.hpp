// SPDX-License-Identifier: MIT
#pragma once

#include "runner/environment.hpp"
#include "runner/facts.hpp"
#include "runner/log.hpp"

namespace runner {

enum class Color { automatic, always, never };

/// Options for the messages of a run.
struct Display {
  Color color = Color::automatic;
  bool quiet = false;
  bool json = false;
};

/// How the messages of this run look: in a job as runners expect them, otherwise for a person. Colours
/// and redrawn lines are for terminals, and not for one that is "dumb" (TERM); NO_COLOR and --color
/// decide about colours.
LogStyle style_of(const Display& display, const Facts& facts, const Environment& environment);

}  // namespace runner
