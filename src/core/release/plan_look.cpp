// SPDX-License-Identifier: MIT
// What one look says of the release.
#include "core/release/planning.hpp"

#include <algorithm>

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
  for (const Algorithm algorithm : desired_.checksums) names.push_back(desired_.sums.of(algorithm));
  if (fan_in_) step_.missing = unmatched(desired_.required, names);
  for (const Asset& asset : counting_) {
    if (!desired_.sums.has(asset.name) && !is_told(asset)) unknown_.push_back(asset);
  }
}

void Planning::assess_wishes() {
  if (!sums_tell_more()) sums_ = sums_files(desired_, snapshot_, memory_, counting_);
  assess_made(sums_.files, snapshot_, memory_, made_);
  assets_.replaced.insert(assets_.replaced.end(), made_.replaced.begin(), made_.replaced.end());
  wish_ =
      edit_of(desired_, snapshot_, memory_, staying(*snapshot_.release, assets_), step_.missing);
}

/// Of several assets of one name the highest id counts. Where its job did not tell what it holds, as
/// a late upload of a run that has ended, the highest that is known counts, and the others go.
void Planning::choose_assets(const std::vector<Asset>& assets) {
  counting_ = highest_of_each_name(assets);
  if (!fan_in_) return;
  for (Asset& highest : counting_) {
    // A file of digests is written anew by whoever finds it different.
    if (known(highest) || !is_old(highest) || desired_.sums.has(highest.name)) continue;
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

/// While a release is being filled its jobs tell; later a file of digests may be all that does.
bool Planning::is_told(const Asset& asset) const {
  return marked_ ? known(asset).has_value()
                 : known_or_listed(asset, snapshot_, memory_).has_value();
}

bool Planning::is_draft() const { return snapshot_.release->draft; }

bool Planning::was_read(const Asset& asset) const { return memory_.read.contains(asset.id); }

/// A set of 'required_files' that is not complete yet, in a release that nobody may see.
bool Planning::is_held() const { return fan_in_ && is_draft() && !step_.missing.empty(); }

/// What this look has found is about to be changed back, by this run or by another one.
bool Planning::is_passing() const {
  return step_.rule == Rule::start_over || step_.rule == Rule::put_back ||
         step_.rule == Rule::watch;
}

/// By the server's clock, or since this run saw it: of a server that tells no time, or dates of
/// another clock.
bool Planning::is_old(const Asset& asset) const {
  using std::chrono::sys_seconds;
  const bool is_dated = snapshot_.server_time != sys_seconds{} && asset.created != sys_seconds{};
  if (is_dated && snapshot_.server_time - asset.created >= longest_silence) return true;
  const auto seen = waits_.first_seen.find(asset.id);
  return seen != waits_.first_seen.end() && now_ - seen->second >= longest_silence;
}

/// Whether anything of the release depends on what this asset holds.
bool Planning::is_needed(const Asset& asset) const {
  return desired_.wants(Algorithm::sha256) || is_required(desired_.required, asset.name);
}

/// There is a SHA256SUMS that could not be read: this run knows less than it may tell.
bool Planning::sums_tell_more() const {
  return !unknown_.empty() &&
         find_sums(desired_, memory_, counting_).state == SumsState::out_of_reach;
}

/// Without 'required_files': jobs whose files are not known yet.
bool Planning::others_at_work() const {
  return !fan_in_ && std::any_of(unknown_.begin(), unknown_.end(), [&](const Asset& asset) {
    return memory_.first && asset.id > memory_.first->highest_asset;
  });
}

std::vector<Asset> Planning::entries() const {
  std::vector<Asset> result;
  for (const Entry& entry : snapshot_.entries) result.push_back(entry.asset);
  return result;
}

}  // namespace core
