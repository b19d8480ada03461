// SPDX-License-Identifier: MIT
// A draft that the server turns public by itself.
#include <utility>

#include "core/release/edit.hpp"
#include "core/release/session.hpp"

namespace core {

/// A server publishes a marked draft by itself where its table did not know the tag when the draft was
/// made: a push writes the tag's row 0.1 to 3.5 s later, and publishes a draft of that tag as it does
/// so (Gitea 1.22 to 1.27). A branch as the target says that the table did not know it.
void Session::begin_watch(Time now) {
  const auto& release = snapshot_.release;
  const bool knows_tag = phase_ != Phase::starting;  // it is asked for after the first look
  if (watch_decided_ || !knows_tag || !release) return;
  if (!release->draft || !snapshot_.notes.mark) return;
  watch_decided_ = true;
  if (memory_.tag_exists && !release->target.empty() && release->target != memory_.commit) {
    watch_until_ = now + watch_time;
  }
}

bool Session::watches(Time now) const {
  return watch_until_ && !has_flipped_ && now < *watch_until_;
}

std::optional<EditRelease> Session::put_back(const std::optional<Release>& look) {
  const Snapshot snapshot = snapshot_of(look);
  if (!snapshot.release || snapshot.release->draft || snapshot.notes.mark != memory_.commit) {
    return std::nullopt;
  }
  has_flipped_ = true;
  return put_back_edit(desired_, snapshot, memory_);
}

}  // namespace core
