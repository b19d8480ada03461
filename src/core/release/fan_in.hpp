// SPDX-License-Identifier: MIT
// Fan-in: several jobs fill one release, and the job that completes it publishes it. Until then no
// job edits the release, because of two simultaneous edits one is lost. A job announces a digest to
// the others in the name of an empty asset instead; creating an asset cannot overwrite another.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/release.hpp"
#include "core/release/record.hpp"

namespace core {

/// An empty asset whose name contains the digest of another asset.
struct Announcement {
  Asset asset;           ///< the empty asset
  std::uint64_t of = 0;  ///< the id of the other asset
  std::string of_name;   ///< the end of that asset's name; "" in announcements of version 0.1.0
  Digest sha256;
  std::string code = {};  ///< of a job that has the signing key; "" without one

  /// Whether it announces the digest of `other`. Checked exactly, because a user can give an asset
  /// such a name.
  bool is_of(const Asset& other) const;
};

/// ".sha256.ID.HEX.NAME", or ".sha256.ID.HEX-CODE.NAME" with the code of a job that has the signing key,
/// with as much of the end of the name as fits into 255 bytes. It ends like the asset's name, so that a
/// server that allows only some file types accepts it too.
std::string announcement_name(const Asset& asset, const Digest& sha256,
                              const std::string& code = {});

/// nullopt if `asset` is not empty, or its name does not have exactly the form of
/// announcement_name.
std::optional<Announcement> parse_announcement(const Asset& asset);

/// Parses the input `required_files`: one pattern per line, each of which an asset has to match;
/// `{a,b}` requires both. Throws Error (workflow).
std::vector<std::string> parse_required(const std::string& text);

bool is_required(const std::vector<std::string>& patterns, const std::string& name);

/// The patterns that no name matches.
std::vector<std::string> unmatched(const std::vector<std::string>& patterns,
                                   const std::vector<std::string>& names);

}  // namespace core
