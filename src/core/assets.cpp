// SPDX-License-Identifier: MIT
#include "core/assets.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "core/text.hpp"

namespace core {
namespace {

/// The tool's own small files: an upload's digest, as a name.
bool is_ours(const Asset& asset) { return asset.name.starts_with(".sha256."); }

bool is_recorded_here(const LocalFile& file, const Asset& asset, const Observed& look) {
  return file.sha256 && is_recorded(look.notes.record, asset, *file.sha256);
}

std::vector<Asset> below(std::vector<Asset> assets, std::uint64_t id) {
  std::erase_if(assets, [id](const Asset& asset) { return asset.id >= id; });
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
  if (have.back().id > sent.asset.id && !is_recorded(look.notes.record, have.back(), sent.sha256)) {
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
  append(state.outdated, have);
}

/// Takes the assets of another commit out of a look: a start-over has condemned them.
Observed without_outdated(Observed look, AssetState& state) {
  if (!look.release || look.notes.outdated_up_to == 0) return look;
  std::erase_if(look.release->assets, [&](const Asset& asset) {
    if (asset.id > look.notes.outdated_up_to) return false;
    state.condemned.push_back(asset);
    return true;
  });
  return look;
}

/// Duplicates of other names are nobody's of this run: they are left, but no download of theirs is
/// what it seems.
void warn_about_duplicates(const Release& release, const std::set<std::string>& ours,
                           AssetState& state) {
  std::set<std::string> seen;
  std::set<std::string> twice;
  for (const Asset& asset : release.assets) {
    if (!seen.insert(asset.name).second && !ours.contains(asset.name)) twice.insert(asset.name);
  }
  for (const std::string& name : twice) {
    state.warnings.push_back(fmt::format(
        "the release has more than one asset named {}; this run does not bring one, so they stay",
        one_line(name)));
  }
}

}  // namespace

std::vector<Asset> assets_named(const Release& release, const std::string& name) {
  std::vector<Asset> result;
  for (const Asset& asset : release.assets) {
    if (asset.name == name) result.push_back(asset);
  }
  std::sort(result.begin(), result.end(),
            [](const Asset& a, const Asset& b) { return a.id < b.id; });
  return result;
}

AssetState assess(const Desired& desired, const Observed& whole_look, const Memory& memory) {
  AssetState state;
  const Observed look = without_outdated(whole_look, state);
  std::set<std::string> ours;
  for (const LocalFile& file : desired.files) {
    ours.insert(file.name);
    const auto have = look.release ? assets_named(*look.release, file.name) : std::vector<Asset>{};
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
    if (was_there_before && !ours.contains(asset.name) && !is_ours(asset)) {
      state.others.push_back(asset);
    }
  }
  return state;
}

bool needs_digest(const LocalFile& file, const Observed& look, const Memory& memory) {
  if (file.sha256 || !look.release || memory.sent.contains(file.name)) return false;
  const auto have = assets_named(*look.release, file.name);
  return !have.empty() && have.back().size == file.size &&
         look.notes.record.contains(have.back().id);
}

std::vector<std::string> clashes(const Desired& desired, const Observed& look,
                                 const Memory& memory) {
  std::vector<std::string> names;
  if (desired.overwrite != Overwrite::fail || !look.release) return names;
  const bool being_filled = look.release->draft && look.notes.mark == memory.commit;
  for (const LocalFile& file : desired.files) {
    const auto have = assets_named(*look.release, file.name);
    if (!have.empty() && !being_filled && !is_recorded_here(file, have.back(), look)) {
      names.push_back(file.name);
    }
  }
  return names;
}

std::optional<Asset> landed(const LocalFile& file, const Release& release,
                            std::uint64_t highest_before) {
  const auto have = assets_named(release, file.name);
  if (have.empty() || have.back().id <= highest_before || have.back().size != file.size) {
    return std::nullopt;
  }
  return have.back();
}

}  // namespace core
