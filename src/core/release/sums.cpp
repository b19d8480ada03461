// SPDX-License-Identifier: MIT
#include "core/release/sums.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "core/checksums.hpp"
#include "core/release/assets.hpp"
#include "core/text.hpp"

namespace core {
namespace {

/// What is known of assets, by one algorithm.
class KnownDigests {
 public:
  KnownDigests(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
               Algorithm algorithm)
      : snapshot_(snapshot), memory_(memory), algorithm_(algorithm) {
    if (algorithm == Algorithm::sha256) return;
    for (const LocalFile& file : desired.files) own_.emplace(file.name, &file);
    const auto lines = memory.listed.find(algorithm);
    if (lines != memory.listed.end()) listed_ = &lines->second;
  }

  std::optional<Digest> of(const Asset& asset) const {
    auto sha256 = known_or_listed(asset, snapshot_, memory_);
    if (algorithm_ == Algorithm::sha256) return sha256;
    // The record has SHA-256 only: it tells whether the asset holds what the local file does.
    const auto own = own_.find(asset.name);
    if (own != own_.end() && sha256 && own->second->sha256 == sha256) {
      const auto digest = own->second->other_digests.find(algorithm_);
      if (digest != own->second->other_digests.end()) return digest->second;
    }
    if (listed_ == nullptr) return std::nullopt;
    const auto line = listed_->find(asset.id);
    return line == listed_->end() ? std::nullopt : std::optional(line->second);
  }

 private:
  const Snapshot& snapshot_;
  const Memory& memory_;
  const Algorithm algorithm_;
  std::map<std::string, const LocalFile*> own_;
  const std::map<std::uint64_t, Digest>* listed_ = nullptr;
};

/// What one file of digests is made of.
struct Lines {
  std::map<std::string, Digest> known;
  std::vector<std::string> unknown;  ///< names
};

Lines lines_of(const Desired& desired, const std::vector<Asset>& counting,
               const KnownDigests& digests) {
  Lines lines;
  for (const Asset& asset : counting) {
    if (desired.sums.has(asset.name)) continue;
    if (const auto digest = digests.of(asset)) {
      lines.known[asset.name] = *digest;
    } else {
      lines.unknown.push_back(one_line(asset.name));
    }
  }
  return lines;
}

void add_file(SumsFiles& result, const std::string& name, const Lines& lines) {
  if (lines.known.empty()) return;
  LocalFile file;
  file.name = name;
  file.content = render_sums(lines.known);
  file.size = file.content->size();
  file.sha256 = digest_of(*file.content);
  result.files.push_back(std::move(file));
}

const Asset* newest_sums(const std::vector<Asset>& assets, const std::string& name) {
  const Asset* found = nullptr;
  for (const Asset& asset : assets) {
    if (asset.name != name) continue;
    if (found == nullptr || found->id < asset.id) found = &asset;
  }
  return found;
}

bool is_last(const Asset& sums, const SumsNames& names, const std::vector<Asset>& assets) {
  return std::none_of(assets.begin(), assets.end(), [&](const Asset& asset) {
    return asset.id > sums.id && !names.has(asset.name);
  });
}

std::string warning_of(const Desired& desired, Algorithm algorithm, const Lines& lines,
                       const std::vector<Asset>& counting) {
  const std::string names = join(lines.unknown, ", ");
  if (algorithm == Algorithm::sha256) {
    return fmt::format(
        "{} leaves out {}: nothing is known of the content (not uploaded by this action, or its "
        "entry was lost to a job at the same time, which 'required_files' avoids)",
        desired.sums.of(algorithm), names);
  }
  const Asset* there = newest_sums(counting, desired.sums.of(algorithm));
  const bool is_outdated = there != nullptr && !is_last(*there, desired.sums, counting);
  return fmt::format(
      "{} is not written: this run does not bring {}, and only SHA-256 is recorded; use "
      "'checksums: sha256'{}",
      desired.sums.of(algorithm), names,
      is_outdated ? ". The one that is there is of earlier files: delete it" : "");
}

}  // namespace

SumsFiles sums_files(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                     const std::vector<Asset>& staying) {
  SumsFiles result;
  const std::vector<Asset> counting = highest_of_each_name(staying);
  for (const Algorithm algorithm : desired.checksums) {
    const Lines lines =
        lines_of(desired, counting, KnownDigests(desired, snapshot, memory, algorithm));
    const bool may_be_short = algorithm == Algorithm::sha256;
    if (may_be_short || lines.unknown.empty()) add_file(result, desired.sums.of(algorithm), lines);
    if (!lines.unknown.empty()) {
      result.warnings.push_back(warning_of(desired, algorithm, lines, counting));
    }
  }
  return result;
}

std::optional<ReadChecksums> sums_to_read(const Desired& desired, const Snapshot& snapshot,
                                          const Memory& memory, const std::vector<Asset>& assets,
                                          Algorithm algorithm) {
  const Asset* sums = newest_sums(assets, desired.sums.of(algorithm));
  // One of this run's own tells it nothing new.
  if (sums == nullptr || memory.sent.contains(sums->name) || memory.read.contains(sums->id)) {
    return std::nullopt;
  }
  const KnownDigests digests(desired, snapshot, memory, algorithm);
  const bool tells_more = std::any_of(assets.begin(), assets.end(), [&](const Asset& asset) {
    return asset.id < sums->id && !desired.sums.has(asset.name) && !digests.of(asset);
  });
  const bool may_be_right =
      desired.wants(algorithm) && !known_digest(*sums, snapshot, memory).has_value();
  if (!tells_more && !may_be_right) return std::nullopt;
  return ReadChecksums{*sums, algorithm};
}

Sums find_sums(const Desired& desired, const Memory& memory, const std::vector<Asset>& assets) {
  const Asset* sums = newest_sums(assets, desired.sums.of(Algorithm::sha256));
  if (sums == nullptr) return {};
  const bool is_own = memory.sent.contains(sums->name);
  if (is_own || memory.learned.contains(sums->id)) return {SumsState::learned, sums->id};
  if (!memory.read.contains(sums->id)) return {SumsState::unread, sums->id};
  return {is_last(*sums, desired.sums, assets) ? SumsState::out_of_reach : SumsState::outdated,
          sums->id};
}

void learn_sums(Memory& memory, const Snapshot& snapshot, const ReadChecksums& file,
                const std::string& text) {
  const Asset& sums = file.asset;
  const Digest content = digest_of(text);
  const auto recorded = known_digest(sums, snapshot, memory);
  if (recorded && *recorded != content) return;
  memory.learned.insert(sums.id);
  memory.known.try_emplace(sums.id, record_entry(sums, content));
  const bool is_vouched_for =
      recorded && file.algorithm == Algorithm::sha256 && record_is_full(snapshot);
  std::vector<Asset> before = snapshot.release->assets;
  std::erase_if(before, [&](const Asset& asset) { return asset.id > sums.id; });
  const auto lines = parse_sums(text);
  for (const Asset& asset : highest_of_each_name(before)) {
    const auto line = lines.find(asset.name);
    if (line == lines.end() || !is_digest(line->second, file.algorithm)) continue;
    if (is_vouched_for) {
      memory.known.try_emplace(asset.id, record_entry(asset, line->second));
    } else {
      memory.listed[file.algorithm].insert_or_assign(asset.id, line->second);
    }
  }
}

}  // namespace core
