// SPDX-License-Identifier: MIT
#include "core/release/vouching.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace core {

bool is_code(std::string_view text) {
  return text.size() == code_length &&
         text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::string code_of(const Desired& desired, const Memory& memory, const Asset& asset,
                    const Digest& sha256) {
  if (!desired.signing) return {};
  // The name comes last: it may contain any character, and the other parts contain no line ends.
  return desired.signing->code(
      fmt::format("{}\n{}\n{}\n{}\n{}", desired.tag, memory.commit, asset.id, sha256, asset.name));
}

std::optional<Digest> vouched_digest(const Desired& desired, const Snapshot& snapshot,
                                     const Memory& memory, const Asset& asset) {
  const auto sent = memory.sent.find(asset.name);
  if (sent != memory.sent.end() && sent->second.asset.id == asset.id) return sent->second.sha256;
  const auto codes = memory.codes.find(asset.id);
  if (codes != memory.codes.end() && desired.signing) {
    for (const auto& [sha256, code] : codes->second) {
      if (code == code_of(desired, memory, asset, sha256)) return sha256;
    }
  }
  const auto line = memory.signed_lines.find(asset.id);
  if (line != memory.signed_lines.end() && desired.signing) return line->second;
  const auto known = known_digest(asset, snapshot, memory);
  if (!known) return std::nullopt;
  const bool is_own = std::any_of(
      desired.files.begin(), desired.files.end(),
      [&](const LocalFile& file) { return file.name == asset.name && file.sha256 == known; });
  return is_own ? known : std::nullopt;
}

bool is_told_with_code(const Desired& desired, const Memory& memory, const Asset& asset,
                       const Digest& sha256) {
  const auto codes = memory.codes.find(asset.id);
  return codes != memory.codes.end() &&
         codes->second.contains({sha256, code_of(desired, memory, asset, sha256)});
}

RecordEntry coded_entry(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                        const Asset& asset, const Digest& sha256) {
  RecordEntry entry = record_entry(asset, sha256);
  if (desired.signing) {
    if (vouched_digest(desired, snapshot, memory, asset) == sha256) {
      entry.code = code_of(desired, memory, asset, sha256);
    }
    return entry;
  }
  const auto codes = memory.codes.find(asset.id);
  if (codes == memory.codes.end()) return entry;
  for (const auto& [digest, code] : codes->second) {
    if (digest == sha256) entry.code = code;
  }
  return entry;
}

bool is_signed(const Snapshot& snapshot) {
  if (!snapshot.release) return false;
  const auto& assets = snapshot.release->assets;
  const auto& record = snapshot.notes.record;
  return std::any_of(assets.begin(), assets.end(),
                     [](const Asset& asset) { return asset.name == signature_name; }) ||
         std::any_of(record.begin(), record.end(),
                     [](const auto& entry) { return !entry.second.code.empty(); }) ||
         std::any_of(snapshot.announcements.begin(), snapshot.announcements.end(),
                     [](const Announcement& one) { return !one.code.empty(); });
}

}  // namespace core
