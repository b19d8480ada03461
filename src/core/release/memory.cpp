// SPDX-License-Identifier: MIT
#include "core/release/memory.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/release/sections.hpp"
#include "core/release/signed_sums.hpp"
#include "core/release/vouching.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

/// Bytes: 255, less a character that did not fit.
constexpr std::size_t shortest_cut_title = 250;

Memory::FirstSnapshot first_snapshot(const Snapshot& snapshot) {
  const Release& release = *snapshot.release;
  Memory::FirstSnapshot first;
  first.name = normalized(release.name);
  first.text = user_text(snapshot.notes.text);
  first.prerelease = release.prerelease;
  first.text_is_ours = first.text.empty() || snapshot.notes.mark;
  for (const Asset& asset : release.assets) {
    first.highest_asset = std::max(first.highest_asset, asset.id);
  }
  return first;
}

/// A text is settled once it is as desired, or if someone else changed it.
void settle(bool& settled, const std::string& now, const std::string& wanted,
            const std::string& first, const char* field, std::size_t shortest_limit,
            std::vector<std::string>& warnings) {
  if (settled) return;
  if (is_cut(now, wanted, shortest_limit)) {
    settled = true;
    warnings.push_back(
        fmt::format("the server shortened the {}, because it is too long for this server", field));
    return;
  }
  settled = now == wanted || now != first;
  if (settled && now != wanted) {
    warnings.push_back(fmt::format(
        "another run or a user changed the {} during this run; that change stays", field));
  }
}

void learn_codes(Memory& memory, const Snapshot& snapshot) {
  std::map<std::uint64_t, const Asset*> assets;
  for (const Asset& asset : snapshot.release->assets) assets.emplace(asset.id, &asset);
  for (const auto& [id, entry] : snapshot.notes.record) {
    const auto asset = assets.find(id);
    if (entry.code.empty() || asset == assets.end()) continue;
    if (is_recorded(snapshot.notes.record, *asset->second, entry.sha256)) {
      memory.codes[id].emplace(entry.sha256, entry.code);
    }
  }
  for (const Announcement& one : snapshot.announcements) {
    const auto of = assets.find(one.of);
    if (one.code.empty() || of == assets.end() || !one.is_of(*of->second)) continue;
    memory.codes[one.of].emplace(one.sha256, one.code);
  }
}

void learn(Memory& memory, const Desired& desired, const Snapshot& snapshot) {
  learn_codes(memory, snapshot);
  for (const Asset& asset : snapshot.release->assets) {
    const auto recorded = snapshot.record.find(asset.id);
    if (recorded == snapshot.record.end()) continue;
    if (!is_recorded(snapshot.record, asset, recorded->second.sha256)) continue;
    memory.known.try_emplace(
        asset.id, recorded->second);  // what this run sent or downloaded takes precedence
  }
  // A digest in the record needs no announcement, even after another job has deleted the
  // announcement.
  for (const auto& [name, sent] : memory.sent) {
    const bool is_told = desired.signing
                             ? is_told_with_code(desired, memory, sent.asset, sent.sha256)
                             : is_recorded(snapshot.record, sent.asset, sent.sha256);
    if (is_told) {
      memory.announced[sent.asset.id] = max_announcements;
    }
  }
  learn_signed_lines(memory, desired, snapshot);
}

}  // namespace

Snapshot snapshot_of(std::optional<Release> release, std::chrono::sys_seconds server_time) {
  Snapshot snapshot;
  snapshot.server_time = server_time;
  if (!release) return snapshot;
  snapshot.notes = parse_notes(release->body, !release->draft);
  std::erase_if(release->assets, [&](const Asset& asset) {
    const auto entry = parse_announcement(asset);
    if (entry) snapshot.announcements.push_back(*entry);
    return entry.has_value();
  });
  snapshot.record = snapshot.notes.record;
  std::map<std::uint64_t, const Asset*> assets;
  for (const Asset& asset : release->assets) assets.emplace(asset.id, &asset);
  const bool being_filled = release->draft || snapshot.notes.mark;
  for (const Announcement& announcement : snapshot.announcements) {
    const auto of = assets.find(announcement.of);
    // A user can give an asset such a name: it counts only in a release that is being filled.
    if (!being_filled || of == assets.end() || !announcement.is_of(*of->second)) continue;
    snapshot.record.try_emplace(announcement.of, record_entry(*of->second, announcement.sha256));
  }
  snapshot.release = std::move(release);
  return snapshot;
}

std::string state_of(const Snapshot& snapshot) {
  if (!snapshot.release) return {};
  const Release& release = *snapshot.release;
  std::string state = fmt::format("{}\n{}\n{}\n{}\n", release.draft, release.prerelease,
                                  release.name, release.body);
  for (const Asset& asset : release.assets) state += fmt::format("{} ", asset.id);
  for (const Announcement& announcement : snapshot.announcements)
    state += fmt::format("{} ", announcement.asset.id);
  return state;
}

std::optional<Digest> known_digest(const Asset& asset, const Snapshot& snapshot,
                                   const Memory& memory) {
  for (const Record* record : {&memory.known, &snapshot.record}) {
    const auto entry = record->find(asset.id);
    if (entry != record->end() && is_recorded(*record, asset, entry->second.sha256)) {
      return entry->second.sha256;
    }
  }
  return std::nullopt;
}

std::optional<Digest> known_or_listed(const Asset& asset, const Snapshot& snapshot,
                                      const Memory& memory) {
  if (auto known = known_digest(asset, snapshot, memory)) return known;
  const auto lines = memory.listed.find(Algorithm::sha256);
  if (lines == memory.listed.end()) return std::nullopt;
  const auto line = lines->second.find(asset.id);
  return line == lines->second.end() ? std::nullopt : std::optional(line->second);
}

bool record_is_full(const Snapshot& snapshot) {
  if (!snapshot.release) return false;
  std::size_t capacity = record_capacity(snapshot.notes);
  if (is_signed(snapshot))
    capacity = capacity * max_entry_length / (max_entry_length + code_length + 1);
  return snapshot.release->assets.size() > capacity;
}

Record known_record(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                    const std::vector<Asset>& assets) {
  Record record;
  for (const Asset& asset : assets) {
    auto digest = desired.signing ? vouched_digest(desired, snapshot, memory, asset)
                                  : std::optional<Digest>();
    if (!digest) digest = known_digest(asset, snapshot, memory);
    if (!digest) continue;
    const auto writes = memory.record_writes.find(asset.id);
    const bool let_go = desired.required.empty() && writes != memory.record_writes.end() &&
                        writes->second >= max_record_writes;
    if (!let_go || is_recorded(snapshot.record, asset, *digest)) {
      record.emplace(asset.id, coded_entry(desired, snapshot, memory, asset, *digest));
    }
  }
  return record;
}

std::string desired_text(const Desired& desired, const Memory& memory, const std::string& now) {
  if (!desired.text) return now;
  const DesiredText& text = *desired.text;
  if (text.only_where_empty && memory.first && !memory.first->text_is_ours) return now;
  if (text.prepend) return with_prepended(now, text.text);
  return text.append ? with_appended(now, text.text) : text.text;
}

bool is_cut(const std::string& stored, const std::string& wanted, std::size_t shortest_limit) {
  constexpr std::string_view ellipsis = "…";
  std::string_view kept = stored;
  if (kept.ends_with(ellipsis)) kept.remove_suffix(ellipsis.size());
  return stored.size() >= shortest_limit && stored != wanted && wanted.size() > kept.size() &&
         wanted.starts_with(kept);
}

std::vector<std::string> remember(Memory& memory, const Desired& desired,
                                  const Snapshot& snapshot) {
  std::vector<std::string> warnings;
  if (!snapshot.release) return warnings;
  if (!memory.first) memory.first = first_snapshot(snapshot);
  learn(memory, desired, snapshot);
  if (desired.name) {
    settle(memory.name_settled, normalized(snapshot.release->name), normalized(*desired.name),
           memory.first->name, "title", shortest_cut_title, warnings);
  }
  if (desired.text) {
    const std::string now = user_text(snapshot.notes.text);
    const std::string wanted = desired_text(desired, memory, now);
    // Text can be added whatever the current text is, so another edit does not matter.
    const bool is_added = desired.text->append || desired.text->prepend;
    const std::string& first = is_added ? now : memory.first->text;
    settle(memory.text_settled, now, wanted, first, "notes", notes_limit, warnings);
  }
  if (desired.prerelease && !memory.prerelease_settled) {
    const bool now = snapshot.release->prerelease;
    memory.prerelease_settled = now == *desired.prerelease || now != memory.first->prerelease;
  }
  return warnings;
}

std::uint64_t highest_id(const Snapshot& snapshot) {
  std::uint64_t highest = 0;
  if (!snapshot.release) return highest;
  for (const Asset& asset : snapshot.release->assets) highest = std::max(highest, asset.id);
  for (const Announcement& announcement : snapshot.announcements)
    highest = std::max(highest, announcement.asset.id);
  return highest;
}

}  // namespace core
