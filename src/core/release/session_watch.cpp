// SPDX-License-Identifier: MIT
// A draft that the server publishes itself.
#include <utility>

#include "core/release/edit.hpp"
#include "core/release/session.hpp"

namespace core {

/// The server publishes a draft itself if the tag was not in its database when the draft was
/// created: 0.1 to 3.5 s after a push it adds the tag, and publishes the draft of that tag (Gitea
/// 1.22 to 1.27). If the target of the draft is a branch, the tag was not in the database.
void Session::begin_watch(Time now) {
  const auto& release = snapshot_.release;
  const bool knows_tag = phase_ != Phase::starting;  // it is read after the release
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

std::optional<EditRelease> Session::put_back(const std::optional<Release>& release) {
  const Snapshot snapshot = snapshot_of(release);
  if (!snapshot.release || snapshot.release->draft || snapshot.notes.mark != memory_.commit) {
    return std::nullopt;
  }
  has_flipped_ = true;
  return put_back_edit(desired_, snapshot, memory_);
}

}  // namespace core
