// SPDX-License-Identifier: MIT
// A changelog as https://keepachangelog.com/ has it, and its common spellings.
#pragma once

#include <string>
#include <string_view>

namespace core {

/// The section for the version of `tag`, without its heading and without rules and anchors at its ends.
/// Links that are defined elsewhere in the file are written out. Recognises headings such as
/// `## [1.2.0] - 2026-01-02`, `# Widget v1.2.0 (date)`, `## [1.2.0](address)`, `<h2>1.2.0</h2>` and
/// those underlined with dashes. Headings of the same level without a version are parts of the section.
/// `file` is the beginning of messages and ends with the file's name. Throws Error (workflow) if the
/// section is missing or empty, naming the existing sections or headings, and if the text is
/// reStructuredText or AsciiDoc.
std::string changelog_section(std::string_view text, std::string_view tag, const std::string& file);

}  // namespace core
