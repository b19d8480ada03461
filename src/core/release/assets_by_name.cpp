// SPDX-License-Identifier: MIT
#include "core/release/assets_by_name.hpp"

#include <algorithm>

namespace core {

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

const Asset* newest_named(const std::vector<Asset>& assets, const std::string& name) {
  const Asset* newest = nullptr;
  for (const Asset& asset : assets) {
    const bool is_newer = newest == nullptr || newest->id < asset.id;
    if (asset.name == name && is_newer) newest = &asset;
  }
  return newest;
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

}  // namespace core
