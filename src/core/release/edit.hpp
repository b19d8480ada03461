// SPDX-License-Identifier: MIT
// The only edit of a release in a plan: all differences in one PATCH, because of two simultaneous
// edits one is lost.
#pragma once

#include <string>
#include <vector>

#include "core/release/action.hpp"
#include "core/release/memory.hpp"

namespace core {

/// The name of the asset that is recorded first if the record has no room for all.
inline const std::string& first_recorded(const Desired& desired) {
  return desired.checksum_names.of(Algorithm::sha256);
}

struct Edit {
  EditRelease edit;
  std::vector<std::string> warnings;
  std::vector<std::string> closing_warnings;  ///< shown only when nothing is left to do
};

/// The edit that turns a release back into a draft, after the server published it while it was
/// being filled. It includes the mark, so that the draft is published later even if another run had
/// published it in the meantime.
EditRelease put_back_edit(const Desired& desired, const Snapshot& snapshot, const Memory& memory);

/// `staying` are the assets that will not be deleted, `missing` the patterns of `required_files`
/// that no asset matches.
Edit edit_of(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
             const std::vector<Asset>& staying, const std::vector<std::string>& missing);

}  // namespace core
