// SPDX-License-Identifier: MIT
// A changelog as https://keepachangelog.com/ has it, and its common spellings.
#pragma once

#include <string>
#include <string_view>

namespace core {

/// The section of `tag`'s version, without its heading; links that are defined elsewhere in the file
/// are written out. Headings such as `## [1.2.0] - 2026-01-02`, `## v1.2.0`, `## 1.2.0 (date)`,
/// `## [1.2.0](address)` and those underlined with dashes count. Throws Error (workflow) that begins
/// with `file` and names the sections that are there, where this one is missing or empty.
std::string changelog_section(std::string_view text, std::string_view tag, const std::string& file);

}  // namespace core
