// SPDX-License-Identifier: MIT
// The assessment of one snapshot of the release.
#include "core/release/planning.hpp"

#include <algorithm>

#include "core/release/assets_by_name.hpp"
#include "core/update/manifest.hpp"

namespace core {

void Planning::assess_release() {
  const Release& release = *snapshot_.release;
  marked_ = snapshot_.notes.mark.has_value();
  being_filled_ = release.draft || marked_;
  fan_in_ = !desired_.required.empty();
  assets_ = assess(desired_, snapshot_, memory_);
  warn(assets_.warnings);
  choose_assets(staying(release, assets_));
  std::vector<std::string> names;
  for (const LocalFile* file : assets_.to_send) names.push_back(file->name);
  for (const Asset& asset : counting_) names.push_back(asset.name);
  if (fan_in_) step_.missing = unmatched(desired_.required, with_made(std::move(names)));
  for (const Asset& asset : counting_) {
    if (!desired_.checksum_names.has(asset.name) && !is_told(asset)) unknown_.push_back(asset);
  }
}

/// The files that are generated for these `assets`, in the order in which they are written.
std::vector<std::string> Planning::made_names(const std::vector<std::string>& assets) const {
  std::vector<std::string> names;
  if (desired_.signing && desired_.update) names.emplace_back(manifest_name);
  for (const Algorithm algorithm : desired_.checksums) {
    names.push_back(desired_.checksum_names.of(algorithm));
    if (desired_.signing && algorithm == Algorithm::sha256) names.emplace_back(signature_name);
    for (const std::string& asset : assets) {
      if (desired_.checksum_names.has(asset)) continue;
      if (auto own_name = desired_.checksum_names.of_asset(asset, algorithm)) {
        names.push_back(std::move(*own_name));
      }
    }
  }
  return names;
}

std::vector<std::string> Planning::with_made(std::vector<std::string> assets) const {
  const auto made = made_names(assets);
  assets.insert(assets.end(), made.begin(), made.end());
  return assets;
}

void Planning::assess_difference() {
  // Its lines do not count for a signature.
  const bool knows_all = desired_.signing ? !keeps_sums() : !checksums_tell_more();
  if (knows_all) checksum_files_ = checksum_files(desired_, snapshot_, memory_, counting_);
  assess_made(checksum_files_.files, snapshot_, memory_, made_);
  assets_.replaced.insert(assets_.replaced.end(), made_.replaced.begin(), made_.replaced.end());
  difference_ =
      edit_of(desired_, snapshot_, memory_, staying(*snapshot_.release, assets_), step_.missing);
}

/// Of several assets with the same name, the one with the highest id counts. If its job never
/// announced it, for example because it is a late upload of a run that has ended, the highest one
/// with a known digest counts, and those above it are deleted.
void Planning::choose_assets(const std::vector<Asset>& assets) {
  counting_ = highest_of_each_name(assets);
  if (!fan_in_) return;
  for (Asset& highest : counting_) {
    // A checksum file is written again by any run that finds it outdated.
    if (known(highest) || !is_old(highest) || desired_.checksum_names.has(highest.name)) continue;
    const Asset* best = nullptr;
    for (const Asset& asset : assets) {
      const bool is_better =
          asset.name == highest.name && known(asset) && (best == nullptr || best->id < asset.id);
      if (is_better) best = &asset;
    }
    if (best == nullptr) continue;
    for (const Asset& asset : assets) {
      if (asset.name == best->name && asset.id > best->id) untold_by_anybody_.push_back(asset);
    }
    highest = *best;
  }
}

std::optional<Digest> Planning::known(const Asset& asset) const {
  return known_digest(asset, snapshot_, memory_);
}

/// While a release is being filled, its jobs announce the digests; later they may only be in a
/// checksum file.
bool Planning::is_told(const Asset& asset) const {
  return marked_ ? known(asset).has_value()
                 : known_or_listed(asset, snapshot_, memory_).has_value();
}

bool Planning::is_draft() const { return snapshot_.release->draft; }

bool Planning::was_read(const Asset& asset) const { return memory_.read.contains(asset.id); }

/// Whether required files are missing in a release that is still a draft.
bool Planning::is_held() const { return fan_in_ && is_draft() && !step_.missing.empty(); }

/// Whether this run or another one is about to undo the state of this snapshot.
bool Planning::is_passing() const {
  return step_.rule == Rule::start_over || step_.rule == Rule::put_back ||
         step_.rule == Rule::watch;
}

/// Whether the asset is older than max_silence, by the server's clock or since this run first saw
/// it. The latter is for servers that send no time, or dates of another clock.
bool Planning::is_old(const Asset& asset) const {
  using std::chrono::sys_seconds;
  const bool is_dated = snapshot_.server_time != sys_seconds{} && asset.created != sys_seconds{};
  if (is_dated && snapshot_.server_time - asset.created >= max_silence) return true;
  const auto seen = waits_.first_seen.find(asset.id);
  return seen != waits_.first_seen.end() && now_ - seen->second >= max_silence;
}

/// Whether the release depends on the content of this asset.
bool Planning::is_needed(const Asset& asset) const {
  return desired_.wants(Algorithm::sha256) || is_required(desired_.required, asset.name);
}

/// Whether there is a SHA256SUMS that could not be read, and that may list more digests than this
/// run knows.
bool Planning::checksums_tell_more() const {
  return !unknown_.empty() &&
         find_checksum_file(desired_, memory_, counting_).state == ChecksumFileState::out_of_reach;
}

/// Without 'required_files': whether other jobs are uploading files of unknown content.
bool Planning::others_at_work() const {
  return !fan_in_ && std::any_of(unknown_.begin(), unknown_.end(), [&](const Asset& asset) {
    return memory_.first && asset.id > memory_.first->highest_asset;
  });
}

std::vector<Asset> Planning::announcements() const {
  std::vector<Asset> result;
  for (const Announcement& announcement : snapshot_.announcements)
    result.push_back(announcement.asset);
  return result;
}

}  // namespace core
