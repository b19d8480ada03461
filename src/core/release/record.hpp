// SPDX-License-Identifier: MIT
// The record: the digest of each asset. The API has no digests, but the content of an asset never
// changes, so an entry stays valid as long as the asset exists.
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
  std::string code = {};  ///< of a job that has the signing key (vouching.hpp); "" without one
  bool operator==(const RecordEntry&) const = default;
};

/// By asset id.
using Record = std::map<std::uint64_t, RecordEntry>;

RecordEntry record_entry(const Asset& asset, const Digest& sha256);

/// Whether the record contains this digest for `asset`.
bool is_recorded(const Record& record, const Asset& asset, const Digest& sha256);

/// The record as a comment in one line; each id is written as the difference to the previous one.
/// "" for an empty record.
std::string render_record(const Record& record);

/// Parses the output of render_record, also of version 0.1.0. Returns an empty record if the line
/// differs from it in a single character.
Record parse_record(std::string_view line);

/// The beginning of the record's comment. If it occurs more than once in the notes, no record is
/// used.
inline constexpr std::string_view record_opening = "<!-- gitea-release record:";

/// The end of a comment.
inline constexpr std::string_view comment_closing = " -->";

/// The part of `record` that fits into a comment of `limit` bytes: first the asset named `first`, a
/// checksum file with the digests of all others, then the largest assets, which take longest to
/// upload again.
Record fitting(const Record& record, const std::vector<Asset>& assets, std::size_t limit,
               std::string_view first = {});

/// The maximum number of bytes of an entry, for ids of fewer than ten digits.
inline constexpr std::size_t max_entry_length = 64;

}  // namespace core
