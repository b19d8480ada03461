// SPDX-License-Identifier: MIT
// As much of Markdown as notes need.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace core {

/// `text` with a backslash before all that Markdown would take for more than text.
std::string escaped_markdown(std::string_view text);

/// A line of somebody else's, as it goes into a list item: code spans stay, `#12` becomes a link to
/// that issue ("" for no links), HTML does not begin, nor does a block.
std::string inline_markdown(std::string_view text, const std::string& repository_url);

/// Whether each line is text: neither in a fenced block nor in an HTML comment of several lines.
std::vector<bool> text_lines(const std::vector<std::string>& lines);

/// Where links lead that are defined apart, by their label: "(https://… "title")".
using LinkDefinitions = std::map<std::string, std::string>;

/// Reads a line `[label]: address "title"` into `definitions`; false for any other. Of two for one
/// label the first counts.
bool read_link_definition(std::string_view line, LinkDefinitions& definitions);

/// `text` with `[text][label]`, `[label][]` and `[label]` written out as `[text](address)`. For a
/// part without fenced blocks.
std::string with_links_written_out(std::string_view text, const LinkDefinitions& definitions);

}  // namespace core
