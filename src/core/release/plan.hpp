// SPDX-License-Identifier: MIT
// Decides the next step from the desired state and a snapshot, without carrying it out. The rules
// are tried in order, and the first one that applies gives the step. The run ends when none
// applies.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/release/action.hpp"
#include "core/release/memory.hpp"

namespace core {

/// The rules, in the order in which they are tried.
enum class Rule {
  create,            ///< the release does not exist: create it, and upload the files
  start_over,        ///< the draft was filled for a commit that the tag no longer points to
  put_back,          ///< the server has published a release that is still being filled
  hash_files,        ///< compute digests of local files, to compare them with those of assets
  read_back,         ///< download assets that may be uploads of this run
  publish_first,     ///< 'upload_before_publish: false'
  upload,            ///< upload files that are missing or differ, and then read the tag again
  announce_digests,  ///< 'required_files': announce each upload of this run
  wait_for_files,    ///< 'required_files': other jobs have to upload the missing files
  yield,             ///< 'required_files': let the job that uploaded the last asset go first
  read_others,       ///< download assets whose job did not announce a digest
  wait_for_digest,   ///< another job will announce a digest
  write_checksums,   ///< SHA256SUMS and other checksum files
  tidy,              ///< delete announcements and replaced assets, which must not be published
  confirm_tag,       ///< read the tag again before publishing, if it was read long ago
  edit,              ///< send all differences in one PATCH
  watch,             ///< the server may still publish the draft itself
  take_back,         ///< delete uploads of this run that must not stay
  done,
};

struct Step {
  Rule rule = Rule::done;
  std::vector<Action> now;  ///< in order; after one that gets no response, read the release again
  std::vector<Action>
      forecast;  ///< all actions that will follow from this snapshot, as far as they can be known
  std::vector<std::string> warnings;
  std::vector<std::string> missing;   ///< patterns of `required_files` that no asset matches
  std::optional<Error> refusal = {};  ///< why the run has to end here
  std::vector<std::string> unknown;   ///< required files whose content cannot be determined

  /// Whether it waits for another run or the server.
  bool is_for_others() const;
  /// Whether it only reads and does not wait for others: a dry run carries it out.
  bool only_asks() const;
};

using Time = std::chrono::steady_clock::time_point;

/// The state that a plan needs in addition to the memory; changes from snapshot to snapshot.
struct Waits {
  int yields = 0;               ///< in a row, without any change on the server
  int for_digests = 0;          ///< how often this run has waited for a digest
  bool wrote = false;           ///< this run has written something
  bool settled_public = false;  ///< the release stayed public although files are missing
  bool tag_is_fresh = true;     ///< the tag was read a moment ago
  std::map<std::uint64_t, Time> first_seen =
      {};  ///< when assets of unknown content were first seen
};

/// A pure function. After any part of a step was carried out, reading and planning again leads to
/// the same end.
Step plan(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
          const Waits& waits = {}, Time now = {});

/// The job of an asset of unknown content that is younger than this will still announce its digest.
/// For an older asset the job has ended, or a user uploaded it.
inline constexpr std::chrono::seconds max_silence{20};

}  // namespace core
