// SPDX-License-Identifier: MIT
// The files of digests that `checksums` asks for, made from what is known of the assets.
#pragma once

#include <string>
#include <vector>

#include "core/release/memory.hpp"

namespace core {

struct SumsFiles {
  std::vector<LocalFile> files;
  std::vector<std::string> warnings;  ///< about assets that are left out
};

/// Over the assets that stay, those of other jobs too; SHA-512 and MD5 only where this run brings
/// all of them, since the record has SHA-256.
SumsFiles sums_files(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                     const std::vector<Asset>& staying);

}  // namespace core
