// SPDX-License-Identifier: MIT
// Deciding, without doing: what is wished and what one look has seen become the actions that lead
// from here to there. A run ends when this list is empty.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/memory.hpp"

namespace core {

/// An annotated tag, made before the release so that it carries its message.
struct CreateTag {
  std::string tag;
  std::string message;
  std::string target;
};

struct CreateRelease {
  std::string tag;
  std::string target;  ///< empty where the tag exists: the server resolves it
  std::string name;
  std::string body;
  bool draft = true;
  bool prerelease = false;
};

struct UploadAsset {
  std::string name;
  std::string path;
  std::uint64_t size = 0;  ///< bytes
};

struct DeleteAsset {
  Asset asset;
  std::string reason;
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

using Action = std::variant<CreateTag, CreateRelease, UploadAsset, DeleteAsset, EditRelease>;

struct Plan {
  std::vector<Action> actions;
  std::vector<std::string> warnings;
  /// The draft was being filled for another commit: to be confirmed with the tag before any action.
  bool starts_over = false;
};

/// Pure. From any prefix of any plan, looking and planning again leads to the same end.
Plan plan(const Desired& desired, const Observed& look, const Memory& memory);

/// How many of the first actions may be done before the next look: nothing is deleted or published
/// on the strength of an upload that nobody has seen.
std::size_t first_step(const std::vector<Action>& actions);

/// The one wording for dry run, log and errors: "upload app.tgz (1.2 MiB)".
std::string describe(const Action& action);

}  // namespace core
