// SPDX-License-Identifier: MIT
// Notes that are made from the commits of a release.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/release.hpp"

namespace core {

/// A heading and what stands below it: changes of these Conventional Commit types. Two words are no
/// types: `breaking` means breaking changes of every type, `other` what no category names.
struct Category {
  std::string title;
  std::vector<std::string> types;
};

/// What the configuration file says of them.
struct NotesLayout {
  std::vector<Category> categories;  ///< empty: the default ones
  std::vector<std::string> exclude;  ///< types, `breaking` and `other` that are left out
};

/// What they are made from.
struct ReleaseHistory {
  std::string tag;
  std::string previous_tag;     ///< "" for a first release
  std::vector<Commit> commits;  ///< the newest first
  std::uint64_t total = 0;      ///< how many commits there are: of a long history not all are read
  std::string repository_url;   ///< the repository's page; "" where nobody knows it
  std::string changes_url;      ///< a page with all changes, likewise
};

/// 30,000 bytes at most; what does not fit is counted in a line of its own. The same history gives
/// the same text.
std::string generated_notes(const ReleaseHistory& history, const NotesLayout& layout);

inline constexpr std::size_t generated_notes_limit = 30'000;  ///< bytes

}  // namespace core
