// SPDX-License-Identifier: MIT
// Notes generated from the commits of a release.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "core/release.hpp"

namespace core {

/// A heading with the Conventional Commit types listed below it. Two special values: `breaking`
/// means breaking changes of all types, `other` all types that are in no category.
struct Category {
  std::string title;
  std::vector<std::string> types;
  std::vector<std::string> labels = {};  ///< of pull requests, in lower case
};

/// The settings of generated notes in the configuration file.
struct NotesLayout {
  std::vector<Category> categories;  ///< empty for the default categories
  std::vector<std::string> exclude;  ///< types, or `breaking` or `other`, that are left out
  bool from_pulls = false;           ///< `source: pulls`: pull requests instead of commits
};

/// The input for generated notes.
struct ReleaseHistory {
  std::string tag;
  std::string previous_tag;     ///< "" for a first release
  std::vector<Commit> commits;  ///< the newest first
  std::uint64_t total = 0;      ///< the number of commits; those of a long history are not all read
  std::string repository_url;   ///< the repository's page; "" if unknown
  std::string changes_url;      ///< a page with all changes; "" if unknown
};

/// Has at most 30,000 bytes; a last line counts the changes that do not fit. The same history
/// always gives the same text.
std::string generated_notes(const ReleaseHistory& history, const NotesLayout& layout);

inline constexpr std::size_t generated_notes_limit = 30'000;  ///< bytes

}  // namespace core
