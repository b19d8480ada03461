// SPDX-License-Identifier: MIT
// The actions of a run: each is one request, or reads one file. A session decides which ones come
// next; the code that carries them out decides nothing.
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

// --- reads: they change nothing on the server ---

/// Reads the release of the tag, with its assets.
struct ReadRelease {};

/// Reads the commit that the tag currently points to.
struct ConfirmTag {
  std::string tag;
};

/// Resolves the commit at which a new tag will be created. "" means the head of the default branch.
struct ResolveTarget {
  std::string target;
};

/// Generates notes from the commits up to `commit`.
struct GenerateNotes {
  std::string commit;
};

/// Computes digests of a local file.
struct HashFile {
  std::string name;  ///< name of the asset
  std::string path;
  std::vector<Algorithm> algorithms;
  FileIdentity identity = {};  ///< of the file when it was checked
};

/// Downloads an asset to compute its digest.
struct ReadAsset {
  Asset asset;
};

/// Downloads a checksum file, which lists the digests of other assets.
struct ReadChecksums {
  Asset asset;
  Algorithm algorithm = Algorithm::sha256;
};

struct Wait {
  std::chrono::milliseconds time{0};
  std::string reason;  ///< for the log; "" for a short pause, which is not logged
};

// --- writes ---

/// Creates an annotated tag, before the release, because the server would create one without a
/// message.
struct CreateTag {
  std::string tag;
  std::string message;
  std::string target;
};

struct CreateRelease {
  std::string tag;
  std::string target;  ///< empty if the tag exists: the server resolves it
  std::string name;
  std::string body;
  bool draft = true;
  bool prerelease = false;
};

struct UploadAsset {
  std::string name;
  std::string path;
  std::uint64_t size = 0;                   ///< bytes
  std::optional<std::string> content = {};  ///< the content, if there is no file on disk
  FileIdentity identity = {};               ///< of the file when it was checked
  std::vector<Algorithm> others = {};       ///< digests to compute in addition to SHA-256
  bool is_made_later = false;  ///< in a forecast: this run generates the content, of unknown size
};

struct DeleteAsset {
  Asset asset;
  std::string reason;
};

/// Uploads an empty asset whose name announces the digest of `asset` to the other jobs of the
/// release.
struct AnnounceDigest {
  Asset asset;
  Digest sha256;
  std::string code = {};  ///< of a run that has the signing key
};

/// Sends only the members that are set. `draft: false` publishes the release.
struct EditRelease {
  std::optional<std::string> name;
  std::optional<std::string> body;
  std::optional<bool> draft;
  std::optional<bool> prerelease;
  std::optional<std::string> target;
  std::vector<std::string> changes;          ///< what it changes, as text for the log
  std::vector<std::uint64_t> recorded = {};  ///< assets whose digest this adds to the record
};

using Action = std::variant<ReadRelease, ConfirmTag, ResolveTarget, GenerateNotes, HashFile,
                            ReadAsset, ReadChecksums, Wait, CreateTag, CreateRelease, UploadAsset,
                            DeleteAsset, EditRelease, AnnounceDigest>;

bool is_write(const Action& action);

/// How to name an action: in a dry run, while it is carried out, and afterwards in the log.
enum class Tense { future, present, past };

/// "upload app.tgz (1.2 MiB)", "uploading app.tgz (1.2 MiB)" or "Uploaded app.tgz (1.2 MiB)". ""
/// for an action that is not logged. A Wait is logged before it begins, and so has no past.
std::string describe(const Action& action, Tense tense = Tense::future);

}  // namespace core
