// SPDX-License-Identifier: MIT
// Several jobs fill one release, and whichever completes it publishes. Until then nobody edits the
// release, since two edits at one time lose one of them: what a job has to tell the others goes
// into the name of an empty asset. Inserting a row loses nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/record.hpp"
#include "core/release.hpp"

namespace core {

/// An empty asset that says what another one holds.
struct Entry {
  Asset asset;           ///< the empty one
  std::uint64_t of = 0;  ///< the id of the other
  std::string of_name;   ///< the end of its name; "" in entries of version 0.1.0
  Digest sha256;

  /// Whether it speaks of `other`: anybody can give an asset such a name.
  bool is_of(const Asset& other) const;
};

/// ".sha256.ID.HEX.NAME", with as much of the end of the name as 255 bytes hold: it ends like the
/// asset's, so that a server that takes some kinds of files only takes it as well.
std::string entry_name(const Asset& asset, const Digest& sha256);

/// Absent where `asset` is not exactly what entry_name names, and empty.
std::optional<Entry> parse_entry(const Asset& asset);

/// `required_files`: a pattern a line, each to be matched by the name of an asset; `{a,b}` asks for
/// both. Throws Error (workflow).
std::vector<std::string> parse_required(const std::string& text);

bool is_required(const std::vector<std::string>& patterns, const std::string& name);

/// The patterns that no name matches.
std::vector<std::string> unmatched(const std::vector<std::string>& patterns,
                                   const std::vector<std::string>& names);

}  // namespace core
