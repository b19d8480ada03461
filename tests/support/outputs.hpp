// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

namespace support {

/// Reads the text of $GITHUB_OUTPUT like the strictest runners (act_runner 0.2, forgejo-runner 12).
/// Throws std::runtime_error if one of them would lose an output or fail the job: a blank line, a
/// line of 64 KiB, no newline at the end, a heredoc that does not end or contains its own
/// delimiter.
std::map<std::string, std::string> parse_outputs(const std::string& text);

}  // namespace support
