// SPDX-License-Identifier: MIT
// The checksum files that the input `checksums` requests, and the update.json that they list. They are
// generated from the known digests of the assets, and read to learn digests that are not known from
// elsewhere.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/release/action.hpp"
#include "core/release/memory.hpp"

namespace core {

struct ChecksumFiles {
  std::vector<LocalFile> files;
  std::vector<std::string> warnings;  ///< about assets that are not listed
};

/// The checksum files for the assets that stay, including those of other jobs. SHA-512 and MD5
/// files only if all digests are known: from files of this run, and from the existing checksum
/// file. With `update`, a run that has the signing key also generates update.json.
ChecksumFiles checksum_files(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                             const std::vector<Asset>& staying);

/// The checksum file among `assets` that this run should read: one that it has not read yet, and
/// that lists digests that are not known otherwise, or may already be as desired.
std::optional<ReadChecksums> checksum_file_to_read(const Desired& desired, const Snapshot& snapshot,
                                                   const Memory& memory,
                                                   const std::vector<Asset>& assets,
                                                   Algorithm algorithm);

/// What a run knows about the lines of SHA256SUMS.
enum class ChecksumFileState {
  absent,
  unread,
  learned,
  out_of_reach,  ///< it cannot be read; it is the newest asset, and so may list all assets
  outdated,      ///< it cannot be read, and does not list newer assets
};
struct ChecksumFile {
  ChecksumFileState state = ChecksumFileState::absent;
  std::uint64_t id = 0;  ///< id of the asset
};
ChecksumFile find_checksum_file(const Desired& desired, const Memory& memory,
                                const std::vector<Asset>& assets);

/// Adds the lines of a checksum file to the memory. Each line applies to the asset of its name that
/// is older than the file. The lines count as known if the record is full and contains the digest
/// of the file itself, otherwise as listed.
void learn_checksums(Memory& memory, const Snapshot& snapshot, const ReadChecksums& file,
                     const std::string& text);

}  // namespace core
