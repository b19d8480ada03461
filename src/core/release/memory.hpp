// SPDX-License-Identifier: MIT
// What a run remembers of its own earlier looks and writes: with the server's state it is all that
// the plan depends on.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/desired.hpp"
#include "core/notes.hpp"
#include "core/release.hpp"
#include "core/release/fan_in.hpp"

namespace core {

/// One look at the server.
struct Observed {
  std::optional<Release> release;  ///< its assets without the entries
  Notes notes;                     ///< of that release
  std::vector<Entry> entries;      ///< that several jobs have left for one another
  Record record;                   ///< what the notes' record and the entries say together
};
Observed observed(std::optional<Release> release);

struct Memory {
  /// An upload of this run, by the asset's name.
  struct Sent {
    Asset asset;
    Digest sha256;
    int entry_writes = 0;  ///< how often its entry went into the record: lost twice, it is let go
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
  bool created = false;
  std::map<std::string, Sent> sent;
  std::map<std::string, int> made;  ///< how often a file of this run's own making was sent
  std::optional<FirstLook> first;
  bool name_settled = false;
  bool text_settled = false;
  bool prerelease_settled = false;
  /// The server is expected to turn the draft public by itself, and has not done so yet.
  bool watching = false;
};

/// How often an entry is written into the record before it is let go.
inline constexpr int most_entry_writes = 2;

/// How often a run sends a file of its own making: each time that others add something it changes.
inline constexpr int most_made = 3;

/// What is known of an asset's content: by this run's own upload, by the record, by an entry.
std::optional<Digest> known_digest(const Asset& asset, const Observed& look, const Memory& memory);

/// What the record and the entries say of `assets`, and what this run's own uploads add to it, as
/// long as their entries have not been lost too often. More than a record may hold.
Record known_record(const Observed& look, const Memory& memory, const std::vector<Asset>& assets);

/// Takes a look into the memory: the first one is kept, a field once seen as wished is settled.
/// Returns warnings about fields that somebody else wrote.
std::vector<std::string> remember(Memory& memory, const Desired& desired, const Observed& look);

/// The user's part of the notes as wished, given what stands there now.
std::string wished_text(const Desired& desired, const Memory& memory, const std::string& now);

}  // namespace core
