// SPDX-License-Identifier: MIT
#include "core/release/checksum_files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "core/release/assets.hpp"
#include "core/release/assets_by_name.hpp"
#include "core/release/checksums.hpp"
#include "core/release/vouching.hpp"
#include "core/text/text.hpp"
#include "core/update/manifest.hpp"

namespace core {
namespace {

/// The known digests of assets, for one algorithm.
class KnownDigests {
 public:
  KnownDigests(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
               Algorithm algorithm)
      : desired_(desired), snapshot_(snapshot), memory_(memory), algorithm_(algorithm) {
    if (algorithm == Algorithm::sha256) return;
    for (const LocalFile& file : desired.files) own_.emplace(file.name, &file);
    const auto lines = memory.listed.find(algorithm);
    if (lines != memory.listed.end()) listed_ = &lines->second;
  }

  std::optional<Digest> of(const Asset& asset) const {
    if (desired_.signing && algorithm_ == Algorithm::sha256) {
      return vouched_digest(desired_, snapshot_, memory_, asset);
    }
    auto sha256 = known_or_listed(asset, snapshot_, memory_);
    if (algorithm_ == Algorithm::sha256) return sha256;
    // The record has only SHA-256. If that matches the local file, the file's other digests apply
    // too.
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
  const Desired& desired_;
  const Snapshot& snapshot_;
  const Memory& memory_;
  const Algorithm algorithm_;
  std::map<std::string, const LocalFile*> own_;
  const std::map<std::uint64_t, Digest>* listed_ = nullptr;
};

/// The content of one checksum file.
struct Lines {
  std::map<std::string, Digest> known;
  std::vector<std::string> unknown;  ///< names
};

/// Whether its line would be one: no name adds another line.
bool is_one_line(const std::string& name) {
  return std::none_of(name.begin(), name.end(),
                      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
}

/// `made`: what is generated, and has to be listed.
Lines lines_of(const Desired& desired, const std::vector<Asset>& counting,
               const KnownDigests& digests, const std::vector<LocalFile>& made) {
  Lines lines;
  std::set<std::string> seen;
  for (const LocalFile& file : made) {
    lines.known[file.name] = *file.sha256;
    seen.insert(lower(file.name));
  }
  for (const Asset& asset : counting) {
    if (desired.checksum_names.has(asset.name)) continue;
    const bool may_be_listed = desired.signing ? fault_of_signed_name(asset.name).empty() &&
                                                     !seen.contains(lower(asset.name))
                                               : is_one_line(asset.name);
    const auto digest = may_be_listed ? digests.of(asset) : std::nullopt;
    if (digest) {
      seen.insert(lower(asset.name));
      lines.known[asset.name] = *digest;
    } else {
      lines.unknown.push_back(one_line(asset.name));
    }
  }
  return lines;
}

void add_made(ChecksumFiles& result, const std::string& name, std::string content) {
  LocalFile file;
  file.name = name;
  file.content = std::move(content);
  file.size = file.content->size();
  file.sha256 = digest_of(*file.content);
  result.files.push_back(std::move(file));
}

void add_update_file(ChecksumFiles& result, const Desired& desired,
                     const std::vector<Asset>& counting) {
  if (!desired.signing || !desired.update) return;
  std::vector<Asset> files = counting;
  std::erase_if(files, [&](const Asset& asset) { return desired.checksum_names.has(asset.name); });
  if (auto content = update_file(*desired.update, desired.tag, files)) {
    add_made(result, manifest_name, std::move(*content));
  }
}

/// A file of its own for each asset whose digest is known.
void add_per_file(ChecksumFiles& result, const Desired& desired, Algorithm algorithm,
                  const Lines& lines) {
  for (const auto& [name, digest] : lines.known) {
    if (desired.checksum_names.has(name)) continue;
    const auto own_name = desired.checksum_names.of_asset(name, algorithm);
    if (own_name) add_made(result, *own_name, render_checksums({{name, digest}}));
  }
}

/// SHA256SUMS of a run that has the key comes with its signature.
void add_file(ChecksumFiles& result, const Desired& desired, Algorithm algorithm,
              const Lines& lines) {
  if (lines.known.empty()) return;
  const std::string content = render_checksums(lines.known);
  add_made(result, desired.checksum_names.of(algorithm), content);
  if (!desired.signing || algorithm != Algorithm::sha256) return;
  parse_signed_checksums(content);  // nothing is signed that readers refuse
  add_made(result, signature_name, desired.signing->sign(content));
}

const Asset* newest_checksum_file(const std::vector<Asset>& assets, const std::string& name) {
  const Asset* found = nullptr;
  for (const Asset& asset : assets) {
    if (asset.name != name) continue;
    if (found == nullptr || found->id < asset.id) found = &asset;
  }
  return found;
}

bool is_last(const Asset& file, const ChecksumNames& names, const std::vector<Asset>& assets) {
  return std::none_of(assets.begin(), assets.end(), [&](const Asset& asset) {
    return asset.id > file.id && !names.has(asset.name);
  });
}

std::string warning_of(const Desired& desired, Algorithm algorithm, const Lines& lines,
                       const std::vector<Asset>& counting) {
  const std::string names = join(lines.unknown, ", ");
  if (algorithm == Algorithm::sha256 && desired.signing) {
    return fmt::format(
        "{} leaves out {}: not uploaded by a job that has the signing key, or of a name that "
        "is not signed",
        desired.checksum_names.of(algorithm), names);
  }
  if (algorithm == Algorithm::sha256) {
    return fmt::format(
        "{} does not list {}: its digest is unknown (it was not uploaded by this action, or a "
        "parallel job overwrote the digest in the notes, which 'required_files' prevents)",
        desired.checksum_names.of(algorithm), names);
  }
  const Asset* existing = newest_checksum_file(counting, desired.checksum_names.of(algorithm));
  const bool is_outdated =
      existing != nullptr && !is_last(*existing, desired.checksum_names, counting);
  return fmt::format(
      "{} was not written: this run does not upload {}, and for existing assets only the SHA-256 "
      "is known; use 'checksums: sha256'{}",
      desired.checksum_names.of(algorithm), names,
      is_outdated ? ". The existing file lists earlier assets: delete it" : "");
}

}  // namespace

ChecksumFiles checksum_files(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                             const std::vector<Asset>& staying) {
  ChecksumFiles result;
  const std::vector<Asset> counting = highest_of_each_name(staying);
  add_update_file(result, desired, counting);
  const std::vector<LocalFile> listed = result.files;
  for (const Algorithm algorithm : desired.checksums) {
    const bool is_signed = desired.signing && algorithm == Algorithm::sha256;
    const Lines lines =
        lines_of(desired, counting, KnownDigests(desired, snapshot, memory, algorithm),
                 is_signed ? listed : std::vector<LocalFile>());
    const bool may_be_short = algorithm == Algorithm::sha256;
    if (may_be_short || lines.unknown.empty()) add_file(result, desired, algorithm, lines);
    add_per_file(result, desired, algorithm, lines);
    if (!lines.unknown.empty()) {
      result.warnings.push_back(warning_of(desired, algorithm, lines, counting));
    }
  }
  return result;
}

std::optional<ReadChecksums> checksum_file_to_read(const Desired& desired, const Snapshot& snapshot,
                                                   const Memory& memory,
                                                   const std::vector<Asset>& assets,
                                                   Algorithm algorithm) {
  const Asset* file = newest_checksum_file(assets, desired.checksum_names.of(algorithm));
  // A file that this run wrote contains nothing new.
  if (file == nullptr || memory.sent.contains(file->name) || memory.read.contains(file->id)) {
    return std::nullopt;
  }
  const KnownDigests digests(desired, snapshot, memory, algorithm);
  const bool tells_more = std::any_of(assets.begin(), assets.end(), [&](const Asset& asset) {
    return asset.id < file->id && !desired.checksum_names.has(asset.name) && !digests.of(asset);
  });
  const bool may_be_right =
      desired.wants(algorithm) && !known_digest(*file, snapshot, memory).has_value();
  if (!tells_more && !may_be_right) return std::nullopt;
  return ReadChecksums{*file, algorithm};
}

ChecksumFile find_checksum_file(const Desired& desired, const Memory& memory,
                                const std::vector<Asset>& assets) {
  const Asset* file = newest_checksum_file(assets, desired.checksum_names.of(Algorithm::sha256));
  if (file == nullptr) return {};
  const bool is_own = memory.sent.contains(file->name);
  if (is_own || memory.learned.contains(file->id)) return {ChecksumFileState::learned, file->id};
  if (!memory.read.contains(file->id)) return {ChecksumFileState::unread, file->id};
  return {is_last(*file, desired.checksum_names, assets) ? ChecksumFileState::out_of_reach
                                                         : ChecksumFileState::outdated,
          file->id};
}

void learn_checksums(Memory& memory, const Snapshot& snapshot, const ReadChecksums& file,
                     const std::string& text) {
  const Asset& list = file.asset;
  const Digest content = digest_of(text);
  const auto recorded = known_digest(list, snapshot, memory);
  if (recorded && *recorded != content) return;
  memory.learned.insert(list.id);
  memory.known.try_emplace(list.id, record_entry(list, content));
  const bool is_vouched_for =
      recorded && file.algorithm == Algorithm::sha256 && record_is_full(snapshot);
  std::vector<Asset> before = snapshot.release->assets;
  std::erase_if(before, [&](const Asset& asset) { return asset.id > list.id; });
  const auto lines = parse_checksums(text);
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
