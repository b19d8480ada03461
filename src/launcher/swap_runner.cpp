// SPDX-License-Identifier: MIT
#include "launcher/swap_runner.hpp"

#include <fmt/format.h>

#include <array>
#include <utility>

#include "core/text/system_error.hpp"
#include "launcher/adoption.hpp"
#include "launcher/replace_launcher.hpp"
#include "launcher/snapshot.hpp"
#include "launcher/state_file.hpp"

namespace launcher {
namespace {

using core::Phase;
using core::SwapAct;

const char* description(SwapAct act) {
  switch (act) {
    case SwapAct::take_snapshot:
      return "saving the data";
    case SwapAct::return_snapshot:
      return "putting the data back";
    case SwapAct::move_old_out:
      return "moving the old version out of current";
    case SwapAct::move_new_in:
      return "moving the new version to current";
    case SwapAct::move_new_out:
      return "moving the new version out of current";
    case SwapAct::move_old_in:
      return "moving the old version to current";
    default:
      return "writing updater/state.json";
  }
}

}  // namespace

SwapRunner::SwapRunner(const Folder& folder, FileSystem& files, Log& log)
    : folder_(folder), files_(files), log_(log), journal_(read_journal(folder)) {}

core::Folders SwapRunner::look() const {
  core::Folders folders;
  folders.current = version_in(folder_.current());
  if (journal_.phase == Phase::idle) return folders;
  const std::string& to = journal_.new_version;
  const std::string& from = journal_.old_version;
  folders.ready = version_in(folder_.ready(to) / "current") == to;
  folders.previous = version_in(folder_.previous(from)) == from;
  folders.snapshot = is_before_new() ? has_fresh_snapshot_ : Snapshot(folder_, files_, to).exists();
  return folders;
}

/// Whether the old version may have run since a snapshot that an earlier launcher took.
bool SwapRunner::is_before_new() const {
  if (journal_.phase == Phase::asked) return true;
  return journal_.phase == Phase::flip && version_in(folder_.current()) != journal_.new_version;
}

Decision SwapRunner::settle() {
  is_counted_ = false;
  adopt_if_due();
  if (journal_.phase == Phase::asked && is_busy_ && is_busy_()) {
    log_.say(fmt::format("{} waits until no program of {} runs", journal_.new_version,
                         journal_.old_version));
    return Decision::current;
  }
  for (core::RefusedActs refused;;) {
    const core::SwapStep step = core::next_step(journal_, look(), refused);
    if (step.act == SwapAct::give_up) return Decision::nothing;
    if (step.act == SwapAct::start || step.act == SwapAct::start_previous) return start(step);
    const bool is_done = step.act == SwapAct::write ? write(step.journal) : carry_out(step.act);
    if (!is_done) {
      refused.insert(step.act);
    } else if (step.act != SwapAct::write && step.journal != journal_ && !write(step.journal)) {
      journal_ = step.journal;  // the act is done; the next start finds out by itself
    }
  }
}

Decision SwapRunner::start(const core::SwapStep& step) {
  const bool is_previous = step.act == SwapAct::start_previous;
  if (step.journal != journal_) is_counted_ = write(step.journal);
  has_fresh_snapshot_ = false;
  if (is_previous)
    log_.say(fmt::format("{} is started from updater/previous", journal_.old_version));
  return is_previous ? Decision::previous : Decision::current;
}

bool SwapRunner::carry_out(SwapAct act) {
  const int attempts = act == SwapAct::return_snapshot ? 2 : 1;
  for (int attempt = 0; attempt < attempts; ++attempt) {
    try {
      act_on(act);
      log_.add(fmt::format("{}: done", description(act)));
      return true;
    } catch (const core::Error& error) {
      log_.say(fmt::format("{} failed: {}", description(act), error.message));
    }
  }
  return false;
}

void SwapRunner::act_on(SwapAct act) {
  const std::string& to = journal_.new_version;
  const std::string& from = journal_.old_version;
  Snapshot snapshot(folder_, files_, to);
  switch (act) {
    case SwapAct::take_snapshot: {
      const auto release = release_in(folder_.ready(to) / "current");
      snapshot.take(release ? release->snapshot : std::vector<std::string>());
      has_fresh_snapshot_ = true;
      return;
    }
    case SwapAct::return_snapshot:
      return snapshot.give_back();
    case SwapAct::move_old_out:
      return files_.move(folder_.current(), folder_.previous(from));
    case SwapAct::move_new_in:
      return files_.move(folder_.ready(to) / "current", folder_.current());
    case SwapAct::move_new_out:
      return files_.move(folder_.current(), folder_.failed(to));
    case SwapAct::move_old_in:
      return files_.move(folder_.previous(from), folder_.current());
    default:
      return;
  }
}

bool SwapRunner::write(const core::Journal& journal) {
  try {
    change(journal);
    return true;
  } catch (const FileError& error) {
    log_.say(fmt::format("{} failed: {}", description(SwapAct::write), error.message));
    return false;
  }
}

void SwapRunner::change(const core::Journal& journal) {
  write_journal(folder_, files_, journal);
  const bool is_new_outcome =
      journal.outcome != journal_.outcome && !journal.outcome.message.empty();
  journal_ = journal;
  if (is_new_outcome) log_.say(journal.outcome.message);
}

bool SwapRunner::ended(core::TrialEnd end) {
  const core::Journal after = core::after_trial(journal_, end);
  if (after == journal_) return true;
  if (!write(after)) return false;
  adopt_if_due();
  return true;
}

void SwapRunner::adopt_if_due() {
  if (journal_.adopt_after.empty()) return;
  core::Journal after = journal_;
  after.adopt_after.clear();
  try {
    if (version_in(folder_.current()) != journal_.adopt_after) {
      replace_launcher(folder_, files_, log_, version_in(folder_.current()));
      adopt_release(folder_, files_, journal_.adopt_after);
    }
    change(after);
  } catch (const FileError& error) {  // again at the next start
    log_.add(error.message);
  } catch (const core::Error& error) {  // it would fail again
    log_.say(error.message);
    write(after);
  }
}

}  // namespace launcher
