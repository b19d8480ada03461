// SPDX-License-Identifier: MIT
#include "inputs/display.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace inputs {

const std::vector<DisplayOption>& display_options() {
  static const std::vector<DisplayOption> options = {
      {"--color",
       {"auto", "always", "never"},
       "Colours in messages: on a terminal unless NO_COLOR is set (`auto`, the default), `always` "
       "or `never`. There are none in a job."},
      {"--quiet", {}, "Print only warnings, errors and results."},
      {"--json",
       {},
       "Print the outputs of the command as one JSON object on standard output, and everything "
       "else on standard error."},
  };
  return options;
}

void set_display(runner::Display& display, std::string_view flag, const std::string& value) {
  if (flag == "--quiet") display.quiet = true;
  if (flag == "--json") display.json = true;
  if (flag != "--color") return;
  const auto& values = display_options().front().values;
  const auto found = std::find(values.begin(), values.end(), core::lower(core::trim(value)));
  if (found == values.end()) {
    throw core::Error(core::Fault::workflow,
                      fmt::format("--color: '{}' is not one of {}", core::one_line(value),
                                  core::join(values, ", ")));
  }
  constexpr runner::Color colors[] = {runner::Color::automatic, runner::Color::always,
                                      runner::Color::never};
  display.color = colors[found - values.begin()];
}

}  // namespace inputs
