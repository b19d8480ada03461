// SPDX-License-Identifier: MIT
// Extracts changes from the commits of a release, by the rules of Conventional Commits.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/release.hpp"

namespace core {

/// One change, as it appears in generated notes.
struct Change {
  std::string subject;        ///< the whole first line
  std::string type;           ///< "feat", in lower case; "" if the subject has none
  std::string scope;          ///< "api" of `feat(api): …`
  std::string description;    ///< the text after type and scope; the subject if it has no type
  bool breaking = false;      ///< marked by `!` or a footer
  std::string breaking_note;  ///< the text of the footer `BREAKING CHANGE:`, on one line
  std::string pull_request;   ///< "12": the pull request of the change; "" if it is unknown
  std::string sha;
  std::string url;
};

/// Parses the message of a commit.
Change parse_change(std::string_view message);

/// The changes of `commits`, which are in the server's order, the newest first. A merge is not a
/// change itself: the number of its pull request is added to the Conventional Commits that it
/// merges. If it merges none, the title of the pull request replaces all its commits.
std::vector<Change> changes_of(const std::vector<Commit>& commits);

/// The authors and co-authors of `commits`, each once, in alphabetical order.
std::vector<std::string> authors_of(const std::vector<Commit>& commits);

}  // namespace core
