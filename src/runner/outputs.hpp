// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace runner {

/// Names and values, in order.
using Outputs = std::vector<std::pair<std::string, std::string>>;

/// Bytes of the longest line that every runner reads. Older runners lose an output of more than 64
/// KiB, and all outputs after it.
inline constexpr std::size_t output_line_limit = 60'000;

/// Appends all outputs to $GITHUB_OUTPUT, or none: `name=value`, or a heredoc with a random
/// delimiter if the value has several lines. The last value of a name counts. Never writes a blank
/// line (which fails the job) or a control character. Throws Error (workflow) if the file cannot be
/// written, for example by a container action in a job that runs on the host.
void write_outputs(const std::string& file, const Outputs& outputs);

/// The text that write_outputs appends.
std::string render_outputs(const Outputs& outputs, const std::string& delimiter);

/// Appends Markdown to $GITHUB_STEP_SUMMARY. Returns the text of a warning if it cannot be written,
/// "" otherwise: a missing summary is no reason to fail.
std::string write_summary(const std::string& file, const std::string& markdown);

}  // namespace runner
