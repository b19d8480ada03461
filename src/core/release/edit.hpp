// SPDX-License-Identifier: MIT
// The one edit of a release that a plan may have: everything that differs, in one PATCH, since two
// at one time lose one of them.
#pragma once

#include <string>
#include <vector>

#include "core/release/memory.hpp"

namespace core {

/// What a release still waits for before it may be published; nothing without `required_files`.
struct Waiting {
  std::vector<std::string> files;    ///< patterns that no asset matches
  std::vector<std::string> digests;  ///< assets whose job has not said yet what they hold
  bool anything() const { return !files.empty() || !digests.empty(); }
};

/// Only what is set is sent. Publishing is a field of the edit, not an action of its own.
struct EditRelease {
  std::optional<std::string> name;
  std::optional<std::string> body;
  std::optional<bool> draft;
  std::optional<bool> prerelease;
  std::vector<std::string> changes;  ///< in words, for people
  std::vector<std::string> entries;  ///< names whose entries this writes into the record
};

struct Edit {
  EditRelease edit;
  std::vector<std::string> warnings;
  std::vector<std::string> closing_warnings;  ///< worth a word only when nothing is left to do
};

Edit edit_of(const Desired& desired, const Observed& look, const Memory& memory,
             const std::vector<Asset>& staying, const Waiting& waiting);

}  // namespace core
