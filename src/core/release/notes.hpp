// SPDX-License-Identifier: MIT
// The notes of a release: the visible text, followed by two invisible comments of ours, the mark
// and the record.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/release/record.hpp"

namespace core {

struct Notes {
  /// The visible text: that of the user, and the sections in it (core/release/sections.hpp).
  std::string text;
  std::optional<std::string> mark;  ///< the commit C in "being filled for commit C"
  Record record;
  /// With the mark, after a tag was moved: assets up to this id are from another commit and have to
  /// be deleted.
  std::uint64_t outdated_up_to = 0;
};

/// Splits the body of a release. The record counts only if it is the last line and the only record
/// in the text. The mark counts in the line before it. In a draft it counts in any line, because a
/// user may have added text below it; in a published release it does not, because notes may quote a
/// mark.
Notes parse_notes(std::string_view body, bool published = false);

/// The body for `notes`; blocks that their text leaves open are closed. A single blank instead of
/// an empty body, which the server would ignore. The record gets the rest of `notes_limit` bytes,
/// and the asset named `first` is recorded before others.
std::string render_notes(const Notes& notes, const std::vector<Asset>& assets,
                         std::string_view first = {});

/// The part of `record` for which render_notes has room.
Record recordable(const Notes& notes, const Record& record, const std::vector<Asset>& assets,
                  std::string_view first = {});

/// The minimum number of assets for which the record in these notes has room.
std::size_t record_capacity(const Notes& notes);

/// Bytes. A TEXT column of MySQL has 65,535 bytes; the server responds 500 to longer notes.
inline constexpr std::size_t notes_limit = 60'000;

/// Makes text from outside safe for the notes: escapes comments that look like ours, closes open
/// blocks, which would include the text after them, and removes a byte order mark.
std::string incoming_text(std::string_view text);

/// The notes from the message of an annotated tag, without a signature at its end; "" if the message is
/// only the name of the tag, or is not UTF-8.
std::string notes_of_tag(std::string_view tag, std::string_view message);

/// `text` with `addition` at its end, or at its beginning, unless `text` already contains the lines
/// of `addition`.
std::string with_appended(const std::string& text, const std::string& addition);
std::string with_prepended(const std::string& text, const std::string& addition);

}  // namespace core
