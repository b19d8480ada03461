// SPDX-License-Identifier: MIT
// The desired state of the release: what the inputs ask for, after all files were found and read.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/file_identity.hpp"
#include "core/release/checksums.hpp"
#include "core/release/downloads.hpp"
#include "core/release/record.hpp"
#include "core/release/update_file.hpp"

namespace core {

/// `overwrite_files`: what to do with an existing asset of the same name.
enum class Overwrite { replace, keep, fail };

struct LocalFile {
  std::string name;        ///< name of the asset
  std::string path;        ///< the file on disk
  std::uint64_t size = 0;  ///< bytes
  std::optional<Digest>
      sha256;  ///< computed during the upload, or when it is needed for a comparison
  /// Digests other than SHA-256 that `checksums` requests; the record contains only SHA-256.
  std::map<Algorithm, Digest> other_digests = {};
  std::optional<std::string> content = {};  ///< the content of a file that this run generates
  FileIdentity identity = {};               ///< of a file on disk, when it was checked
};

struct DesiredText {
  std::string text;
  bool append = false;  ///< add it to the end of the existing notes
  /// The text is from RELEASE_NOTES.md without being configured: use it only for a new release, our
  /// own draft, or empty notes.
  bool only_where_empty = false;
  bool prepend = false;  ///< add it to the beginning of the existing notes
};

/// What a run can do that has the signing key. Both functions give the same for the same.
struct Signing {
  /// The content of SHA256SUMS.minisig over that of SHA256SUMS.
  std::function<std::string(const std::string& checksums)> sign;
  /// A code of the text that only holders of the key can make (vouching.hpp).
  std::function<std::string(const std::string& text)> code;
};

struct Desired {
  std::string tag;
  std::string target;               ///< the commit or branch at which a new tag is created
  std::string tag_message;          ///< creates a new tag as an annotated tag
  std::optional<std::string> name;  ///< the title; if absent, a new release uses the tag
  std::optional<DesiredText> text;
  /// Notes generated from the commits; if absent, notes generated earlier stay unchanged.
  std::optional<std::string> generated;
  std::optional<Downloads> downloads;  ///< if absent, an existing table stays unchanged
  std::optional<bool> draft;
  std::optional<bool> prerelease;  ///< if absent, an existing release stays unchanged
  bool prerelease_when_new = false;
  bool upload_before_publish = true;
  Overwrite overwrite = Overwrite::replace;
  bool remove_others = false;
  std::vector<std::string>
      required;  ///< patterns of asset names; the release is published once an asset matches each
  std::vector<Algorithm> checksums;
  ChecksumNames checksum_names;  ///< names of the checksum files
  /// Whether an edit may be sent just to update the record; not on a `release` event, because it
  /// would trigger another run.
  bool edit_for_record_alone = true;
  std::vector<LocalFile> files;
  bool has_file(const std::string& name) const;
  std::optional<Signing> signing = {};
  bool only_sign =
      false;  ///< upload no file: those of the release have to be the files of this run
  std::optional<Update> update = {};  ///< the release has an update.json, and so is signed

  const std::string& title_when_new() const { return name && !name->empty() ? *name : tag; }
  bool wants(Algorithm algorithm) const {
    return std::find(checksums.begin(), checksums.end(), algorithm) != checksums.end();
  }
};

inline bool Desired::has_file(const std::string& name) const {
  return std::any_of(files.begin(), files.end(),
                     [&](const LocalFile& file) { return file.name == name; });
}

}  // namespace core
