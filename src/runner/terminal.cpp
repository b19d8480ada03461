// SPDX-License-Identifier: MIT
#include "runner/terminal.hpp"

#include <unistd.h>

#include <string>

namespace runner {

LogStyle style_of(const Display& display, const Facts& facts, const Environment& environment) {
  LogStyle style;
  style.quiet = display.quiet;
  style.json = display.json;
  style.by_hand = facts.is_by_hand();
  if (!style.by_hand) return style;
  const std::string kind = value_of(environment, "TERM");
  const bool is_terminal = isatty(STDERR_FILENO) != 0 && !kind.empty() && kind != "dumb";
  style.redraws = is_terminal && !style.quiet;
  style.colour =
      display.color == Color::always || (display.color == Color::automatic && is_terminal &&
                                         value_of(environment, "NO_COLOR").empty());
  return style;
}

}  // namespace runner
