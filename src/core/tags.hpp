// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/release.hpp"

namespace core {

/// The tag of the release before `tag`'s: of the tags with its prefix the one with the highest
/// version below its own. A stable version follows the last stable one, a prerelease whatever came
/// last. A tag that is no version (`nightly`) follows the highest version there is.
std::optional<Tag> previous_tag(std::string_view tag, const std::vector<Tag>& tags);

}  // namespace core
