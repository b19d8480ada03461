// SPDX-License-Identifier: MIT
// An update as a state machine: which step comes next, given the journal and the folders. It has no
// side effects, so that every interruption can be tested. The launcher carries the steps out:
//
//   for (RefusedActs refused;;) {
//     const SwapStep step = next_step(journal, look(), refused);
//     … do it; on success write step.journal; on failure add step.act to `refused`
//   }
//
// Whatever happens between two steps, a later start ends with a version that can be started.
#pragma once

#include <set>
#include <string>

#include "core/update/journal.hpp"

namespace core {

/// The folders of an installation, for the versions that the journal names.
struct Folders {
  std::string current;    ///< the version in current/, by its RELEASE.json; "" without that folder
  bool ready = false;     ///< ready/NEW/ is complete
  bool previous = false;  ///< previous/OLD/ exists
  /// The snapshot of the data is complete, and the old version has not run since.
  bool snapshot = false;
};

/// What the launcher can do. Each act can be repeated after it was interrupted.
enum class SwapAct {
  write,            ///< only the journal
  take_snapshot,    ///< of the data, before the new version can change it
  return_snapshot,  ///< the data becomes what it was; what the new version left is kept aside
  move_old_out,     ///< current/ to previous/OLD/
  move_new_in,      ///< ready/NEW/current/ to current/
  move_new_out,     ///< current/ to failed/NEW/
  move_old_in,      ///< previous/OLD/ to current/
  start,            ///< the version in current/
  start_previous,   ///< the old version in previous/OLD/, because it cannot be moved to current/
  give_up           ///< start nothing: the data belongs to the new version, and cannot be put back
};

struct SwapStep {
  SwapAct act = SwapAct::start;
  /// Written durably after the act; for `start` before it. The same as before if nothing changes.
  Journal journal;
};

/// The acts that failed since the launcher was started, for example because a folder is in use.
using RefusedActs = std::set<SwapAct>;

inline constexpr unsigned max_tries = 2;       ///< starts that a new version gets
inline constexpr unsigned max_given_back = 5;  ///< tries that do not count

SwapStep next_step(const Journal& journal, const Folders& folders, const RefusedActs& refused);

/// How a start of the new version ended.
enum class TrialEnd {
  healthy,  ///< it works
  closed,   ///< it ended without an error, or the user stopped it, before it could show that
  failed    ///< it ended with an error, was killed, or did not become healthy in time
};

/// The journal after a start in `trial`, to be written durably.
Journal after_trial(Journal journal, TrialEnd end);

/// The journal that asks for `new_version` at the next start. Only if idle.
Journal ask_for(Journal journal, const std::string& current, const std::string& new_version,
                const Digest& payload, bool with_snapshot);

/// The journal that goes back to `old_version` at the next start, because the user wants it. Only if
/// idle. The version in use counts as skipped.
Journal roll_back(Journal journal, const std::string& current, const std::string& old_version,
                  bool with_data);

}  // namespace core
