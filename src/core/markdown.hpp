// SPDX-License-Identifier: MIT
// As much of Markdown as notes need.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace core {

/// `text` with a backslash before all that Markdown would take for more than text.
std::string escaped_markdown(std::string_view text);

/// A line of somebody else's, as it goes into a list item. Code spans and addresses stay, `#12` becomes
/// a link to that issue ("" for no links), `@name` is left to the server; all else means itself: no
/// block, emphasis, link or HTML begins.
std::string inline_markdown(std::string_view text, const std::string& repository_url);

/// Where links lead that are defined apart, by their label: "(https://… "title")".
using LinkDefinitions = std::map<std::string, std::string>;

/// Reads a line `[label]: address "title"` into `definitions`; false for any other. Of two for one
/// label the first counts.
bool read_link_definition(std::string_view line, LinkDefinitions& definitions);

/// `text` with `[text][label]`, `[label][]` and `[label]` written out as `[text](address)`. For a
/// part without fenced blocks.
std::string with_links_written_out(std::string_view text, const LinkDefinitions& definitions);

}  // namespace core
