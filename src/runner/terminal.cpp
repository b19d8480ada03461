// SPDX-License-Identifier: MIT
#include "runner/terminal.hpp"

#include <string>

#include "runner/console.hpp"

namespace runner {

LogStyle style_of(const Display& display, const Facts& facts, const Environment& environment) {
  LogStyle style;
  style.quiet = display.quiet;
  style.json = display.json;
  style.by_hand = facts.is_by_hand();
  if (!style.by_hand) return style;
  const bool is_drawable = understands_sequences(environment);
  style.redraws = is_drawable && !style.quiet;
  style.colour =
      display.color == Color::always || (display.color == Color::automatic && is_drawable &&
                                         value_of(environment, "NO_COLOR").empty());
  return style;
}

}  // namespace runner
