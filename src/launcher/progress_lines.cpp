// SPDX-License-Identifier: MIT
#include "launcher/progress_lines.hpp"

#include "core/text/json.hpp"
#include "launcher/log.hpp"

namespace launcher {

void ProgressLines::show(std::uint64_t done, std::uint64_t total) {
  constexpr std::chrono::milliseconds between_lines{250};
  const auto now = Clock::now();
  const bool is_early = shown_at_ && now - *shown_at_ < between_lines && done != total;
  if (!is_wanted_ || done == shown_ || is_early) return;
  shown_ = done;
  shown_at_ = now;
  print_line(core::JsonObject().add("done", done).add("total", total).text());
}

fetch::OnProgress printing(bool is_wanted) {
  return [lines = ProgressLines(is_wanted)](const fetch::Progress& progress) mutable {
    lines.show(progress.done, progress.total);
    return true;
  };
}

}  // namespace launcher
