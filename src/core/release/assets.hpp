// SPDX-License-Identifier: MIT
// The rule for assets: of several with one name the highest id wins, and a run deletes only ids
// below its own of that name. Whoever owns the highest id deletes the rest, so that two runs that
// bring one name end with one asset, and neither can lose it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/release/memory.hpp"

namespace core {

struct AssetState {
  std::vector<const LocalFile*> to_send;
  std::vector<const LocalFile*> to_hash;  ///< to be compared with what is known of an asset
  std::vector<Asset> to_read;             ///< may be ours: what they hold has to be read back
  std::vector<Asset> replaced;            ///< to delete: an asset of ours with a higher id is there
  std::vector<Asset> outdated;            ///< will be replaced once `to_send` is up
  std::vector<Asset> condemned;           ///< to delete: of a commit that the tag has left
  std::vector<Asset> others;              ///< to delete at the end, with `remove_other_files`
  std::vector<std::string>
      unrecorded;  ///< names that are there, of whose content nothing tells; they
                   ///< stay, since the record has no room for them
  std::vector<std::string> warnings;
};

AssetState assess(const Desired& desired, const Snapshot& snapshot, const Memory& memory);

/// The same for files that this run makes itself, added to `state`: whoever finds that they differ
/// writes them anew.
void assess_made(const std::vector<LocalFile>& files, const Snapshot& snapshot,
                 const Memory& memory, AssetState& state);

/// The assets that `state` does not delete. Those that an upload will replace are among them.
std::vector<Asset> staying(const Release& release, const AssetState& state);

/// Of each name the asset with the highest id: the one that counts.
std::vector<Asset> highest_of_each_name(const std::vector<Asset>& assets);

/// The assets of a release, found by their names.
class AssetsByName {
 public:
  /// Of no release: none.
  explicit AssetsByName(const std::optional<Release>& release);

  /// The lowest id first.
  const std::vector<Asset>& named(const std::string& name) const;

 private:
  std::map<std::string, std::vector<Asset>> assets_;
};

/// The names that `overwrite_files: fail` stops at: there already, neither recorded with our digest
/// nor in a draft that is being filled for our commit.
std::vector<std::string> clashes(const Desired& desired, const Snapshot& snapshot,
                                 const Memory& memory);

/// The highest id of any asset or entry; 0 for none.
std::uint64_t highest_id(const Snapshot& snapshot);

}  // namespace core
