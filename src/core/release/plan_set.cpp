// SPDX-License-Identifier: MIT
// The rules of a fan-in ('required_files'): several jobs upload the files of one release.
#include "core/release/planning.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "core/release/signed_sums.hpp"
#include "core/release/vouching.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

using std::chrono::milliseconds;

constexpr int max_yields = 3;
constexpr int max_notes_writes = 4;
constexpr milliseconds yield_time{700};

}  // namespace

/// Uploads of this run whose digest is neither recorded nor announced. A run that has the signing key also
/// vouches for assets whose content its own files have, as long as others may need that: jobs that are given
/// the key later find their files uploaded.
std::vector<Memory::Sent> Planning::unannounced() const {
  std::vector<Memory::Sent> result;
  const bool others_sign = desired_.signing && (is_held() || !unvouched().empty());
  for (const Asset& asset : counting_) {
    if (desired_.checksum_names.has(asset.name)) continue;  // every job can compute its content
    const auto sent = memory_.sent.find(asset.name);
    const bool is_sent = sent != memory_.sent.end() && sent->second.asset.id == asset.id;
    if (!desired_.signing) {
      const bool is_told = is_sent && is_recorded(snapshot_.record, asset, sent->second.sha256);
      if (is_sent && !is_told) result.push_back(sent->second);
    } else if (is_sent || others_sign) {
      const auto sha256 = vouched_digest(desired_, snapshot_, memory_, asset);
      if (!sha256) continue;
      const bool is_told = is_told_with_code(desired_, memory_, asset, *sha256) ||
                           is_signed_line(memory_, desired_, snapshot_, asset, *sha256);
      if (!is_told) result.push_back({asset, *sha256});
    }
  }
  return result;
}

int Planning::announcements_of(const Asset& asset) const {
  const auto count = memory_.announced.find(asset.id);
  return count == memory_.announced.end() ? 0 : count->second;
}

bool Planning::announce_digests() {
  if (!fan_in_ || !is_draft()) return false;  // never create announcements in a public release
  std::vector<Action> actions;
  const auto own = unannounced();
  if (memory_.announcements_refused && memory_.notes_writes < max_notes_writes) {
    if (const auto edit = announced_in_notes(own)) return take(Rule::announce_digests, {*edit});
  }
  for (const Memory::Sent& sent : own) {
    // Announce again only while files are missing: otherwise another job may have deleted the
    // announcement in order to publish.
    const int announcements = announcements_of(sent.asset);
    const bool is_enough = announcements >= max_announcements || (announcements > 0 && !is_held());
    if (memory_.announcements_refused || is_enough) continue;
    actions.emplace_back(AnnounceDigest{sent.asset, sent.sha256,
                                        code_of(desired_, memory_, sent.asset, sent.sha256)});
  }
  return take(Rule::announce_digests, std::move(actions));
}

/// For servers that do not accept announcements: writes the digests to the record of the draft.
std::optional<EditRelease> Planning::announced_in_notes(
    const std::vector<Memory::Sent>& own) const {
  Notes notes = snapshot_.notes;
  notes.record = snapshot_.record;
  for (const Memory::Sent& sent : own) {
    notes.record[sent.asset.id] =
        coded_entry(desired_, snapshot_, memory_, sent.asset, sent.sha256);
  }
  notes.record =
      recordable(notes, notes.record, snapshot_.release->assets, first_recorded(desired_));
  EditRelease edit;
  for (const Memory::Sent& sent : own) {
    if (notes.record.contains(sent.asset.id)) edit.recorded.push_back(sent.asset.id);
  }
  if (edit.recorded.empty()) return std::nullopt;
  edit.body = render_notes(notes, snapshot_.release->assets, first_recorded(desired_));
  edit.changes = {"digests for the other jobs"};
  return edit;
}

bool Planning::wait_for_files() {
  if (!is_held()) return false;
  std::vector<Action> actions;
  add_deletes(actions, assets_.replaced, "replaced");
  if (!actions.empty()) return take(Rule::tidy, std::move(actions));
  if (memory_.watching) return watch();
  step_.rule = Rule::wait_for_files;
  return true;
}

/// Does not affect the result; it only saves requests.
bool Planning::yield() {
  if (!fan_in_ || !being_filled_ || memory_.sent.empty() || waits_.yields >= max_yields) {
    return false;
  }
  const std::uint64_t highest = highest_id(snapshot_);
  const auto is_highest = [&](const auto& sent) { return sent.second.asset.id == highest; };
  const bool own = std::any_of(memory_.sent.begin(), memory_.sent.end(), is_highest);
  for (const Announcement& announcement : snapshot_.announcements) {
    if (announcement.asset.id == highest && memory_.announced.contains(announcement.of))
      return false;
  }
  return !own && wait(Rule::yield, yield_time, "");
}

/// Reads checksum files first, because they list many digests.
bool Planning::read_others() {
  std::vector<Action> actions;
  if (!others_at_work()) {
    for (const Algorithm algorithm : desired_.checksums) read_checksums(algorithm, actions);
    const bool for_table_alone = desired_.downloads && !desired_.wants(Algorithm::sha256) &&
                                 desired_.downloads->digest != ShownDigest::none;
    if (for_table_alone) read_checksums(Algorithm::sha256, actions);
  }
  if (!fan_in_ || !actions.empty()) return take(Rule::read_others, std::move(actions));
  for (const Asset& asset : unknown_) {
    if (is_needed(asset) && is_old(asset) && !was_read(asset)) {
      actions.emplace_back(ReadAsset{asset});
    }
  }
  return take(Rule::read_others, std::move(actions));
}

bool Planning::wait_for_digest() {
  if (!fan_in_ || !(marked_ || waits_.wrote)) return false;
  std::vector<std::string> names;
  for (const Asset& asset : unknown_) {
    if (is_needed(asset) && !is_old(asset) && !was_read(asset)) names.push_back(asset.name);
  }
  if (names.empty()) return false;
  // In a public release, write the known digests before waiting: other runs wait for them.
  if (auto edit = is_draft() ? std::nullopt : announced_in_notes(unannounced())) {
    // With the mark, another run may just have turned it into a draft, which it has to stay.
    if (!marked_) edit->draft = false;
    return take(Rule::edit, {*edit});
  }
  const double milliseconds_to_wait = std::min(200 * std::pow(1.5, waits_.for_digests), 2000.0);
  return wait(Rule::wait_for_digest,
              milliseconds(static_cast<milliseconds::rep>(milliseconds_to_wait)),
              fmt::format("waiting for another job to announce the digest of {}",
                          one_line(join(names, ", "))));
}

/// For required files whose digest cannot be determined: no job announces it, and they cannot be
/// downloaded.
bool Planning::wait_for_unknown() {
  if (!fan_in_ || !is_draft() || !desired_.wants(Algorithm::sha256)) return false;
  for (const Asset& asset : unknown_) {
    if (is_required(desired_.required, asset.name)) step_.unknown.push_back(asset.name);
  }
  if (step_.unknown.empty()) return false;
  step_.rule = Rule::wait_for_files;
  return true;
}

}  // namespace core
