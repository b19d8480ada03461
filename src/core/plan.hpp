// SPDX-License-Identifier: MIT
// Deciding, without doing: what is wished and what one look has seen become the actions that lead
// from here to there. A run ends when this list is empty.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/edit.hpp"
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
  std::uint64_t size = 0;                   ///< bytes
  std::optional<std::string> content = {};  ///< the bytes themselves, where no file holds them
  FileIdentity identity = {};               ///< of the file, when it was checked
};

struct DeleteAsset {
  Asset asset;
  std::string reason;
};

/// An empty asset whose name says what `asset` holds, for the jobs that fill the same release.
struct NoteDigest {
  Asset asset;
  Digest sha256;
};

using Action =
    std::variant<CreateTag, CreateRelease, UploadAsset, DeleteAsset, EditRelease, NoteDigest>;

struct Plan {
  std::vector<Action> actions;
  std::vector<std::string> warnings;
  /// The draft was being filled for another commit: to be confirmed with the tag before any action.
  bool starts_over = false;
  Waiting waiting;  ///< what has to come before the release may be published
};

/// Pure. From any prefix of any plan, looking and planning again leads to the same end.
Plan plan(const Desired& desired, const Observed& look, const Memory& memory);

/// How many of the first actions may be done before the next look: nothing is deleted or published
/// on the strength of an upload that nobody has seen. Deletions and the edit after them are one step:
/// where many jobs write sums, there is something to delete at every look.
std::size_t first_step(const std::vector<Action>& actions);

/// The one wording for dry run, log and errors: "upload app.tgz (1.2 MiB)".
std::string describe(const Action& action);

}  // namespace core
