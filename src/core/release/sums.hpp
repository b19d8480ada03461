// SPDX-License-Identifier: MIT
// The files of digests that `checksums` asks for: made from what is known of the assets, and read
// where their lines tell what nothing else does.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/release/action.hpp"
#include "core/release/memory.hpp"

namespace core {

struct SumsFiles {
  std::vector<LocalFile> files;
  std::vector<std::string> warnings;  ///< about assets that are left out
};

/// Over the assets that stay, those of other jobs too. SHA-512 and MD5 only where all of them are
/// known: of files that this run brings, and of those that the file that is there lists.
SumsFiles sums_files(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                     const std::vector<Asset>& staying);

/// The file of these digests among `assets`, where this run has not read it yet, and its lines tell of
/// assets of which nothing else does; or where it may be as this run wishes it.
std::optional<ReadChecksums> sums_to_read(const Desired& desired, const Snapshot& snapshot,
                                          const Memory& memory, const std::vector<Asset>& assets,
                                          Algorithm algorithm);

/// How a run stands to the lines of SHA256SUMS.
enum class SumsState {
  absent,
  unread,
  learned,
  out_of_reach,  ///< it cannot be read; nothing came after it, so that it may tell of everything
  outdated,      ///< it cannot be read, and does not tell of what came after it
};
struct Sums {
  SumsState state = SumsState::absent;
  std::uint64_t id = 0;  ///< of the asset
};
Sums find_sums(const Desired& desired, const Memory& memory, const std::vector<Asset>& assets);

/// Takes the lines of a file of digests into the memory: each counts for the asset of its name that
/// was there before the file. What the full record vouches for counts as known, the rest as listed.
void learn_sums(Memory& memory, const Snapshot& snapshot, const ReadChecksums& file,
                const std::string& text);

}  // namespace core
