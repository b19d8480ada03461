// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/version/version.hpp"

namespace core {

/// Parses versions that are neither SemVer nor PEP 440, but that people write: numbers with a
/// known word ("4.1.Final", "1.2-m1", "9.3p1"), or SemVer with leading zeros ("2026.01.05-x").
/// `text` is in lower case, without a prefix or `v`. The member `text` of the result is empty.
std::optional<Version> read_custom(std::string_view text);

/// Writes dots for other separators: "1_2_0_rc1" and "1-2-0-rc1" become "1.2.0-rc1". nullopt if the
/// text does not begin with at least two numbers separated by `_`, or three separated by `-`: PEP
/// 440 has its own meaning for `1-2`.
std::optional<std::string> with_dots(std::string_view text);

}  // namespace core
