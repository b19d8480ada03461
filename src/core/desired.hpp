// SPDX-License-Identifier: MIT
// What the inputs ask for, with everything looked up and read: the left side of the plan.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/checksums.hpp"
#include "core/downloads.hpp"
#include "core/file_identity.hpp"
#include "core/record.hpp"

namespace core {

/// `overwrite_files`: what happens to an asset of the same name.
enum class Overwrite { replace, keep, fail };

struct LocalFile {
  std::string name;              ///< of the asset
  std::string path;              ///< where its bytes are
  std::uint64_t size = 0;        ///< bytes
  std::optional<Digest> sha256;  ///< once it was needed: taken while uploading, or to compare
  /// Where `checksums` asks for other digests: the record has SHA-256 only.
  std::map<Algorithm, Digest> other_digests = {};
  std::optional<std::string> content = {};  ///< the bytes themselves, of a file that this run makes
  FileIdentity identity = {};               ///< when it was checked; of a file on disk
};

struct WishedText {
  std::string text;
  bool append = false;  ///< add it at the end of what is there
  /// Found by itself (RELEASE_NOTES.md): for a new release, our own draft, or empty notes only.
  bool only_where_empty = false;
};

struct Desired {
  std::string tag;
  std::string target;               ///< where a tag that does not exist yet is made
  std::string tag_message;          ///< makes a new tag an annotated one
  std::optional<std::string> name;  ///< the title; the tag where a new release has none
  std::optional<WishedText> text;
  /// Notes made from the commits; absent: what was generated earlier stays as it is.
  std::optional<std::string> generated;
  std::optional<Downloads> downloads;  ///< absent: a table made earlier stays as it is
  std::optional<bool> draft;
  std::optional<bool> prerelease;  ///< absent: unchanged on an existing release
  bool prerelease_when_new = false;
  bool upload_before_publish = true;
  Overwrite overwrite = Overwrite::replace;
  bool remove_others = false;
  std::vector<std::string> required;  ///< patterns of names; published once each has an asset
  std::vector<Algorithm> checksums;
  SumsNames sums;  ///< what their files are called
  /// Whether an edit may be sent for the record alone; not on a `release` event, where it would
  /// start the next run.
  bool edit_for_record_alone = true;
  std::vector<LocalFile> files;

  const std::string& title_when_new() const { return name && !name->empty() ? *name : tag; }
  bool wants(Algorithm algorithm) const {
    return std::find(checksums.begin(), checksums.end(), algorithm) != checksums.end();
  }
};

}  // namespace core
