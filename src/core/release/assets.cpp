// SPDX-License-Identifier: MIT
#include "core/release/assets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/checksums.hpp"
#include "core/text.hpp"

namespace core {
namespace {

bool is_recorded_here(const LocalFile& file, const Asset& asset, const Observed& look) {
  return file.sha256 && is_recorded(look.record, asset, *file.sha256);
}

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

/// A file that this run has uploaded.
void assess_sent(const LocalFile& file, const Memory::Sent& sent, const std::vector<Asset>& have,
                 const Observed& look, AssetState& state) {
  if (have.empty() || have.back().id < sent.asset.id) {  // ours is gone and no newer one is there
    state.to_send.push_back(&file);
    return;
  }
  if (have.back().id > sent.asset.id && !is_recorded(look.record, have.back(), sent.sha256)) {
    state.warnings.push_back(fmt::format(
        "another run replaced {} after this one uploaded it; theirs is kept", file.name));
  }
  append(state.replaced, below(have, sent.asset.id));
}

void assess_unsent(const LocalFile& file, const std::vector<Asset>& have, const Observed& look,
                   Overwrite overwrite, AssetState& state) {
  if (!have.empty() && overwrite == Overwrite::keep) return;
  if (!have.empty() && is_recorded_here(file, have.back(), look)) {
    append(state.replaced, below(have, have.back().id));
    return;
  }
  state.to_send.push_back(&file);
  append(state.outdated, below(have, have.empty() ? 0 : have.back().id + 1));
}

/// A run that has sent a file takes a newer one of which it knows the size alone for a parallel run's
/// of the same content: two that complete a release together both write it.
bool is_like_ours(const LocalFile& file, const Asset& asset, const Observed& look,
                  const Memory& memory) {
  const auto sent = memory.sent.find(file.name);
  return sent != memory.sent.end() && sent->second.sha256 == file.sha256 &&
         !known_digest(asset, look, memory) && asset.size == file.size &&
         asset.id > sent->second.asset.id;
}

/// Takes the assets of another commit out of a look: a start-over has condemned them.
Observed without_outdated(Observed look, AssetState& state) {
  if (!look.release || look.notes.outdated_up_to == 0) return look;
  std::erase_if(look.release->assets, [&](const Asset& asset) {
    if (asset.id > look.notes.outdated_up_to) return false;
    state.condemned.push_back(asset);
    return true;
  });
  for (const Entry& entry : look.entries) {
    if (entry.asset.id <= look.notes.outdated_up_to) state.condemned.push_back(entry.asset);
  }
  return look;
}

/// Duplicates of other names are nobody's of this run: they are left, but no download of theirs is
/// what it seems.
void warn_about_duplicates(const Release& release, const std::set<std::string>& ours,
                           AssetState& state) {
  std::set<std::string> seen;
  std::set<std::string> twice;
  for (const Asset& asset : release.assets) {
    const bool made = is_sums_name(asset.name);  // the runs that write them see to that
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

AssetState assess(const Desired& desired, const Observed& whole_look, const Memory& memory) {
  AssetState state;
  const Observed look = without_outdated(whole_look, state);
  const AssetsByName there(look.release);
  std::set<std::string> ours;
  for (const LocalFile& file : desired.files) {
    ours.insert(file.name);
    const auto& have = there.named(file.name);
    const auto sent = memory.sent.find(file.name);
    if (sent != memory.sent.end()) {
      assess_sent(file, sent->second, have, look, state);
    } else {
      assess_unsent(file, have, look, desired.overwrite, state);
    }
  }
  if (look.release) warn_about_duplicates(*look.release, ours, state);
  if (!desired.remove_others || !look.release || !memory.first) return state;
  for (const Asset& asset : look.release->assets) {
    const bool was_there_before = asset.id <= memory.first->highest_asset;
    const bool spared = ours.contains(asset.name) || is_sums_name(asset.name) ||
                        is_required(desired.required, asset.name);
    if (was_there_before && !spared) state.others.push_back(asset);
  }
  return state;
}

void assess_made(const std::vector<LocalFile>& files, const Observed& look, const Memory& memory,
                 AssetState& state) {
  const AssetsByName there(look.release);
  for (const LocalFile& file : files) {
    const auto& have = there.named(file.name);
    const auto sent = memory.sent.find(file.name);
    std::uint64_t own = sent == memory.sent.end() ? 0 : sent->second.asset.id;
    const bool kept = !have.empty() && known_digest(have.back(), look, memory) == file.sha256;
    if (kept) own = have.back().id;
    append(state.replaced, below(have, own));
    if (kept || (!have.empty() && is_like_ours(file, have.back(), look, memory))) continue;
    const auto made = memory.made.find(file.name);
    if (made == memory.made.end() || made->second < most_made) {
      state.to_send.push_back(&file);
    } else {
      state.warnings.push_back(fmt::format(
          "{} was written {} times, and other runs changed it again; 'required_files' lets one job "
          "write it, at the end",
          file.name, most_made));
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

std::vector<LocalFile*> without_needed_digest(std::vector<LocalFile>& files, const Observed& look,
                                              const Memory& memory) {
  std::vector<LocalFile*> result;
  const AssetsByName there(look.release);
  for (LocalFile& file : files) {
    if (file.sha256 || memory.sent.contains(file.name)) continue;
    const auto& have = there.named(file.name);
    const bool comparable =
        !have.empty() && have.back().size == file.size && look.record.contains(have.back().id);
    if (comparable) result.push_back(&file);
  }
  return result;
}

std::vector<std::string> clashes(const Desired& desired, const Observed& look,
                                 const Memory& memory) {
  std::vector<std::string> names;
  if (desired.overwrite != Overwrite::fail || !look.release) return names;
  const bool being_filled = look.release->draft && look.notes.mark == memory.commit;
  const AssetsByName there(look.release);
  for (const LocalFile& file : desired.files) {
    const auto& have = there.named(file.name);
    if (!have.empty() && !being_filled && !is_recorded_here(file, have.back(), look)) {
      names.push_back(file.name);
    }
  }
  return names;
}

std::optional<Asset> landed(const std::vector<Asset>& have, std::uint64_t size,
                            std::uint64_t highest_before) {
  if (have.empty() || have.back().id <= highest_before || have.back().size != size) {
    return std::nullopt;
  }
  return have.back();
}

}  // namespace core
