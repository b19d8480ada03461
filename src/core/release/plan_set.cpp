// SPDX-License-Identifier: MIT
// The rules of a set that several jobs bring: 'required_files'.
#include "core/release/planning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/text.hpp"

namespace core {
namespace {

using std::chrono::milliseconds;

constexpr int max_yields = 3;
constexpr int max_notes_writes = 4;
constexpr milliseconds yield_time{700};

}  // namespace

/// Own uploads of whose content neither record nor entry tells.
std::vector<const Memory::Sent*> Planning::untold() const {
  std::vector<const Memory::Sent*> result;
  for (const Asset& asset : counting_) {
    const auto sent = memory_.sent.find(asset.name);
    if (sent == memory_.sent.end() || sent->second.asset.id != asset.id) continue;
    if (desired_.sums.has(asset.name)) continue;  // every job can tell what has to be in it
    if (!is_recorded(snapshot_.record, asset, sent->second.sha256)) {
      result.push_back(&sent->second);
    }
  }
  return result;
}

int Planning::tellings_of(const Asset& asset) const {
  const auto told = memory_.told.find(asset.id);
  return told == memory_.told.end() ? 0 : told->second;
}

bool Planning::tell_digests() {
  if (!fan_in_ || !is_draft()) return false;  // never into a public release
  std::vector<Action> actions;
  const auto own = untold();
  if (memory_.entries_refused && memory_.notes_writes < max_notes_writes) {
    if (const auto edit = told_in_notes(own)) return take(Rule::tell_digests, {*edit});
  }
  for (const Memory::Sent* sent : own) {
    // Again only while the set is incomplete: else somebody may just have taken it away to publish.
    const int tellings = tellings_of(sent->asset);
    const bool is_heard = tellings >= max_tellings || (tellings > 0 && !is_held());
    if (memory_.entries_refused || is_heard) continue;
    actions.emplace_back(NoteDigest{sent->asset, sent->sha256});
  }
  return take(Rule::tell_digests, std::move(actions));
}

/// For servers that take no entries: digests go into the record of the draft.
std::optional<EditRelease> Planning::told_in_notes(
    const std::vector<const Memory::Sent*>& own) const {
  Notes notes = snapshot_.notes;
  notes.record = snapshot_.record;
  for (const Memory::Sent* sent : own) {
    notes.record[sent->asset.id] = record_entry(sent->asset, sent->sha256);
  }
  notes.record =
      recordable(notes, notes.record, snapshot_.release->assets, first_recorded(desired_));
  EditRelease edit;
  for (const Memory::Sent* sent : own) {
    if (notes.record.contains(sent->asset.id)) edit.entries.push_back(sent->asset.id);
  }
  if (edit.entries.empty()) return std::nullopt;
  edit.body = render_notes(notes, snapshot_.release->assets, first_recorded(desired_));
  edit.changes = {"record, for the other jobs"};
  return edit;
}

bool Planning::wait_for_files() {
  if (!is_held()) return false;
  std::vector<Action> actions;
  add_deletes(actions, assets_.replaced, "replaced");
  if (!actions.empty()) return take(Rule::tidy, std::move(actions));
  if (memory_.watching) return watch();
  step_.rule = Rule::wait_for_files;
  return true;
}

/// Decides nothing: it only saves requests.
bool Planning::yield() {
  if (!fan_in_ || !being_filled_ || memory_.sent.empty() || waits_.yields >= max_yields) {
    return false;
  }
  const std::uint64_t highest = highest_id(snapshot_);
  const auto is_highest = [&](const auto& sent) { return sent.second.asset.id == highest; };
  const bool own = std::any_of(memory_.sent.begin(), memory_.sent.end(), is_highest);
  for (const Entry& entry : snapshot_.entries) {
    if (entry.asset.id == highest && memory_.told.contains(entry.of)) return false;
  }
  return !own && wait(Rule::yield, yield_time, "");
}

/// First the files of digests, which tell of many.
bool Planning::read_others() {
  std::vector<Action> actions;
  if (!others_at_work()) {
    for (const Algorithm algorithm : desired_.checksums) read_sums(algorithm, actions);
    const bool for_table_alone = desired_.downloads && !desired_.wants(Algorithm::sha256);
    if (for_table_alone) read_sums(Algorithm::sha256, actions);
  }
  if (!fan_in_ || !actions.empty()) return take(Rule::read_others, std::move(actions));
  for (const Asset& asset : unknown_) {
    if (is_needed(asset) && is_old(asset) && !was_read(asset)) {
      actions.emplace_back(ReadAsset{asset});
    }
  }
  return take(Rule::read_others, std::move(actions));
}

bool Planning::wait_for_digest() {
  if (!fan_in_ || !(marked_ || waits_.wrote)) return false;
  std::vector<std::string> names;
  for (const Asset& asset : unknown_) {
    if (is_needed(asset) && !is_old(asset) && !was_read(asset)) names.push_back(asset.name);
  }
  if (names.empty()) return false;
  // In public nobody waits before telling what is known: others wait for that.
  if (auto edit = is_draft() ? std::nullopt : told_in_notes(untold())) {
    // With the mark a draft is what another run has just made of it, and stays one.
    if (!marked_) edit->draft = false;
    return take(Rule::edit, {*edit});
  }
  const double milliseconds_to_wait = std::min(200 * std::pow(1.5, waits_.for_digests), 2000.0);
  return wait(
      Rule::wait_for_digest, milliseconds(static_cast<milliseconds::rep>(milliseconds_to_wait)),
      fmt::format("waiting for another job to tell what {} holds", one_line(join(names, ", "))));
}

/// The digests of required files that nobody can tell: no job does, and they cannot be read back.
bool Planning::wait_for_unknown() {
  if (!fan_in_ || !is_draft() || !desired_.wants(Algorithm::sha256)) return false;
  for (const Asset& asset : unknown_) {
    if (is_required(desired_.required, asset.name)) step_.unknown.push_back(asset.name);
  }
  if (step_.unknown.empty()) return false;
  step_.rule = Rule::wait_for_files;
  return true;
}

}  // namespace core
