// SPDX-License-Identifier: MIT
#include "core/release/assets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/release/assets_by_name.hpp"
#include "core/release/checksum_files.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

/// The assets with a lower id, the newest first. The server's download link serves the oldest asset
/// of a name; with this order of deletion it changes from the oldest directly to the last, and
/// never serves a broken upload in between.
std::vector<Asset> below(std::vector<Asset> assets, std::uint64_t id) {
  std::erase_if(assets, [id](const Asset& asset) { return asset.id >= id; });
  std::reverse(assets.begin(), assets.end());
  return assets;
}

void append(std::vector<Asset>& list, const std::vector<Asset>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

/// Removes the assets of another commit from the snapshot: a start-over has marked them for
/// deletion.
Snapshot without_outdated(Snapshot snapshot, AssetState& state) {
  if (!snapshot.release || snapshot.notes.outdated_up_to == 0) return snapshot;
  std::erase_if(snapshot.release->assets, [&](const Asset& asset) {
    if (asset.id > snapshot.notes.outdated_up_to) return false;
    state.condemned.push_back(asset);
    return true;
  });
  for (const Announcement& announcement : snapshot.announcements) {
    if (announcement.asset.id <= snapshot.notes.outdated_up_to)
      state.condemned.push_back(announcement.asset);
  }
  return snapshot;
}

/// Whether an upload of this run that got no response may have created the asset.
bool may_be_lost_upload(const Asset& asset, const Memory& memory) {
  const auto lost = memory.lost.find(asset.name);
  return lost != memory.lost.end() && asset.id > lost->second.highest_before;
}

/// Compares the files of this run with the assets of the same name.
class FileAssessment {
 public:
  FileAssessment(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                 AssetState& state)
      : desired_(desired),
        snapshot_(snapshot),
        memory_(memory),
        state_(state),
        being_filled_(snapshot.notes.mark == memory.commit),
        record_is_full_(record_is_full(snapshot)) {}

  void assess(const LocalFile& file, const std::vector<Asset>& have) {
    const auto sent = memory_.sent.find(file.name);
    if (sent != memory_.sent.end()) {
      assess_sent(file, sent->second, have);
    } else if (have.empty()) {
      send(file, have);
    } else if (desired_.overwrite == Overwrite::keep) {
      assess_kept(file, have);
    } else {
      assess_unsent(file, have);
    }
  }

  /// Handles assets whose digest is neither in the record, which is full, nor in SHA256SUMS. They
  /// stay, unless SHA256SUMS has to be written and could not list them.
  void assess_unrecorded() {
    if (unrecorded_.empty()) return;
    const auto [state, checksum_file_id] =
        find_checksum_file(desired_, memory_, snapshot_.release->assets);
    const bool stays = state == ChecksumFileState::out_of_reach && state_.to_send.empty();
    // A token that cannot read SHA256SUMS cannot read the other assets either.
    const bool can_read =
        state != ChecksumFileState::out_of_reach && state != ChecksumFileState::outdated;
    for (const auto& [file, have] : unrecorded_) {
      const Asset& asset = have.back();
      const bool may_be_listed = state == ChecksumFileState::unread && asset.id < checksum_file_id;
      if (!desired_.wants(Algorithm::sha256) || stays || may_be_listed) {
        state_.unrecorded.push_back(file->name);
        append(state_.replaced, below(have, asset.id));
      } else if (can_read && !was_read(asset)) {
        state_.to_read.push_back(asset);
      } else {
        send(*file, have);
      }
    }
  }

 private:
  std::optional<Digest> known(const Asset& asset) const {
    return known_digest(asset, snapshot_, memory_);
  }

  bool was_read(const Asset& asset) const { return memory_.read.contains(asset.id); }

  void send(const LocalFile& file, const std::vector<Asset>& have) {
    state_.to_send.push_back(&file);
    append(state_.outdated, below(have, have.empty() ? 0 : have.back().id + 1));
  }

  /// A file that this run has uploaded.
  void assess_sent(const LocalFile& file, const Memory::Sent& sent,
                   const std::vector<Asset>& have) {
    if (have.empty() ||
        have.back().id < sent.asset.id) {  // our asset was deleted and there is no newer one
      state_.to_send.push_back(&file);
      return;
    }
    const Asset& newest = have.back();
    if (newest.id == sent.asset.id) return append(state_.replaced, below(have, sent.asset.id));
    const auto digest = known(newest);
    if (digest == sent.sha256) return append(state_.replaced, below(have, newest.id));
    // With 'required_files' its job announces its digest. Otherwise it may be our own upload, sent
    // twice.
    const bool may_be_ours = !digest && newest.size == sent.asset.size && !was_read(newest);
    if (may_be_ours && desired_.required.empty()) {
      state_.to_read.push_back(newest);
      return;
    }
    if (digest || was_read(newest)) {
      state_.warnings.push_back(fmt::format(
          "another run replaced {} after this run uploaded it; the file of the other run stays",
          file.name));
    }
    append(state_.replaced, below(have, sent.asset.id));
  }

  /// `overwrite_files: false`: existing assets stay, except the remains of a broken upload.
  void assess_kept(const LocalFile& file, const std::vector<Asset>& have) {
    const Asset& newest = have.back();
    const bool may_be_broken = being_filled_ || may_be_lost_upload(newest, memory_);
    const auto digest = known(newest);
    const bool unknown_after_loss = may_be_lost_upload(newest, memory_) && !digest;
    if (may_be_broken && !digest && newest.size != file.size) return send(file, have);
    if (unknown_after_loss && !was_read(newest)) return state_.to_read.push_back(newest);
    if (unknown_after_loss) send(file, have);
  }

  void assess_unsent(const LocalFile& file, const std::vector<Asset>& have) {
    const Asset& newest = have.back();
    if (newest.size != file.size) return send(file, have);
    if (const auto digest = known(newest)) return compare(file, have, *digest);
    const bool may_be_ours =
        being_filled_ || desired_.only_sign || may_be_lost_upload(newest, memory_);
    // A signed file cannot be replaced, so a late upload of it has to be recognised.
    const bool is_worth_reading = may_be_ours || (desired_.signing && !record_is_full_);
    if (is_worth_reading && !was_read(newest)) return state_.to_read.push_back(newest);
    if (may_be_ours || !record_is_full_) return send(file, have);
    if (const auto digest = known_or_listed(newest, snapshot_, memory_)) {
      return compare(file, have, *digest);
    }
    unrecorded_.emplace_back(&file, have);
  }

  void compare(const LocalFile& file, const std::vector<Asset>& have, const Digest& digest) {
    if (!file.sha256) return state_.to_hash.push_back(&file);
    if (digest != *file.sha256) return send(file, have);
    append(state_.replaced, below(have, have.back().id));
  }

  const Desired& desired_;
  const Snapshot& snapshot_;
  const Memory& memory_;
  AssetState& state_;
  std::vector<std::pair<const LocalFile*, std::vector<Asset>>> unrecorded_;
  bool being_filled_;    ///< for our commit
  bool record_is_full_;  ///< it does not have the digests of all assets
};

/// Whether a newer asset, of which only the size is known, may have the same content: two runs that
/// complete a release together both write it, or it is an upload of this run without a response.
bool is_like_ours(const LocalFile& file, const Asset& asset, const Snapshot& snapshot,
                  const Memory& memory) {
  if (asset.size != file.size || known_digest(asset, snapshot, memory)) return false;
  const auto sent = memory.sent.find(file.name);
  if (sent != memory.sent.end() && sent->second.sha256 == file.sha256 &&
      asset.id > sent->second.asset.id) {
    return true;
  }
  return may_be_lost_upload(asset, memory) && memory.lost.at(file.name).sha256 == file.sha256 &&
         !memory.read.contains(asset.id);
}

/// Warns about duplicates of names that this run does not upload. They stay, but it is unclear
/// which one a download gets.
void warn_about_duplicates(const Release& release, const ChecksumNames& checksum_names,
                           const std::set<std::string>& ours, AssetState& state) {
  std::set<std::string> seen;
  std::set<std::string> twice;
  for (const Asset& asset : release.assets) {
    const bool made =
        checksum_names.has(asset.name);  // the runs that write checksum files remove these
    if (!seen.insert(asset.name).second && !made && !ours.contains(asset.name))
      twice.insert(asset.name);
  }
  for (const std::string& name : twice) {
    state.warnings.push_back(
        fmt::format("the release has more than one asset named {}; this run does not upload that "
                    "name, so they stay",
                    one_line(name)));
  }
}

}  // namespace

AssetState assess(const Desired& desired, const Snapshot& whole, const Memory& memory) {
  AssetState state;
  const Snapshot snapshot = without_outdated(whole, state);
  const AssetsByName there(snapshot.release);
  std::set<std::string> ours;
  FileAssessment assessment(desired, snapshot, memory, state);
  for (const LocalFile& file : desired.files) {
    ours.insert(file.name);
    assessment.assess(file, there.named(file.name));
  }
  assessment.assess_unrecorded();
  if (snapshot.release)
    warn_about_duplicates(*snapshot.release, desired.checksum_names, ours, state);
  if (!desired.remove_others || !snapshot.release || !memory.first) return state;
  for (const Asset& asset : snapshot.release->assets) {
    const bool was_there_before = asset.id <= memory.first->highest_asset;
    // The checksum file of an asset goes with it.
    const auto of = desired.checksum_names.asset_of(asset.name);
    const std::string& name = of ? *of : asset.name;
    const bool spared = ours.contains(name) || desired.checksum_names.has(name) ||
                        is_required(desired.required, name) ||
                        is_required(desired.required, asset.name);
    if (was_there_before && !spared) state.others.push_back(asset);
  }
  return state;
}

void assess_made(const std::vector<LocalFile>& files, const Snapshot& snapshot,
                 const Memory& memory, AssetState& state) {
  const AssetsByName there(snapshot.release);
  for (const LocalFile& file : files) {
    const auto& have = there.named(file.name);
    const auto sent = memory.sent.find(file.name);
    std::uint64_t own = sent == memory.sent.end() ? 0 : sent->second.asset.id;
    const bool kept = !have.empty() && known_digest(have.back(), snapshot, memory) == file.sha256;
    if (kept) own = have.back().id;
    append(state.replaced, below(have, own));
    const bool like_ours = !have.empty() && is_like_ours(file, have.back(), snapshot, memory);
    // The run that keeps it deletes those with lower ids; one that cannot be read stays.
    if (like_ours && !memory.read.contains(have.back().id)) state.to_read.push_back(have.back());
    if (kept || like_ours) continue;
    const auto made = memory.made.find(file.name);
    if (made == memory.made.end() || made->second < max_made) {
      state.to_send.push_back(&file);
    } else {
      state.warnings.push_back(
          fmt::format("{} was written {} times, and other runs changed it each time; with "
                      "'required_files' only the last job writes it",
                      file.name, max_made));
    }
  }
}

std::vector<Asset> staying(const Release& release, const AssetState& state) {
  std::set<std::uint64_t> leaving;
  for (const auto* list : {&state.replaced, &state.condemned, &state.others}) {
    for (const Asset& asset : *list) leaving.insert(asset.id);
  }
  std::vector<Asset> result = release.assets;
  std::erase_if(result, [&](const Asset& asset) { return leaving.contains(asset.id); });
  return result;
}

std::vector<std::string> clashes(const Desired& desired, const Snapshot& snapshot,
                                 const Memory& memory) {
  std::vector<std::string> names;
  if (desired.overwrite != Overwrite::fail || !snapshot.release) return names;
  const bool being_filled = snapshot.release->draft && snapshot.notes.mark == memory.commit;
  const AssetsByName there(snapshot.release);
  for (const LocalFile& file : desired.files) {
    const auto& have = there.named(file.name);
    if (have.empty() || being_filled) continue;
    const auto digest = known_or_listed(have.back(), snapshot, memory);
    if (!digest || !file.sha256 || *digest != *file.sha256) names.push_back(file.name);
  }
  return names;
}

}  // namespace core
