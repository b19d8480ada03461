// SPDX-License-Identifier: MIT
// The parts of the notes that this action keeps up to date. Each stands between two comments that
// people do not see, and is replaced where it stands; everything else in the text is the user's.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace core {

/// In the order in which they are added to notes that have none.
enum class Section { generated, downloads };

/// The text without its sections: what the user wrote.
std::string user_text(std::string_view text);

/// What stands in a section; absent where there is none.
std::optional<std::string> section(std::string_view text, Section which);

/// `text` with the section replaced in place, or added at the end; an empty one is taken out.
std::string with_section(std::string_view text, Section which, std::string_view content);

/// `text` with the user's part replaced, and the sections behind it.
std::string with_user_text(std::string_view text, std::string_view user);

/// The text without the comments around the sections.
std::string without_comments(std::string_view text);

/// `text` cut to `limit` bytes: whole lines at the end of its sections, the last section first. The
/// user's part is never cut.
std::string with_cut_sections(const std::string& text, std::size_t limit);

}  // namespace core
