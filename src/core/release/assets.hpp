// SPDX-License-Identifier: MIT
// The rule for assets: of several assets with the same name, the one with the highest id counts,
// and a run deletes only assets with lower ids than its own. So the run that owns the highest id
// deletes the others: if two runs upload the same name, exactly one asset remains.
#pragma once

#include <string>
#include <vector>

#include "core/release/memory.hpp"

namespace core {

struct AssetState {
  std::vector<const LocalFile*> to_send;
  std::vector<const LocalFile*> to_hash;  ///< to compare with the known digest of an asset
  std::vector<Asset> to_read;             ///< may be uploads of this run: download them to find out
  std::vector<Asset>
      replaced;  ///< to delete: this run has an asset of the same name with a higher id
  std::vector<Asset> outdated;   ///< replaced once `to_send` is uploaded
  std::vector<Asset> condemned;  ///< to delete: from a commit that the tag no longer points to
  std::vector<Asset> others;     ///< to delete at the end, with `remove_other_files`
  std::vector<std::string>
      /// Names of assets with unknown content, which stay because the record has no room for them
      unrecorded;
  std::vector<std::string> warnings;
};

AssetState assess(const Desired& desired, const Snapshot& snapshot, const Memory& memory);

/// The same for files that this run generates; adds the result to `state`. Any run that finds such
/// a file outdated writes it again.
void assess_made(const std::vector<LocalFile>& files, const Snapshot& snapshot,
                 const Memory& memory, AssetState& state);

/// The assets that `state` does not delete, including those that an upload will replace.
std::vector<Asset> staying(const Release& release, const AssetState& state);

/// The names for which `overwrite_files: fail` fails: they already exist, are not known to have the
/// same content, and are not in a draft that is being filled for our commit.
std::vector<std::string> clashes(const Desired& desired, const Snapshot& snapshot,
                                 const Memory& memory);

}  // namespace core
