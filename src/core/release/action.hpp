// SPDX-License-Identifier: MIT
// What a run can do, one request or one file each. A session decides which of these are done next;
// whoever carries them out decides nothing.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "core/digest.hpp"
#include "core/file_identity.hpp"
#include "core/release.hpp"

namespace core {

// --- reading: nothing on the server changes ---

/// Asks for the release of the tag, with its assets.
struct Look {};

/// Asks which commit the tag is at now.
struct ConfirmTag {
  std::string tag;
};

/// Asks which commit a tag that does not exist yet will be made at. "" stands for the head of the
/// default branch.
struct ResolveTarget {
  std::string target;
};

/// Makes notes from the commits up to `commit`.
struct GenerateNotes {
  std::string commit;
};

/// Takes digests of a local file.
struct HashFile {
  std::string name;  ///< of the asset that it becomes
  std::string path;
  std::vector<Algorithm> algorithms;
  FileIdentity identity = {};  ///< when it was checked
};

/// Downloads an asset to learn what it holds.
struct ReadAsset {
  Asset asset;
};

/// Downloads a file of digests, whose lines say what other assets hold.
struct ReadChecksums {
  Asset asset;
  Algorithm algorithm = Algorithm::sha256;
};

struct Wait {
  std::chrono::milliseconds time{0};
  std::string reason;  ///< worth a line in the log; "" for a short pause
};

// --- writing ---

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
  std::vector<Algorithm> others = {};       ///< digests that are wanted besides SHA-256
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

/// Only what is set is sent. Publishing is a field of the edit, not an action of its own.
struct EditRelease {
  std::optional<std::string> name;
  std::optional<std::string> body;
  std::optional<bool> draft;
  std::optional<bool> prerelease;
  std::optional<std::string> target;
  std::vector<std::string> changes;         ///< in words, for people
  std::vector<std::uint64_t> entries = {};  ///< assets whose digest this writes into the record
};

using Action =
    std::variant<Look, ConfirmTag, ResolveTarget, GenerateNotes, HashFile, ReadAsset, ReadChecksums,
                 Wait, CreateTag, CreateRelease, UploadAsset, DeleteAsset, EditRelease, NoteDigest>;

bool is_write(const Action& action);

/// The one wording for dry run, log and errors: "upload app.tgz (1.2 MiB)". "" for what is not worth
/// a line.
std::string describe(const Action& action);

}  // namespace core
