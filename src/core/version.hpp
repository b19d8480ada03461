// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace core {

/// Whether the version in `tag` is a prerelease, by SemVer (`v1.2.0-rc.1`) or PEP 440 (`1.2.0rc1`).
/// The version starts after the last `/` or `@` and an optional `v`; no version: false.
bool is_prerelease(std::string_view tag);

}  // namespace core
