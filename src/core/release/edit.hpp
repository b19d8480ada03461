// SPDX-License-Identifier: MIT
// The one edit of a release that a plan may have: everything that differs, in one PATCH, since two
// at one time lose one of them.
#pragma once

#include <string>
#include <vector>

#include "core/release/action.hpp"
#include "core/release/memory.hpp"

namespace core {

/// The name of the asset whose entry comes first where the record has no room for all.
inline const std::string& first_recorded(const Desired& desired) {
  return desired.sums.of(Algorithm::sha256);
}

struct Edit {
  EditRelease edit;
  std::vector<std::string> warnings;
  std::vector<std::string> closing_warnings;  ///< worth a word only when nothing is left to do
};

/// Makes a draft again what the server has published while it is being filled. The mark goes along: where
/// this arrives after another run has published, the draft that it leaves is still one to be published.
EditRelease put_back_edit(const Desired& desired, const Snapshot& snapshot, const Memory& memory);

/// `staying`: the assets that are not about to be deleted. `missing`: patterns of `required_files`
/// that no asset matches.
Edit edit_of(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
             const std::vector<Asset>& staying, const std::vector<std::string>& missing);

}  // namespace core
