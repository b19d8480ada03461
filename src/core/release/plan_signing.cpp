// SPDX-License-Identifier: MIT
// The rules for signed releases.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/release/assets_by_name.hpp"
#include "core/release/planning.hpp"
#include "core/release/signed_sums.hpp"
#include "core/release/vouching.hpp"
#include "core/text/text.hpp"

namespace core {

bool Planning::refuse(Error error) {
  step_.refusal = std::move(error);
  return true;
}

/// The run leaves a draft, so it does not end as long as the server may still publish it.
bool Planning::refuse_draft(Error error) { return watch() || refuse(std::move(error)); }

/// Whether only a job with the signing key may complete the release, and this run has none.
bool Planning::is_for_key() const {
  return !desired_.signing && (desired_.update || is_signed(snapshot_));
}

/// Whether the release must not be published, because it is not signed yet.
bool Planning::lacks_signature() const {
  if (!desired_.signing && !is_for_key()) return false;
  return std::none_of(counting_.begin(), counting_.end(),
                      [](const Asset& asset) { return asset.name == signature_name; });
}

/// Stops `sign` if the release does not exist.
bool Planning::is_absent() {
  if (!desired_.only_sign) return false;
  return refuse(Error(Fault::workflow, fmt::format("there is no release {}", desired_.tag),
                      "Run the workflow that uploads its files, with 'draft: true'."));
}

/// Stops `sign` if the draft was filled for another commit: starting it over would delete its files.
bool Planning::is_of_other_commit() {
  if (!desired_.only_sign || !marked_ || *snapshot_.notes.mark == memory_.commit) return false;
  return refuse(Error(Fault::workflow,
                      fmt::format("the draft {} was filled for commit {}, but the tag is at {}",
                                  desired_.tag, one_line(*snapshot_.notes.mark), memory_.commit),
                      "Run the workflow for the commit of the tag, and sign its draft."));
}

/// Stops `sign` unless the draft has exactly the files of this run, with the same content.
bool Planning::compare_files() {
  if (!desired_.only_sign) return false;
  const AssetsByName there(snapshot_.release);
  std::vector<std::string> faults;
  for (const LocalFile* file : assets_.to_send) {
    const bool is_there = !there.named(file->name).empty();
    faults.push_back(one_line(file->name) +
                     (is_there ? " is not the file on this computer" : " is not in the release"));
  }
  for (const Asset& asset : counting_) {
    if (desired_.checksum_names.has(asset.name) || desired_.has_file(asset.name)) continue;
    faults.push_back(
        fmt::format("{} is not among the files on this computer", one_line(asset.name)));
  }
  for (const std::string& pattern : step_.missing) {
    faults.push_back(fmt::format("no asset matches {}", one_line(pattern)));
  }
  if (faults.empty()) return false;
  return refuse(
      Error(Fault::failed,
            fmt::format("the release {} was not signed: {}", desired_.tag, join(faults, "; ")),
            "Sign only files that you have built or checked. Compare them, and give all of "
            "them with 'files'."));
}

/// Stops a run that would replace signed files of a published release. Otherwise the old files could
/// always be presented again with a valid signature.
bool Planning::keep_signed() {
  if (is_draft() || marked_ || !is_signed(snapshot_) || !memory_.first) return false;
  const AssetsByName there(snapshot_.release);
  std::vector<std::string> names;
  for (const LocalFile* file : assets_.to_send) {
    const auto& have = there.named(file->name);
    const bool was_there = !have.empty() && have.front().id <= memory_.first->highest_asset;
    if (was_there) names.push_back(one_line(file->name));
  }
  if (names.empty()) return keep_sums();
  return refuse(
      Error(Fault::workflow,
            fmt::format("the release {} is published and signed, and {} would be replaced",
                        desired_.tag, join(names, ", ")),
            "Publish a higher version: users may have the signed files already."));
}

/// Whether the signed SHA256SUMS stays unchanged, because this run cannot vouch for all of its lines: the
/// record had no room for the codes of all assets.
bool Planning::keeps_sums() const {
  if (!desired_.signing || marked_ || !is_signed(snapshot_) || !record_is_full(snapshot_)) {
    return false;
  }
  return std::any_of(counting_.begin(), counting_.end(), [&](const Asset& asset) {
    return !desired_.checksum_names.has(asset.name) &&
           !vouched_digest(desired_, snapshot_, memory_, asset);
  });
}

/// Stops a run that would add a file to such a release: a new SHA256SUMS would lose lines.
bool Planning::keep_sums() {
  if (!keeps_sums() || assets_.to_send.empty()) return false;
  return refuse(Error(
      Fault::failed,
      fmt::format("{} cannot be added to the signed release {}: the notes have no room for what "
                  "other jobs have signed, so those files would lose their signature",
                  one_line(assets_.to_send.front()->name), desired_.tag),
      "Add it in a run that has all files of the release, or publish a higher version."));
}

/// Stops the run before it uploads anything, if `overwrite_files: false` keeps an asset that no job with
/// the key vouches for.
bool Planning::check_kept() {
  if (!desired_.signing || desired_.overwrite != Overwrite::keep) return false;
  std::vector<std::string> names;
  for (const Asset& asset : counting_) {
    const bool is_sent =
        std::any_of(assets_.to_send.begin(), assets_.to_send.end(),
                    [&](const LocalFile* file) { return file->name == asset.name; });
    const bool is_kept = desired_.has_file(asset.name) && !is_sent;
    if (is_kept && !vouched_digest(desired_, snapshot_, memory_, asset)) {
      names.push_back(one_line(asset.name));
    }
  }
  if (names.empty()) return false;
  return refuse(Error(
      Fault::workflow,
      fmt::format("overwrite_files: false keeps {}, which no job with the signing key has uploaded",
                  join(names, ", ")),
      "Delete it from the release, or remove 'overwrite_files: false'."));
}

/// Stops the run before it uploads anything, if the known files already contradict `payloads`.
bool Planning::check_payloads() {
  if (!desired_.signing || !desired_.update) return false;
  std::set<std::string> names;
  for (const LocalFile& file : desired_.files) names.insert(file.name);
  for (const Asset& asset : counting_) {
    if (!desired_.checksum_names.has(asset.name)) names.insert(asset.name);
  }
  const std::vector<std::string> all(names.begin(), names.end());
  const bool is_complete = unmatched(desired_.required, with_made(all)).empty();
  const std::string fault = fault_of_payloads(*desired_.update, all, is_complete);
  if (fault.empty()) return false;
  return refuse(Error(Fault::workflow, "update: " + fault,
                      "Each pattern has to match one file. If another job uploads it, add the "
                      "pattern to 'required_files' of all jobs."));
}

/// The names of assets that have to be signed, because they are required, payloads or files of this run,
/// but that this run must not sign.
std::vector<std::string> Planning::unvouched() const {
  std::vector<std::string> names;
  for (const Asset& asset : counting_) {
    if (desired_.checksum_names.has(asset.name)) continue;
    const bool has_to_be_signed = desired_.has_file(asset.name) ||
                                  is_required(desired_.required, asset.name) ||
                                  (desired_.update && is_payload(*desired_.update, asset.name));
    if (!has_to_be_signed) continue;
    const bool may_be_signed = vouched_digest(desired_, snapshot_, memory_, asset) &&
                               fault_of_signed_name(asset.name).empty();
    if (!may_be_signed) names.push_back(one_line(asset.name));
  }
  return names;
}

/// Reads SHA256SUMS and its signature if another job has written them: it may have ended, or be about to
/// publish the release. In either case an announcement would come too late.
bool Planning::read_signed_sums() {
  if (!desired_.signing || !fan_in_ || !is_draft() || is_held()) return false;
  if (unvouched().empty()) return false;
  return take(Rule::read_others, signed_sums_to_read(desired_, memory_, counting_));
}

/// Stops the run if a required file, or a file of this run, could not be signed.
bool Planning::check_signing() {
  if (!desired_.signing) return wait_for_key();
  const std::vector<std::string> names = unvouched();
  if (names.empty() || keeps_sums()) return false;
  return refuse_draft(
      Error(Fault::failed,
            fmt::format("{} was not uploaded by a job that has the signing key, and is not signed",
                        join(names, ", ")),
            "Pass 'signing_key' to each job that uploads files. If a job with the key uploaded it, "
            "run that job again, too. If none of your jobs did, delete it, and find out who did."));
}

/// A job without the key leaves the draft to one that has it.
bool Planning::wait_for_key() {
  const bool stays_draft = desired_.draft == true && is_draft();
  if (!being_filled_ || stays_draft || !is_for_key()) return false;
  return refuse_draft(Error(
      Fault::failed,
      fmt::format("the release {} stays a draft: {} must be created by a job that has "
                  "the signing key",
                  desired_.tag, signature_name),
      "Pass 'signing_key' to each job of this tag, or sign the draft with `gitea-release sign`."));
}

}  // namespace core
