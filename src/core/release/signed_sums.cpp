// SPDX-License-Identifier: MIT
#include "core/release/signed_sums.hpp"

#include "core/error.hpp"
#include "core/release/assets_by_name.hpp"
#include "core/release/checksums.hpp"
#include "core/release/vouching.hpp"

namespace core {
namespace {

bool has_valid_signature(const Memory& memory, const Snapshot& snapshot) {
  const Asset* signature = newest_named(snapshot.release->assets, signature_name);
  return signature != nullptr &&
         known_digest(*signature, snapshot, memory) == memory.sums.signature;
}

/// Whether the lines contain all that this run may sign without them, which is at least one file.
bool agrees(const Memory& memory, const Desired& desired, const Snapshot& snapshot) {
  const auto& lines = memory.sums.lines;
  const auto is_listed = [&](const std::string& name, const std::optional<Digest>& digest) {
    const auto line = lines.find(name);
    return line != lines.end() && line->second == digest;
  };
  bool has_one = false;
  for (const LocalFile& file : desired.files) {
    if (!is_listed(file.name, file.sha256)) return false;
    has_one = true;
  }
  for (const Asset& asset : snapshot.release->assets) {
    if (desired.checksum_names.has(asset.name)) continue;
    const auto digest = vouched_digest(desired, snapshot, memory, asset);
    if (!digest) continue;
    if (!is_listed(asset.name, digest)) return false;
    has_one = true;
  }
  return has_one;
}

/// Whether the remembered SHA256SUMS is that of the draft, and vouches for its lines.
bool vouches(const Memory& memory, const Desired& desired, const Snapshot& snapshot) {
  if (!desired.signing || memory.sums.id == 0 || !snapshot.release->draft) return false;
  const Asset* sums =
      newest_named(snapshot.release->assets, desired.checksum_names.of(Algorithm::sha256));
  return sums != nullptr && sums->id == memory.sums.id && has_valid_signature(memory, snapshot) &&
         agrees(memory, desired, snapshot);
}

bool has_line(const Memory::Sums& sums, const Asset& asset, const std::optional<Digest>& digest) {
  const auto line = sums.lines.find(asset.name);
  return line != sums.lines.end() && asset.id < sums.id && line->second == digest;
}

}  // namespace

std::vector<Action> signed_sums_to_read(const Desired& desired, const Memory& memory,
                                        const std::vector<Asset>& counting) {
  const Asset* sums = newest_named(counting, desired.checksum_names.of(Algorithm::sha256));
  const Asset* signature = newest_named(counting, signature_name);
  if (sums == nullptr || signature == nullptr) return {};
  std::vector<Action> actions;
  if (!memory.read.contains(sums->id)) {
    actions.emplace_back(ReadChecksums{*sums, Algorithm::sha256});
  }
  if (!memory.read.contains(signature->id)) actions.emplace_back(ReadAsset{*signature});
  return actions;
}

void remember_sums(Memory& memory, const Desired& desired, const ReadChecksums& file,
                   const std::string& text) {
  if (!desired.signing || file.algorithm != Algorithm::sha256) return;
  try {
    memory.sums = {file.asset.id, digest_of(desired.signing->sign(text)),
                   parse_signed_checksums(text)};
  } catch (const Error&) {
    // It is not signed, and will be replaced.
  }
}

void learn_signed_lines(Memory& memory, const Desired& desired, const Snapshot& snapshot) {
  if (!vouches(memory, desired, snapshot)) return;
  for (const Asset& asset : snapshot.release->assets) {
    const auto known = known_digest(asset, snapshot, memory);
    if (has_line(memory.sums, asset, known)) memory.signed_lines[asset.id] = *known;
  }
}

bool is_signed_line(const Memory& memory, const Desired& desired, const Snapshot& snapshot,
                    const Asset& asset, const Digest& sha256) {
  return has_line(memory.sums, asset, sha256) && vouches(memory, desired, snapshot);
}

}  // namespace core
