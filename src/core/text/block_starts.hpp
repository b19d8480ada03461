// SPDX-License-Identifier: MIT
// Recognises the beginnings of Markdown blocks in a line, after its indent (CommonMark 4 and 5).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace core {

inline constexpr std::size_t code_indent = 4;  ///< columns; also the width of a tab

/// The number of blanks at the start of `text`.
std::size_t indent_of(std::string_view text);

bool is_blank(std::string_view text);  ///< only blanks, or empty

/// The number of `c` characters at the start of `text`.
std::size_t run_of(char c, std::string_view text);

/// The backticks or tildes that open a fenced code block, or "".
std::string_view fence_in(std::string_view text);

bool is_heading(std::string_view text);    ///< "## Title"
bool is_underline(std::string_view text);  ///< "---" or "===", below a paragraph
bool is_rule(std::string_view text);       ///< "---", "* * *"

/// The length of the list marker at the start of `text`; 0 if there is none.
std::size_t marker_of(std::string_view text);

/// The text that ends the HTML block that begins here: "-->", "</pre>", or "" for a blank line.
/// nullopt if no HTML block begins; see also is_lone_tag.
std::optional<std::string_view> html_begun(std::string_view text);

/// Whether the line is a single tag. It begins an HTML block, except within a paragraph; a blank
/// line ends that block.
bool is_lone_tag(std::string_view text);

/// Whether a line ends an HTML block whose `end` is the one that html_begun returned.
bool ends_html(std::string_view line, std::string_view end);

}  // namespace core
