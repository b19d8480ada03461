// SPDX-License-Identifier: MIT
// What begins a block of Markdown, seen from one line behind its indent (CommonMark 4 and 5).
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

namespace core {

inline constexpr std::size_t code_indent = 4;  ///< columns, as many as a tab has

/// How many blanks `text` begins with.
std::size_t indent_of(std::string_view text);

bool is_blank(std::string_view text);  ///< nothing but blanks

/// How often `c` stands at the start of `text`.
std::size_t run_of(char c, std::string_view text);

/// The marks that open a fenced block, or "".
std::string_view fence_in(std::string_view text);

bool is_heading(std::string_view text);    ///< "## Title"
bool is_underline(std::string_view text);  ///< "---" or "===", below a paragraph
bool is_rule(std::string_view text);       ///< "---", "* * *"

/// How long the marker is that an item of a list begins with; 0 for none.
std::size_t marker_of(std::string_view text);

/// What ends the block of HTML that begins here: "-->", "</pre>", "" for a blank line. nullopt where
/// none begins; see also is_lone_tag.
std::optional<std::string_view> html_begun(std::string_view text);

/// A tag that is alone in its line, which begins HTML but in a paragraph; a blank line ends it.
bool is_lone_tag(std::string_view text);

/// Whether a line ends HTML whose end html_begun has told.
bool ends_html(std::string_view line, std::string_view end);

}  // namespace core
