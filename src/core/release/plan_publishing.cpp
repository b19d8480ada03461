// SPDX-License-Identifier: MIT
// The last rules: checksum files, deleting what must not be published, and the edit that publishes.
#include "core/release/planning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/release/vouching.hpp"
#include "core/text/text.hpp"

namespace core {

/// Checksum files are written when all files are uploaded, before the release is published. Without
/// 'required_files' they are written last if other jobs are uploading files of unknown content,
/// because they would have to be written again.
bool Planning::write_checksums() {
  // Signs before the release is public.
  const bool come_last = others_at_work() && !desired_.signing;
  if (come_last && !difference_.edit.changes.empty()) return false;
  if (is_for_key()) return false;
  warn(made_.warnings);
  if (desired_.signing && is_draft() && made_.to_send.empty() && !made_.warnings.empty()) {
    return refuse_draft(Error(Fault::failed, made_.warnings.front()));
  }
  std::vector<Action> actions;
  for (const Asset& asset : made_.to_read) actions.emplace_back(ReadAsset{asset});
  if (!actions.empty()) return take(Rule::read_others, std::move(actions));
  add_uploads(actions, made_.to_send);
  return take(Rule::write_checksums, std::move(actions));
}

/// Deletes what must not be published, before the release is published or its mark is removed.
bool Planning::tidy() {
  // A release that the server published may be a draft again when the edit arrives.
  const bool is_due = is_draft() || (marked_ && step_.missing.empty());
  if (!is_due || (!fan_in_ && snapshot_.announcements.empty())) return false;
  std::vector<Action> actions;
  add_deletes(actions, replaced_in_set(), "replaced");
  // In a public release, the job that owns such an asset may be deleting the others at this moment.
  if (is_draft()) {
    add_deletes(actions, untold_by_anybody_, "its job ended without announcing the digest");
  }
  add_deletes(actions, announcements(), "no longer needed");
  add_deletes(actions, assets_.others, "not among the files of this run");
  return take(Rule::tidy, std::move(actions));
}

/// Replaced assets of this run, and of other jobs of the fan-in if the digest of the replacement is
/// known.
std::vector<Asset> Planning::replaced_in_set() const {
  std::vector<Asset> result = assets_.replaced;
  std::set<std::uint64_t> gone;
  for (const Asset& asset : result) gone.insert(asset.id);
  for (const Asset& asset : snapshot_.release->assets) {
    if (!is_required(desired_.required, asset.name) && !desired_.checksum_names.has(asset.name))
      continue;
    const bool is_lower = std::any_of(counting_.begin(), counting_.end(), [&](const Asset& top) {
      return top.name == asset.name && top.id > asset.id && known(top);
    });
    if (is_lower && gone.insert(asset.id).second) result.push_back(asset);
  }
  return result;
}

bool Planning::confirm_tag() {
  const bool completes = being_filled_ && difference_.edit.draft == false;
  if (!completes || waits_.tag_is_fresh) return false;
  return take(Rule::confirm_tag, {ConfirmTag{desired_.tag}});
}

bool Planning::edit() {
  std::vector<Action> actions;
  add_deletes(actions, assets_.replaced, "replaced");
  const bool publishes = is_draft() && difference_.edit.draft == false;
  // Nothing can be deleted from a release that becomes immutable when it is published.
  if (publishes) add_deletes(actions, assets_.others, "not among the files of this run");
  const bool publishes_a_new_tag = publishes && !memory_.tag_exists;
  if (!difference_.edit.changes.empty()) actions.emplace_back(difference_.edit);
  if (publishes_a_new_tag) actions.emplace_back(ConfirmTag{desired_.tag});
  return take(Rule::edit, std::move(actions));
}

bool Planning::tidy_public() {
  std::vector<Action> actions;
  add_deletes(actions, assets_.others, "not among the files of this run");
  add_deletes(actions, announcements(), "no longer needed");
  return take(Rule::tidy, std::move(actions));
}

/// A run that leaves a draft does not end while the server may still publish it.
bool Planning::watch() {
  if (!memory_.watching || !is_draft()) return false;
  return wait(Rule::watch, watch_interval,
              "waiting to make sure that the server does not publish the draft itself");
}

void Planning::close() {
  warn(difference_.closing_warnings);
  warn(checksum_files_.warnings);
  warn_of_other_checksum_files();
  if (!assets_.unrecorded.empty()) {
    step_.warnings.push_back(
        fmt::format("{} files were compared by name and size only (for example {}), because the "
                    "notes have no room for their digests{}",
                    assets_.unrecorded.size(), one_line(assets_.unrecorded.front()),
                    desired_.wants(Algorithm::sha256)
                        ? fmt::format(" and {} could not be read. Pass a 'token' that may read it",
                                      desired_.checksum_names.of(Algorithm::sha256))
                        : ". Set 'checksums: sha256' to store all digests in a file"));
  }
}

/// Warns about checksum files with the default name if 'checksums_name' is different: no run
/// updates them.
void Planning::warn_of_other_checksum_files() {
  if (desired_.checksums.empty()) return;
  for (const Asset& asset : counting_) {
    if (desired_.has_file(asset.name) || !ChecksumNames().has(asset.name) ||
        desired_.checksum_names.has(asset.name))
      continue;
    step_.warnings.push_back(
        fmt::format("{} is not updated, because 'checksums_name' sets a different name. Delete it, "
                    "or set 'remove_other_files'",
                    asset.name));
  }
}

}  // namespace core
