// SPDX-License-Identifier: MIT
// From the commits of a release to its changes, by the rules of Conventional Commits.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/release.hpp"

namespace core {

/// One change, as notes name it.
struct Change {
  std::string subject;        ///< the whole first line
  std::string type;           ///< "feat", in lower case; "" where the subject has none
  std::string scope;          ///< "api" of `feat(api): …`
  std::string description;    ///< behind type and scope; the subject where it has none
  bool breaking = false;      ///< by `!` or a footer
  std::string breaking_note;  ///< what the footer `BREAKING CHANGE:` says, on one line
  std::string pull_request;   ///< "12": the one that brought it; "" where that is not known
  std::string sha;
  std::string url;
};

/// Reads a commit's message.
Change parse_change(std::string_view message);

/// The changes of `commits`, which are in the server's order, the newest first. A merge is no change
/// of its own: the number of its pull request goes to the Conventional Commits that it brought, and
/// where it brought none the pull request's title stands for all of them.
std::vector<Change> changes_of(const std::vector<Commit>& commits);

/// Who wrote `commits`, with co-authors, each once, in the order of the alphabet.
std::vector<std::string> authors_of(const std::vector<Commit>& commits);

}  // namespace core
