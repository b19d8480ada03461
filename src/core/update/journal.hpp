// SPDX-License-Identifier: MIT
// The journal of an installation that updates itself: updater/state.json. Each step of an update is
// announced in it before it is done, so that the next start can finish what was interrupted.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/digest.hpp"

namespace core {

/// The phases of an update, in order.
enum class Phase {
  idle,   ///< no update is in progress
  asked,  ///< the new version is unpacked, and is to be installed at the next start
  flip,   ///< the folders of the old and the new version are being exchanged
  trial,  ///< the new version is in use, and has to prove that it works
  back    ///< the new version failed, and the old one is being put back
};

/// As in the journal: "idle", "asked", …
const char* name_of(Phase phase);

/// How the last update ended.
struct Outcome {
  enum class Kind {
    none,
    updated,      ///< the new version works
    returned,     ///< the new version did not work, and the old one is back
    rolled_back,  ///< the user went back
    abandoned     ///< the new version was not installed
  };
  Kind kind = Kind::none;
  std::string version;  ///< in use since then; "" if that is not known
  std::string other;    ///< the other version of the update
  std::string message;  ///< a sentence for the user
  bool operator==(const Outcome&) const = default;
};

/// As in the journal: "updated", "returned", …; "" for none.
const char* name_of(Outcome::Kind kind);

/// A version that did not work here.
struct FailedVersion {
  std::string version;
  Digest payload;  ///< of the archive that it came from
  bool operator==(const FailedVersion&) const = default;
};

struct Journal {
  Phase phase = Phase::idle;
  std::string old_version;  ///< in use before the update; "" if idle
  std::string new_version;
  Digest payload;  ///< of the new version's archive
  bool with_snapshot =
      false;  ///< whether data is saved before the update, to be put back with the old version
  bool data_returned = false;  ///< in `back`: whether the data has been put back
  unsigned tries = 0;          ///< in `trial`: how often the new version may still be started
  unsigned given_back = 0;     ///< in `trial`: how many tries were not counted in the end

  /// After an update: the version before it, until the keys and the address that the new one names are
  /// adopted. "" otherwise.
  std::string adopt_after;

  Outcome outcome;                    ///< of the last update
  std::vector<FailedVersion> failed;  ///< never installed again, unless the user asks for it
  std::vector<std::string> skipped;   ///< by the user
  std::vector<std::string> withdrawn;

  bool has_failed(const std::string& version) const;
  bool is_skipped(const std::string& version) const;

  bool operator==(const Journal&) const = default;
};

inline constexpr std::size_t max_journal = 256 << 10;  ///< bytes

std::string render_journal(const Journal& journal);

/// Throws Error (failed) if the text is not a journal, or has a format of a later launcher.
Journal parse_journal(std::string_view text);

}  // namespace core
