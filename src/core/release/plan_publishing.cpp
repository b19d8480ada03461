// SPDX-License-Identifier: MIT
// The rules of what comes last: sums, what must not be in public, the edit that publishes.
#include "core/release/planning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/text.hpp"

namespace core {

/// The sums come when all files are there and before the release is published. Without
/// 'required_files' they come last while other jobs are at work whose files are not known yet, since
/// they would have to be written again.
bool Planning::write_checksums() {
  if (others_at_work() && !wish_.edit.changes.empty()) return false;
  warn(made_.warnings);
  std::vector<Action> actions;
  for (const Asset& asset : made_.to_read) actions.emplace_back(ReadAsset{asset});
  if (!actions.empty()) return take(Rule::read_others, std::move(actions));
  add_uploads(actions, made_.to_send);
  return take(Rule::write_checksums, std::move(actions));
}

/// What must not be in public goes before the release does, or is said to be complete.
bool Planning::tidy() {
  // One that the server made public may be a draft again when the edit arrives.
  const bool is_due = is_draft() || (marked_ && step_.missing.empty());
  if (!is_due || (!fan_in_ && snapshot_.entries.empty())) return false;
  std::vector<Action> actions;
  add_deletes(actions, replaced_in_set(), "replaced");
  // In public the job that owns it may be deleting the others in this moment.
  if (is_draft()) {
    add_deletes(actions, untold_by_anybody_, "its job ended without telling what it holds");
  }
  add_deletes(actions, entries(), "nobody needs it any more");
  add_deletes(actions, assets_.others, "not brought by this run");
  return take(Rule::tidy, std::move(actions));
}

/// Own replaced assets, and those of other jobs of the set, whose digest is known.
std::vector<Asset> Planning::replaced_in_set() const {
  std::vector<Asset> result = assets_.replaced;
  std::set<std::uint64_t> gone;
  for (const Asset& asset : result) gone.insert(asset.id);
  for (const Asset& asset : snapshot_.release->assets) {
    if (!is_required(desired_.required, asset.name) && !desired_.sums.has(asset.name)) continue;
    const bool is_lower = std::any_of(counting_.begin(), counting_.end(), [&](const Asset& top) {
      return top.name == asset.name && top.id > asset.id && known(top);
    });
    if (is_lower && gone.insert(asset.id).second) result.push_back(asset);
  }
  return result;
}

bool Planning::confirm_tag() {
  const bool completes = being_filled_ && wish_.edit.draft == false;
  if (!completes || waits_.tag_is_fresh) return false;
  return take(Rule::confirm_tag, {ConfirmTag{desired_.tag}});
}

bool Planning::edit() {
  std::vector<Action> actions;
  add_deletes(actions, assets_.replaced, "replaced");
  const bool publishes = is_draft() && wish_.edit.draft == false;
  // Nothing can be deleted from a release that is immutable once it is public.
  if (publishes) add_deletes(actions, assets_.others, "not brought by this run");
  const bool publishes_a_new_tag = publishes && !memory_.tag_exists;
  if (!wish_.edit.changes.empty()) actions.emplace_back(wish_.edit);
  if (publishes_a_new_tag) actions.emplace_back(ConfirmTag{desired_.tag});
  return take(Rule::edit, std::move(actions));
}

bool Planning::tidy_public() {
  std::vector<Action> actions;
  add_deletes(actions, assets_.others, "not brought by this run");
  add_deletes(actions, entries(), "nobody needs it any more");
  return take(Rule::tidy, std::move(actions));
}

/// A run does not end, leaving a draft, while the server may still publish it.
bool Planning::watch() {
  if (!memory_.watching || !is_draft()) return false;
  return wait(Rule::watch, watch_interval,
              "watching that the server does not publish the draft by itself");
}

void Planning::close() {
  warn(wish_.closing_warnings);
  warn(sums_.warnings);
  warn_of_other_sums();
  if (!assets_.unrecorded.empty()) {
    step_.warnings.push_back(fmt::format(
        "{} files were compared by name and size only, {} for one: the notes have no room for "
        "their digests{}",
        assets_.unrecorded.size(), one_line(assets_.unrecorded.front()),
        desired_.wants(Algorithm::sha256)
            ? fmt::format(", and {} could not be read. Pass a 'token' that may read it",
                          desired_.sums.of(Algorithm::sha256))
            : ". Set 'checksums: sha256', whose file tells of all"));
  }
}

/// Under the usual name, of a run with another 'checksums_name': nobody brings them up to date.
void Planning::warn_of_other_sums() {
  if (desired_.checksums.empty()) return;
  for (const Asset& asset : counting_) {
    const bool is_brought =
        std::any_of(desired_.files.begin(), desired_.files.end(),
                    [&](const LocalFile& file) { return file.name == asset.name; });
    if (is_brought || !SumsNames().has(asset.name) || desired_.sums.has(asset.name)) continue;
    step_.warnings.push_back(fmt::format(
        "{} is an asset like any other, since 'checksums_name' names another file: this run does "
        "not bring it up to date. Delete it, or set 'remove_other_files'",
        asset.name));
  }
}

}  // namespace core
