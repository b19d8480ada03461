// SPDX-License-Identifier: MIT
#include "commands/interruption.hpp"

#include <fmt/format.h>

namespace commands {

Interruption::Interruption(const core::Desired& desired, runner::Log& log)
    : tag_(desired.tag), interrupt_(log) {
  for (const core::LocalFile& file : desired.files) names_.insert(file.name);
  update();
}

void Interruption::learn(const core::Session& session) {
  if (!interrupt_.is_active()) return;
  const std::lock_guard lock(mutex_);
  has_release_ = has_release_ || session.memory().release_id != 0;
  if (const auto& release = session.snapshot().release) {
    has_release_ = true;
    is_draft_ = release->draft;
    for (const core::Asset& asset : release->assets) {
      if (names_.contains(asset.name)) there_.insert(asset.name);
    }
  }
  update();
}

void Interruption::uploaded(const std::string& name) {
  if (!interrupt_.is_active()) return;
  const std::lock_guard lock(mutex_);
  if (names_.contains(name)) there_.insert(name);
  update();
}

void Interruption::update() {
  if (!has_release_) return interrupt_.say("Interrupted: nothing was written.");
  const std::string files =
      names_.empty() ? "" : fmt::format(" with {} of {} files", there_.size(), names_.size());
  interrupt_.say(
      is_draft_ ? fmt::format("Interrupted: {} stays a draft{}. Run the same command again: it "
                              "does the rest.",
                              tag_, files)
                : fmt::format("Interrupted: {} is public{}. Run the same command again: it does "
                              "the rest.",
                              tag_, files));
}

}  // namespace commands
