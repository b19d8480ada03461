// SPDX-License-Identifier: MIT
// The sections of the notes that this action updates. Each is enclosed by two invisible comments,
// and is replaced in place; all other text belongs to the user.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace core {

/// In the order in which they are added to the notes.
enum class Section { generated, downloads };

/// The text without its sections, which is the user's text.
std::string user_text(std::string_view text);

/// The content of a section; nullopt if the section does not exist.
std::optional<std::string> section(std::string_view text, Section which);

/// `text` with the section replaced in place, or added at the end, or removed if `content` is
/// empty.
std::string with_section(std::string_view text, Section which, std::string_view content);

/// `text` with the user's text replaced, followed by the sections.
std::string with_user_text(std::string_view text, std::string_view user);

/// The text without the comments around the sections.
std::string without_comments(std::string_view text);

/// `text` cut to `limit` bytes by removing whole lines at the end of its sections, from the last
/// section first. The user's text is never cut.
std::string with_cut_sections(const std::string& text, std::size_t limit);

}  // namespace core
