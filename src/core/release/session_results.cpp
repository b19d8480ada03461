// SPDX-License-Identifier: MIT
// How a session handles the results of successful actions.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/release/assets.hpp"
#include "core/release/assets_by_name.hpp"
#include "core/release/checksum_files.hpp"
#include "core/release/session.hpp"
#include "core/release/signed_sums.hpp"
#include "core/text/text.hpp"

namespace core {

bool Session::done(const Action& action, const Result& result, Time now) {
  if (rule_ == Rule::take_back) return take_taking_back(action, result);
  if (const auto* failure = std::get_if<Unknown>(&result)) return take_failure(action, *failure);
  if (const auto* refusal = std::get_if<Refused>(&result)) return take_refusal(action, *refusal);
  if (is_write(action)) waits_.wrote = true;
  const Ok& ok = std::get<Ok>(result);
  const auto* upload = std::get_if<UploadAsset>(&action);
  if (upload != nullptr && !take_upload(*upload, ok)) return false;
  failures_.erase(action.index());
  if (upload != nullptr) return true;
  take_ok(action, ok, now);
  return !ended_ && phase_ != Phase::ending;
}

void Session::take_ok(const Action& action, const Ok& result, Time now) {
  if (std::holds_alternative<ReadRelease>(action)) {
    take_snapshot(result, now);
  } else if (std::holds_alternative<ConfirmTag>(action)) {
    take_tag(result.tag, now);
  } else if (std::holds_alternative<ResolveTarget>(action)) {
    memory_.commit = desired_.target = result.text.value_or("");
    phase_ = Phase::describing;
  } else if (std::holds_alternative<GenerateNotes>(action)) {
    desired_.generated = result.text;
  } else if (const auto* hash = std::get_if<HashFile>(&action)) {
    take_hashes(*hash, result);
  } else if (const auto* read = std::get_if<ReadAsset>(&action)) {
    memory_.read.insert(read->asset.id);
    const auto digest = result.digests.find(Algorithm::sha256);
    if (digest == result.digests.end()) return;
    memory_.known[read->asset.id] = record_entry(read->asset, digest->second);
  } else if (const auto* checksums = std::get_if<ReadChecksums>(&action)) {
    memory_.read.insert(checksums->asset.id);
    if (result.text) learn_checksums(memory_, snapshot_, *checksums, *result.text);
    if (result.text) remember_sums(memory_, desired_, *checksums, *result.text);
  } else if (std::holds_alternative<CreateTag>(action)) {
    memory_.tag_exists = tag_was_there_ = true;
  } else if (std::holds_alternative<CreateRelease>(action)) {
    take_release(*result.release, now);
  } else if (const auto* announce = std::get_if<AnnounceDigest>(&action)) {
    memory_.announced[announce->asset.id] = max_announcements;
    if (result.asset) own_announcements_.push_back(*result.asset);
  } else if (const auto* edit = std::get_if<EditRelease>(&action)) {
    take_edit(*edit, now);
  }
}

void Session::take_snapshot(const Ok& result, Time now) {
  const auto& release = result.release;
  if (release && release->tag != desired_.tag) {
    return end(
        Error(Fault::workflow,
              fmt::format("the release {} already exists, and the server does not distinguish it "
                          "from {}, because it ignores case",
                          one_line(release->tag), one_line(desired_.tag)),
              "Use a tag that differs in more than case, or the tag of the existing release."));
  }
  const std::uint64_t id = release ? release->id : 0;
  if (memory_.release_id != 0 && id != memory_.release_id) {
    return end(Error(Fault::failed,
                     fmt::format("the release {} was deleted during this run{}", desired_.tag,
                                 release ? ", and a new one was created" : ""),
                     "Run it again if the release was deleted by mistake."));
  }
  memory_.release_id = id;
  snapshot_ = snapshot_of(release, result.server_time);
  has_snapshot_ = true;
  if (!release || release->draft || !snapshot_.notes.mark) {
    public_since_.reset();
  } else if (!public_since_) {
    public_since_ = now;
  }
  if (std::exchange(snapshot_state_, state_of(snapshot_)) != snapshot_state_) waits_.yields = 0;
  adopt_lost_uploads();
  const auto warnings = remember(memory_, desired_, snapshot_);
  warnings_.insert(warnings_.end(), warnings.begin(), warnings.end());
  begin_watch(now);
  if (!snapshot_.release) return;
  for (const Asset& asset : snapshot_.release->assets) {
    if (!known_digest(asset, snapshot_, memory_)) waits_.first_seen.try_emplace(asset.id, now);
  }
}

/// An upload without a response is not repeated if the asset exists with the content that was sent.
/// If only the size of an asset is known, it may belong to another job.
void Session::adopt_lost_uploads() {
  if (!snapshot_.release) return;
  const AssetsByName there(snapshot_.release);
  for (auto lost = memory_.lost.begin(); lost != memory_.lost.end();) {
    const auto& [name, upload] = *lost;
    const auto& have = there.named(name);
    const bool is_newer = !have.empty() && have.back().id > upload.highest_before;
    const auto digest =
        is_newer ? known_digest(have.back(), snapshot_, memory_) : std::optional<Digest>();
    if (digest && !upload.sha256.empty() && *digest == upload.sha256) {
      memory_.sent[name] = {have.back(), *digest};
      lost = memory_.lost.erase(lost);
    } else {
      ++lost;
    }
  }
}

void Session::take_release(const Release& created, Time now) {
  snapshot_ = snapshot_of(created, snapshot_.server_time);
  memory_.release_id = created.id;
  memory_.created = true;
  const auto warnings = remember(memory_, desired_, snapshot_);
  warnings_.insert(warnings_.end(), warnings.begin(), warnings.end());
  memory_.name_settled = memory_.text_settled = memory_.prerelease_settled = true;
  begin_watch(now);
}

bool Session::take_upload(const UploadAsset& action, const Ok& result) {
  if (result.asset->size != action.size) {
    to_take_back_.push_back(*result.asset);
    const Error error(Fault::uncertain,
                      fmt::format("uploading {}: the server stored {} of {} bytes",
                                  one_line(action.name), result.asset->size, action.size),
                      "Check the proxies and firewalls between the runner and the server: one of "
                      "them cuts uploads off.");
    warnings_.push_back(error.message);
    return take_failure(action, {error, {}});
  }
  const auto& there = snapshot_.release->assets;
  const auto has_name = [&](const Asset& asset) { return asset.name == action.name; };
  if (std::any_of(there.begin(), there.end(), has_name)) replaced_.insert(action.name);
  if (action.content) ++memory_.made[action.name];
  memory_.lost.erase(action.name);
  const Digest& sha256 = result.digests.at(Algorithm::sha256);
  memory_.sent[action.name] = {*result.asset, sha256};
  memory_.known[result.asset->id] = record_entry(*result.asset, sha256);
  for (LocalFile& file : desired_.files) {
    if (file.name != action.name) continue;
    file.sha256 = sha256;
    for (const auto& [algorithm, digest] : result.digests) {
      if (algorithm != Algorithm::sha256) file.other_digests[algorithm] = digest;
    }
  }
  return true;
}

void Session::take_edit(const EditRelease& action, Time now) {
  for (const std::uint64_t id : action.recorded) ++memory_.record_writes[id];
  const bool was_draft = snapshot_.release->draft;
  if (rule_ == Rule::announce_digests) ++memory_.notes_writes;
  if (rule_ == Rule::start_over) {
    // Moving a tag makes the server publish its draft within 3 s; that may still happen to this
    // one.
    watch_decided_ = true;
    has_flipped_ = !was_draft;
    watch_until_ = now + watch_time;
    memory_.sent.clear();
  } else if (action.draft == true && !was_draft) {
    has_flipped_ = true;
  }
}

void Session::take_hashes(const HashFile& action, const Ok& result) {
  for (LocalFile& file : desired_.files) {
    if (file.name != action.name) continue;
    for (const auto& [algorithm, digest] : result.digests) {
      if (algorithm == Algorithm::sha256) {
        file.sha256 = digest;
      } else {
        file.other_digests[algorithm] = digest;
      }
    }
  }
}

}  // namespace core
