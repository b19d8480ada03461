// SPDX-License-Identifier: MIT
// Why a pattern of `files` matches nothing.
#pragma once

#include <string>

#include "disk/walk.hpp"
#include "disk/workspace.hpp"

namespace disk {

struct Unmatched {
  std::string why;   ///< continues "'dist/*' matches "
  std::string hint;  ///< what to write instead; "" if unknown
};

/// `written` is the pattern as the user wrote it, `absolute` the last alternative of its braces,
/// and `walked` what that alternative found.
Unmatched explain_unmatched(const Workspace& workspace, const std::string& written,
                            const std::string& absolute, const Walked& walked, WalkRules rules);

}  // namespace disk
