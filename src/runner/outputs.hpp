// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace runner {

/// Name and value, in order.
using Outputs = std::vector<std::pair<std::string, std::string>>;

/// Longest line that every runner reads; the older ones lose an output beyond 64 KiB, and all that
/// follow it.
inline constexpr std::size_t output_line_limit = 60'000;

/// Appends to $GITHUB_OUTPUT, all or nothing: `name=value`, or a heredoc with a random delimiter
/// where the value has more than one line. A later value of a name wins. Never writes a blank line
/// (it fails the job) or a control character. Throws Error (workflow) where the file cannot be
/// written, as for a container action in a job that runs on the host.
void write_outputs(const std::string& file, const Outputs& outputs);

/// The text that write_outputs appends.
std::string render_outputs(const Outputs& outputs, const std::string& delimiter);

/// Appends Markdown to $GITHUB_STEP_SUMMARY. Where it cannot, which is not worth failing for: why,
/// as a warning says it.
std::string write_summary(const std::string& file, const std::string& markdown);

}  // namespace runner
