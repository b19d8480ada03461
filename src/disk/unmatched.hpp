// SPDX-License-Identifier: MIT
// Why a pattern of `files` matches nothing.
#pragma once

#include <string>

#include "disk/walk.hpp"
#include "disk/workspace.hpp"

namespace disk {

struct Unmatched {
  std::string why;   ///< to be read behind "'dist/*' matches "
  std::string hint;  ///< what to write instead; "" where nobody knows
};

/// `written` is the pattern as the user has it, `absolute` the last of those that its braces stand for, and
/// `walked` what that has found.
Unmatched explain_unmatched(const Workspace& workspace, const std::string& written,
                            const std::string& absolute, const Walked& walked, WalkRules rules);

}  // namespace disk
