// SPDX-License-Identifier: MIT
// Deciding, without doing: what is wished and what one look has seen become the next step. The rules
// are tried in order, and the first one that applies is the step. A run ends when none does.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "core/release/action.hpp"
#include "core/release/memory.hpp"

namespace core {

/// The rules, in the order in which they are tried.
enum class Rule {
  create,           ///< there is no release yet: create it, and upload into it
  start_over,       ///< the draft was being filled for a commit that the tag has left
  put_back,         ///< the server has turned public what is still being filled
  hash_files,       ///< digests of local files, to compare them with what is known of assets
  read_back,        ///< what assets hold that may be this run's own
  publish_first,    ///< 'upload_before_publish: false'
  upload,           ///< what is missing or differs, and then ask for the tag once more
  tell_digests,     ///< 'required_files': an entry for each own upload
  wait_for_files,   ///< 'required_files': other jobs are to bring what is missing
  yield,            ///< 'required_files': whoever brought the last asset goes first
  read_others,      ///< what assets hold whose job did not tell
  wait_for_digest,  ///< another job is about to tell
  write_checksums,  ///< SHA256SUMS and its like
  tidy,             ///< delete what must not be in public: entries, and replaced assets
  confirm_tag,      ///< before publishing, where the tag was asked for long ago
  edit,             ///< all that differs, in one PATCH
  watch,            ///< the server may still turn the draft public by itself
  take_back,        ///< delete what this run has uploaded and must not stay
  done,
};

struct Step {
  Rule rule = Rule::done;
  std::vector<Action> now;       ///< in order; after one that is not answered, look again
  std::vector<Action> forecast;  ///< all that this look leads to, as far as it can be told
  std::vector<std::string> warnings;
  std::vector<std::string> missing;  ///< patterns of `required_files` that no asset matches
  std::vector<std::string> unknown;  ///< required files that nobody can tell the content of

  /// A wait for what another run, or the server, may do.
  bool is_for_others() const;
  /// Nothing is written, and nobody is waited for: a dry run carries it out.
  bool only_asks() const;
};

using Time = std::chrono::steady_clock::time_point;

/// What a plan needs besides the memory; changes from look to look.
struct Waits {
  int yields = 0;               ///< in a row without anything moving
  int for_digests = 0;          ///< how often this run has waited for a digest
  bool wrote = false;           ///< this run has written something
  bool settled_public = false;  ///< the release stayed public though files are missing
  bool tag_is_fresh = true;     ///< the tag was asked for a moment ago
  std::map<std::uint64_t, Time> first_seen = {};  ///< assets of unknown content
};

/// Pure. From any prefix of any step, looking and planning again leads to the same end.
Step plan(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
          const Waits& waits = {}, Time now = {});

/// An asset of unknown content that is younger than this has a job that will tell; of an older one
/// the job is dead, or it is a person's.
inline constexpr std::chrono::seconds longest_silence{20};

}  // namespace core
