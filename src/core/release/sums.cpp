// SPDX-License-Identifier: MIT
#include "core/release/sums.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>

#include "core/checksums.hpp"
#include "core/text.hpp"

namespace core {
namespace {

using Digests = std::map<std::string, std::optional<Digest>>;

/// By name, of the asset with the highest id; absent digests are unknown ones.
Digests known_digests(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                      const std::vector<Asset>& staying) {
  const Record record = known_record(desired, snapshot, memory, staying);
  std::map<std::string, std::uint64_t> highest;
  Digests digests;
  for (const Asset& asset : staying) {
    if (is_sums_name(asset.name) || highest[asset.name] > asset.id) continue;
    highest[asset.name] = asset.id;
    const auto entry = record.find(asset.id);
    digests[asset.name] =
        entry == record.end() ? std::nullopt : std::optional(entry->second.sha256);
  }
  return digests;
}

/// The same names with the digests of this run's own files.
Digests own_digests(const Desired& desired, Digests digests, Algorithm algorithm) {
  for (auto& [name, digest] : digests) digest.reset();
  for (const LocalFile& file : desired.files) {
    const auto own = file.other_digests.find(algorithm);
    const auto place = digests.find(file.name);
    if (own != file.other_digests.end() && place != digests.end()) place->second = own->second;
  }
  return digests;
}

std::vector<std::string> names_of_unknown(const Digests& digests) {
  std::vector<std::string> names;
  for (const auto& [name, digest] : digests) {
    if (!digest) names.push_back(one_line(name));
  }
  return names;
}

void add_file(SumsFiles& result, Algorithm algorithm, const Digests& digests) {
  std::map<std::string, Digest> lines;
  for (const auto& [name, digest] : digests) {
    if (digest) lines[name] = *digest;
  }
  if (lines.empty()) return;
  LocalFile file;
  file.name = sums_name(algorithm);
  file.content = render_sums(lines);
  file.size = file.content->size();
  file.sha256 = digest_of(*file.content);
  result.files.push_back(std::move(file));
}

}  // namespace

SumsFiles sums_files(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                     const std::vector<Asset>& staying) {
  SumsFiles result;
  const Digests known = known_digests(desired, snapshot, memory, staying);
  for (const Algorithm algorithm : desired.checksums) {
    const bool recorded = algorithm == Algorithm::sha256;
    const Digests digests = recorded ? known : own_digests(desired, known, algorithm);
    const auto unknown = names_of_unknown(digests);
    if (recorded || unknown.empty()) add_file(result, algorithm, digests);
    if (unknown.empty()) continue;
    const std::string why =
        recorded ? fmt::format(
                       "leaves out {}: nothing is known of the content (not uploaded by this "
                       "action, or its entry was lost to a job at the same time, which "
                       "'required_files' avoids)",
                       join(unknown, ", "))
                 : fmt::format(
                       "is not written: this run does not bring {}, and only SHA-256 is recorded; "
                       "use 'checksums: sha256'",
                       join(unknown, ", "));
    result.warnings.push_back(sums_name(algorithm) + " " + why);
  }
  return result;
}

}  // namespace core
