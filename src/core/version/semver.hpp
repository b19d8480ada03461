// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string_view>

#include "core/version/version.hpp"

namespace core {

/// Parses a version by SemVer 2.0.0: three numbers without leading zeros, optionally "-rc.1" and
/// "+build". `text` is in lower case, without a prefix or `v`. nullopt for anything else. It differs
/// from SemVer in one point: words such as "-final" mean the release itself, and words such as
/// "-post.1" a later one. The member `text` of the result is empty.
std::optional<Version> read_semver(std::string_view text);

/// The same, but numbers may have leading zeros, as in calendar versions: "2026.01.05-x".
std::optional<Version> read_padded_semver(std::string_view text);

}  // namespace core
