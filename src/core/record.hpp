// SPDX-License-Identifier: MIT
// The record: which asset has which content. The API has no digests, but an asset's bytes never
// change under one id, so an entry written once stays proof.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

#include "core/digest.hpp"
#include "core/release.hpp"

namespace core {

struct RecordEntry {
  std::string uuid;  ///< the first 8 characters of the asset's uuid
  Digest sha256;
  bool operator==(const RecordEntry&) const = default;
};

/// By asset id.
using Record = std::map<std::uint64_t, RecordEntry>;

RecordEntry record_entry(const Asset& asset, const Digest& sha256);

/// Whether the record proves that `asset` holds `sha256`.
bool is_recorded(const Record& record, const Asset& asset, const Digest& sha256);

/// One line: the comment that holds the record, with each id as its distance from the one before; ""
/// for an empty one.
std::string render_record(const Record& record);

/// Reads what render_record wrote, or version 0.1.0. Anything else, down to a single character, is an
/// empty record.
Record parse_record(std::string_view line);

/// How a record's comment begins; where this stands more than once nothing is believed.
inline constexpr std::string_view record_opening = "<!-- gitea-release record:";

/// How a comment ends.
inline constexpr std::string_view comment_closing = " -->";

/// As much of `record` as `limit` bytes of comment hold: the asset named `first`, a file of digests that
/// tells of all others, then the largest assets, which cost most to send again.
Record fitting(const Record& record, const std::vector<Asset>& assets, std::size_t limit,
               std::string_view first = {});

/// Bytes of an entry at most, for ids below ten digits.
inline constexpr std::size_t longest_entry = 64;

}  // namespace core
