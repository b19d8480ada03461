// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/release.hpp"

namespace core {

inline constexpr std::string_view tag_ref_prefix = "refs/tags/";

/// Removes `tag_ref_prefix`, which some contexts of a runner put before the name of a tag.
inline std::string_view without_ref_prefix(std::string_view tag) {
  return tag.starts_with(tag_ref_prefix) ? tag.substr(tag_ref_prefix.size()) : tag;
}

struct PreviousTag {
  Tag tag;
  bool is_by_date = false;  ///< found by date, because the tag has no version
};

/// The tag of the release before that of `tag`, which points or will point to `commit`. Considers
/// only tags with the same prefix. Takes the highest version below that of `tag`; before a stable
/// version only stable ones count. If `tag` has no version (`nightly`), takes the last tag that was
/// created before it and points to another commit.
std::optional<PreviousTag> previous_tag(std::string_view tag, std::string_view commit,
                                        const std::vector<Tag>& tags);

/// For the log: why `previous`, or no tag at all (nullopt), was taken for `tag`. "" in the usual
/// case that versions decide.
std::string why_previous(std::string_view tag, const std::optional<PreviousTag>& previous);

}  // namespace core
