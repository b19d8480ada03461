// SPDX-License-Identifier: MIT
// What a run remembers of its earlier reads and writes. Together with the state of the server, it
// is all that the plan depends on. Only the session changes it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "core/release.hpp"
#include "core/release/desired.hpp"
#include "core/release/fan_in.hpp"
#include "core/release/notes.hpp"

namespace core {

/// The release as one request found it.
struct Snapshot {
  std::optional<Release> release;           ///< its assets without the announcements
  Notes notes;                              ///< of that release
  std::vector<Announcement> announcements;  ///< digests that the jobs announce to each other
  Record record;  ///< the digests of the notes' record and of the announcements
  std::chrono::sys_seconds server_time{};  ///< by the server's clock; 0 if it does not send one
};
/// A text that differs if anything on the server has changed.
std::string state_of(const Snapshot& snapshot);
Snapshot snapshot_of(std::optional<Release> release, std::chrono::sys_seconds server_time = {});
/// The highest id of all assets and announcements; 0 if there are none.
std::uint64_t highest_id(const Snapshot& snapshot);

struct Memory {
  /// A successful upload of this run.
  struct Sent {
    Asset asset;
    Digest sha256;
  };

  /// An upload that got no response: the asset may exist, or still appear.
  struct Lost {
    std::uint64_t highest_before = 0;  ///< the highest id of any asset when the upload began
    Digest sha256 = {};                ///< of the bytes that were sent; "" if not all were sent
  };

  /// The fields before this run wrote any. If a field has this value again, a parallel write has
  /// overwritten ours; a third value was written by another run or a user.
  struct FirstSnapshot {
    std::string name;
    std::string text;
    bool prerelease = false;
    std::uint64_t highest_asset = 0;
    bool text_is_ours = true;  ///< RELEASE_NOTES.md may be used without being configured
  };

  std::string commit;       ///< of the tag when the run began; of the target if there was no tag
  bool tag_exists = false;  ///< when it was last read
  std::uint64_t release_id = 0;
  bool created = false;  ///< the release was created by this run

  std::map<std::string, Sent> sent;
  std::map<std::string, Lost> lost;
  std::map<std::string, int> made;  ///< how often a generated file was uploaded, by name
  /// All digests known from a record, an announcement, a checksum file, an upload of this run or a
  /// download, by asset. The content of an asset never changes.
  Record known;
  /// Codes that were announced or recorded with a digest, valid or not, by asset. They are kept after
  /// the announcement was deleted.
  std::map<std::uint64_t, std::set<std::pair<Digest, std::string>>> codes = {};
  /// SHA256SUMS as a run with the key has read it (signed_sums.hpp).
  struct Sums {
    std::uint64_t id = 0;  ///< of the asset; 0 if none was read
    Digest signature;      ///< of the signature that the key makes over it
    std::map<std::string, Digest> lines;
  };
  Sums sums = {};
  /// Digests by asset for which a signature vouches that is valid.
  std::map<std::uint64_t, Digest> signed_lines = {};
  std::set<std::uint64_t> read;  ///< assets that this run has downloaded, or could not download
  /// Digests that checksum files list for older assets, by asset. They are not verified, and so are
  /// not written to the record.
  std::map<Algorithm, std::map<std::uint64_t, Digest>> listed;
  std::set<std::uint64_t> learned;  ///< checksum files whose lines this run knows

  /// How often this run has announced the digest of an asset; max_announcements once that has
  /// succeeded.
  std::map<std::uint64_t, int> announced;
  bool announcements_refused = false;  ///< the server does not accept announcements
  std::map<std::uint64_t, int>
      record_writes;     ///< how often a digest was written to the record, by asset
  int notes_writes = 0;  ///< how often digests were announced in the notes instead

  std::optional<FirstSnapshot> first;
  bool name_settled = false;
  bool text_settled = false;
  bool prerelease_settled = false;

  /// The server may still publish the draft itself (see session_watch.cpp).
  bool watching = false;
};

/// How often a digest is written to the record before the run gives up, if parallel jobs without
/// 'required_files' overwrite each other's record.
inline constexpr int max_record_writes = 2;

/// How often a run announces a digest if no response comes.
inline constexpr int max_announcements = 2;

/// How often a run uploads a generated file, which changes each time another run adds an asset.
inline constexpr int max_made = 3;

/// The known digest of an asset.
std::optional<Digest> known_digest(const Asset& asset, const Snapshot& snapshot,
                                   const Memory& memory);

/// The known digest of an asset, or else the one that SHA256SUMS lists.
std::optional<Digest> known_or_listed(const Asset& asset, const Snapshot& snapshot,
                                      const Memory& memory);

/// Whether the record has too little room for all assets of the release.
bool record_is_full(const Snapshot& snapshot);

/// The record that `assets` should have: all known digests, except those that parallel jobs have
/// overwritten too often. It may be larger than the notes have room for.
Record known_record(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                    const std::vector<Asset>& assets);

/// Adds a snapshot to the memory: keeps the first snapshot and all digests, and settles a field
/// once it is as desired. Returns warnings about fields that another run or a user changed, or that
/// the server has cut.
std::vector<std::string> remember(Memory& memory, const Desired& desired, const Snapshot& snapshot);

/// The desired user's part of the notes, if `now` is the current one.
std::string desired_text(const Desired& desired, const Memory& memory, const std::string& now);

/// Whether `stored` is `wanted`, cut by the server: servers shorten long titles, some with an
/// ellipsis (Gitea 1.22 to 255 bytes, 1.25 to 253 characters). A text with fewer bytes than
/// `shortest_limit` was not cut.
bool is_cut(const std::string& stored, const std::string& wanted, std::size_t shortest_limit);

}  // namespace core
