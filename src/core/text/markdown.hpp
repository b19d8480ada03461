// SPDX-License-Identifier: MIT
// The part of Markdown that notes need.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace core {

/// `text` with a backslash before every character that has a meaning in Markdown.
std::string escaped_markdown(std::string_view text);

/// The same on one line, also for the cell of a table or the text of a link in it.
std::string markdown_cell(std::string_view text);

/// Escapes a line from a commit for a list item. Code spans and addresses stay, `#12` becomes a
/// link to that issue (unless `repository_url` is ""), and `@name` stays for the server to link.
/// Everything else becomes plain text: no block, emphasis, link or HTML begins in it.
std::string inline_markdown(std::string_view text, const std::string& repository_url);

/// Targets of reference links, by label: "(https://… "title")".
using LinkDefinitions = std::map<std::string, std::string>;

/// Reads a line `[label]: address "title"` into `definitions`; returns false for any other line.
/// The first definition of a label counts.
bool read_link_definition(std::string_view line, LinkDefinitions& definitions);

/// `text` with `[text][label]`, `[label][]` and `[label]` replaced by `[text](address)`. `text`
/// must not contain fenced code blocks.
std::string with_links_written_out(std::string_view text, const LinkDefinitions& definitions);

}  // namespace core
