// SPDX-License-Identifier: MIT
#include "core/release/assets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "core/release/sums.hpp"
#include "core/text.hpp"

namespace core {
namespace {

/// Those with a lower id, the newest first: of several assets of one name the server's link serves the
/// oldest, so that it goes from that one to the last at once, and never by a broken upload between.
std::vector<Asset> below(std::vector<Asset> assets, std::uint64_t id) {
  std::erase_if(assets, [id](const Asset& asset) { return asset.id >= id; });
  std::reverse(assets.begin(), assets.end());
  return assets;
}

void append(std::vector<Asset>& list, const std::vector<Asset>& more) {
  list.insert(list.end(), more.begin(), more.end());
}

/// Takes the assets of another commit out of a look: a start-over has condemned them.
Snapshot without_outdated(Snapshot snapshot, AssetState& state) {
  if (!snapshot.release || snapshot.notes.outdated_up_to == 0) return snapshot;
  std::erase_if(snapshot.release->assets, [&](const Asset& asset) {
    if (asset.id > snapshot.notes.outdated_up_to) return false;
    state.condemned.push_back(asset);
    return true;
  });
  for (const Entry& entry : snapshot.entries) {
    if (entry.asset.id <= snapshot.notes.outdated_up_to) state.condemned.push_back(entry.asset);
  }
  return snapshot;
}

/// One file of this run beside the assets of its name.
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

  /// Files that are there, of whose content neither the full record nor SHA256SUMS tells. They stay, but
  /// where SHA256SUMS has to be written and they would have no line in it.
  void assess_unrecorded() {
    if (unrecorded_.empty()) return;
    const auto [sums, sums_id] = find_sums(desired_, memory_, snapshot_.release->assets);
    const bool stays = sums == SumsState::out_of_reach && state_.to_send.empty();
    // Who may not read the one may not read the others.
    const bool can_read = sums != SumsState::out_of_reach && sums != SumsState::outdated;
    for (const auto& [file, have] : unrecorded_) {
      const Asset& asset = have.back();
      const bool may_be_listed = sums == SumsState::unread && asset.id < sums_id;
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

  /// An upload of this run without an answer may have made it.
  bool may_be_lost_upload(const Asset& asset) const {
    const auto lost = memory_.lost.find(asset.name);
    return lost != memory_.lost.end() && asset.id > lost->second.highest_before;
  }

  void send(const LocalFile& file, const std::vector<Asset>& have) {
    state_.to_send.push_back(&file);
    append(state_.outdated, below(have, have.empty() ? 0 : have.back().id + 1));
  }

  /// A file that this run has uploaded.
  void assess_sent(const LocalFile& file, const Memory::Sent& sent,
                   const std::vector<Asset>& have) {
    if (have.empty() || have.back().id < sent.asset.id) {  // ours is gone and no newer one is there
      state_.to_send.push_back(&file);
      return;
    }
    const Asset& newest = have.back();
    if (newest.id == sent.asset.id) return append(state_.replaced, below(have, sent.asset.id));
    const auto digest = known(newest);
    if (digest == sent.sha256) return append(state_.replaced, below(have, newest.id));
    // With 'required_files' its job tells what it holds. Else it may be our own upload, made twice.
    const bool may_be_ours = !digest && newest.size == sent.asset.size && !was_read(newest);
    if (may_be_ours && desired_.required.empty()) {
      state_.to_read.push_back(newest);
      return;
    }
    if (digest || was_read(newest)) {
      state_.warnings.push_back(fmt::format(
          "another run replaced {} after this one uploaded it; theirs is kept", file.name));
    }
    append(state_.replaced, below(have, sent.asset.id));
  }

  /// `overwrite_files: false`: what is there stays, but for what a broken upload has left.
  void assess_kept(const LocalFile& file, const std::vector<Asset>& have) {
    const Asset& newest = have.back();
    const bool may_be_broken = being_filled_ || may_be_lost_upload(newest);
    const auto digest = known(newest);
    const bool unknown_after_loss = may_be_lost_upload(newest) && !digest;
    if (may_be_broken && !digest && newest.size != file.size) return send(file, have);
    if (unknown_after_loss && !was_read(newest)) return state_.to_read.push_back(newest);
    if (unknown_after_loss) send(file, have);
  }

  void assess_unsent(const LocalFile& file, const std::vector<Asset>& have) {
    const Asset& newest = have.back();
    if (newest.size != file.size) return send(file, have);
    if (const auto digest = known(newest)) return compare(file, have, *digest);
    const bool may_be_ours = being_filled_ || may_be_lost_upload(newest);
    if (may_be_ours && !was_read(newest)) return state_.to_read.push_back(newest);
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
  bool record_is_full_;  ///< it cannot tell of every asset
};

/// A newer one of which this run knows the size alone may be a parallel run's of the same content, since
/// two that complete a release together both write it, or this run's own that arrived late.
bool is_like_ours(const LocalFile& file, const Asset& asset, const Snapshot& snapshot,
                  const Memory& memory) {
  const auto sent = memory.sent.find(file.name);
  return sent != memory.sent.end() && sent->second.sha256 == file.sha256 &&
         !known_digest(asset, snapshot, memory) && asset.size == file.size &&
         asset.id > sent->second.asset.id;
}

/// Duplicates of other names are nobody's of this run: they are left, but no download of theirs is
/// what it seems.
void warn_about_duplicates(const Release& release, const SumsNames& sums,
                           const std::set<std::string>& ours, AssetState& state) {
  std::set<std::string> seen;
  std::set<std::string> twice;
  for (const Asset& asset : release.assets) {
    const bool made = sums.has(asset.name);  // the runs that write them see to that
    if (!seen.insert(asset.name).second && !made && !ours.contains(asset.name))
      twice.insert(asset.name);
  }
  for (const std::string& name : twice) {
    state.warnings.push_back(fmt::format(
        "the release has more than one asset named {}; this run does not bring one, so they stay",
        one_line(name)));
  }
}

}  // namespace

AssetsByName::AssetsByName(const std::optional<Release>& release) {
  if (!release) return;
  for (const Asset& asset : release->assets) assets_[asset.name].push_back(asset);
  for (auto& [name, assets] : assets_) {
    std::sort(assets.begin(), assets.end(),
              [](const Asset& a, const Asset& b) { return a.id < b.id; });
  }
}

const std::vector<Asset>& AssetsByName::named(const std::string& name) const {
  static const std::vector<Asset> none;
  const auto found = assets_.find(name);
  return found == assets_.end() ? none : found->second;
}

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
  if (snapshot.release) warn_about_duplicates(*snapshot.release, desired.sums, ours, state);
  if (!desired.remove_others || !snapshot.release || !memory.first) return state;
  for (const Asset& asset : snapshot.release->assets) {
    const bool was_there_before = asset.id <= memory.first->highest_asset;
    const bool spared = ours.contains(asset.name) || desired.sums.has(asset.name) ||
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
    // Whoever keeps it deletes those below it; where it cannot be read it is left as it is.
    if (like_ours && !memory.read.contains(have.back().id)) state.to_read.push_back(have.back());
    if (kept || like_ours) continue;
    const auto made = memory.made.find(file.name);
    if (made == memory.made.end() || made->second < max_made) {
      state.to_send.push_back(&file);
    } else {
      state.warnings.push_back(fmt::format(
          "{} was written {} times, and other runs changed it again; 'required_files' lets one job "
          "write it, at the end",
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

std::vector<Asset> highest_of_each_name(const std::vector<Asset>& assets) {
  std::map<std::string, const Asset*> highest;
  for (const Asset& asset : assets) {
    const Asset*& place = highest[asset.name];
    if (place == nullptr || place->id < asset.id) place = &asset;
  }
  std::vector<Asset> result;
  result.reserve(highest.size());
  for (const auto& [name, asset] : highest) result.push_back(*asset);
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

std::uint64_t highest_id(const Snapshot& snapshot) {
  std::uint64_t highest = 0;
  if (!snapshot.release) return highest;
  for (const Asset& asset : snapshot.release->assets) highest = std::max(highest, asset.id);
  for (const Entry& entry : snapshot.entries) highest = std::max(highest, entry.asset.id);
  return highest;
}

}  // namespace core
