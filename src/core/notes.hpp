// SPDX-License-Identifier: MIT
// The notes of a release: what people read, and behind it two comments of ours that they do not
// see, the mark and the record.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/record.hpp"

namespace core {

struct Notes {
  /// What people read: the user's own text, and the sections in it (core/sections.hpp).
  std::string text;
  std::optional<std::string> mark;  ///< "being filled for commit C": the commit
  Record record;
  /// With the mark, after a tag was moved: assets up to this id are of another commit and have to
  /// go.
  std::uint64_t outdated_up_to = 0;
};

/// Splits a release's body. The record counts only as the last line and only where it is the one
/// record in the text. The mark counts as the line before it; in a draft it counts wherever its
/// line stands, since somebody may have written below it. In a published release it must not: notes
/// may quote one.
Notes parse_notes(std::string_view body, bool published = false);

/// The body for `notes`. One blank where there is nothing to say: the server ignores an empty one.
/// The record gets what the rest leaves of `notes_limit` bytes, the asset named `first` before others.
std::string render_notes(const Notes& notes, const std::vector<Asset>& assets,
                         std::string_view first = {});

/// The part of `record` that render_notes writes beside the rest of `notes`.
Record recordable(const Notes& notes, const Record& record, const std::vector<Asset>& assets,
                  std::string_view first = {});

/// How many assets a record in these notes has room for, at least.
std::size_t record_capacity(const Notes& notes);

/// MySQL holds 65,535 bytes in its TEXT column; beyond that the server answers 500.
inline constexpr std::size_t notes_limit = 60'000;

/// Text that comes from outside, made harmless: comments that look like ours are escaped, a comment
/// that is not closed is closed (it would swallow ours).
std::string incoming_text(std::string_view text);

/// `text` with `addition` at its end, unless that stands in it already as whole lines.
std::string with_appended(const std::string& text, const std::string& addition);

}  // namespace core
