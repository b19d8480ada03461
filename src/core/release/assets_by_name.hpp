// SPDX-License-Identifier: MIT
// A release may have several assets of the same name, until the run that owns the newest deletes the others.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/release.hpp"

namespace core {

/// For each name, the asset with the highest id, which is the one that counts.
std::vector<Asset> highest_of_each_name(const std::vector<Asset>& assets);

/// The asset of this name that counts; null if there is none.
const Asset* newest_named(const std::vector<Asset>& assets, const std::string& name);

/// An index of the assets of a release, by name.
class AssetsByName {
 public:
  /// Empty without a release.
  explicit AssetsByName(const std::optional<Release>& release);

  /// Sorted by id.
  const std::vector<Asset>& named(const std::string& name) const;

 private:
  std::map<std::string, std::vector<Asset>> assets_;
};

}  // namespace core
