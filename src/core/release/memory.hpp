// SPDX-License-Identifier: MIT
// What a run remembers of its own earlier looks and writes: with the server's state it is all that
// the plan depends on. Only the session changes it.
#pragma once

#include <chrono>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/desired.hpp"
#include "core/notes.hpp"
#include "core/release.hpp"
#include "core/release/fan_in.hpp"

namespace core {

/// The release as one look found it.
struct Snapshot {
  std::optional<Release> release;          ///< its assets without the entries
  Notes notes;                             ///< of that release
  std::vector<Entry> entries;              ///< that several jobs have left for one another
  Record record;                           ///< what the notes' record and the entries say together
  std::chrono::sys_seconds server_time{};  ///< by the server's clock; 0 where it tells none
};
/// What tells whether anything on the server has changed.
std::string state_of(const Snapshot& snapshot);
Snapshot snapshot_of(std::optional<Release> release, std::chrono::sys_seconds server_time = {});

struct Memory {
  /// An upload of this run, by the asset's name.
  struct Sent {
    Asset asset;
    Digest sha256;
  };

  /// An upload without an answer, by the asset's name: it may be there, or still come.
  struct Lost {
    std::uint64_t highest_before = 0;  ///< id of any asset when it was begun
    Digest sha256 = {};                ///< of the bytes that were sent; "" where not all were
  };

  /// The fields as they were before this run wrote any: a field that shows this value again was
  /// lost to a parallel write, a third value is somebody else's wish.
  struct FirstLook {
    std::string name;
    std::string text;
    bool prerelease = false;
    std::uint64_t highest_asset = 0;
    bool text_is_ours = true;  ///< a text found by itself may be used
  };

  std::string commit;       ///< the tag's at the first look; the target's where there was no tag
  bool tag_exists = false;  ///< at the latest question
  std::uint64_t release_id = 0;
  bool created = false;  ///< by this run

  std::map<std::string, Sent> sent;
  std::map<std::string, Lost> lost;
  std::map<std::string, int> made;  ///< how often a file of this run's own making was sent
  /// All that a record, an entry, a file of digests, an own upload or reading an asset back has told.
  /// By asset; an asset's bytes never change.
  Record known;
  std::set<std::uint64_t> read;  ///< assets that this run has read back, or could not read
  /// What files of digests say of assets that were there before them, by asset. Nobody vouches for
  /// it, so that it goes into no record.
  std::map<Algorithm, std::map<std::uint64_t, Digest>> listed;
  std::set<std::uint64_t> learned;  ///< files of digests whose lines this run knows

  /// How often this run has told the other jobs what an asset holds; max_tellings once it was heard.
  std::map<std::uint64_t, int> told;
  bool entries_refused = false;                ///< the server takes no such assets
  std::map<std::uint64_t, int> record_writes;  ///< how often an asset went into the record
  int notes_writes = 0;                        ///< how often digests were told by the notes instead

  std::optional<FirstLook> first;
  bool name_settled = false;
  bool text_settled = false;
  bool prerelease_settled = false;

  /// The server is expected to turn the draft public by itself, and has not done so yet.
  bool watching = false;
};

/// How often an asset's digest is written into the record before it is let go, where several jobs
/// write at the same time without 'required_files'.
inline constexpr int max_record_writes = 2;

/// How often a run tells what an asset holds, where no answer comes.
inline constexpr int max_tellings = 2;

/// How often a run sends a file of its own making: each time that others add something it changes.
inline constexpr int max_made = 3;

/// What is known of an asset's content.
std::optional<Digest> known_digest(const Asset& asset, const Snapshot& snapshot,
                                   const Memory& memory);

/// What is known of its content, or else what SHA256SUMS lists for it.
std::optional<Digest> known_or_listed(const Asset& asset, const Snapshot& snapshot,
                                      const Memory& memory);

/// Whether the record has no room for all assets of the release.
bool record_is_full(const Snapshot& snapshot);

/// What the record should say of `assets`: all that is known, but what has been lost too often. More
/// than a record may hold.
Record known_record(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                    const std::vector<Asset>& assets);

/// Takes a look into the memory: the first one is kept, digests are kept, a field once seen as wished
/// is settled. Returns warnings about fields that somebody else wrote, or that the server has cut.
std::vector<std::string> remember(Memory& memory, const Desired& desired, const Snapshot& snapshot);

/// The user's part of the notes as wished, given what is there now.
std::string wished_text(const Desired& desired, const Memory& memory, const std::string& now);

/// Whether `stored` is `wish` as far as a server kept it: servers shorten long titles, some with an
/// ellipsis (Gitea 1.22 to 255 bytes, 1.25 to 253 characters). What has fewer bytes than
/// `shortest_limit` was not cut, but goes on in the wish.
bool is_cut(const std::string& stored, const std::string& wish, std::size_t shortest_limit);

}  // namespace core
