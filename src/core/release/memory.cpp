// SPDX-License-Identifier: MIT
#include "core/release/memory.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/sections.hpp"
#include "core/text.hpp"

namespace core {
namespace {

/// Bytes: 255 with room for a character that did not fit.
constexpr std::size_t shortest_cut_title = 250;

Memory::FirstLook first_look(const Snapshot& snapshot) {
  const Release& release = *snapshot.release;
  Memory::FirstLook first;
  first.name = normalized(release.name);
  first.text = user_text(snapshot.notes.text);
  first.prerelease = release.prerelease;
  first.text_is_ours = first.text.empty() || snapshot.notes.mark;
  for (const Asset& asset : release.assets) {
    first.highest_asset = std::max(first.highest_asset, asset.id);
  }
  return first;
}

/// A text is settled once it was seen as wished, or when somebody else wrote it.
void settle(bool& settled, const std::string& now, const std::string& wish,
            const std::string& first, const char* field, std::size_t shortest_limit,
            std::vector<std::string>& warnings) {
  if (settled) return;
  if (is_cut(now, wish, shortest_limit)) {
    settled = true;
    warnings.push_back(
        fmt::format("the server has shortened the {}: it is too long for this server", field));
    return;
  }
  settled = now == wish || now != first;
  if (settled && now != wish) {
    warnings.push_back(fmt::format(
        "somebody else changed the {} while this run was going on; theirs is kept", field));
  }
}

void learn(Memory& memory, const Snapshot& snapshot) {
  for (const Asset& asset : snapshot.release->assets) {
    const auto told = snapshot.record.find(asset.id);
    if (told == snapshot.record.end()) continue;
    if (!is_recorded(snapshot.record, asset, told->second.sha256)) continue;
    memory.known.try_emplace(asset.id, told->second);  // what was sent or read is known better
  }
}

}  // namespace

Snapshot snapshot_of(std::optional<Release> release, std::chrono::sys_seconds server_time) {
  Snapshot snapshot;
  snapshot.server_time = server_time;
  if (!release) return snapshot;
  snapshot.notes = parse_notes(release->body, !release->draft);
  std::erase_if(release->assets, [&](const Asset& asset) {
    const auto entry = parse_entry(asset);
    if (entry) snapshot.entries.push_back(*entry);
    return entry.has_value();
  });
  snapshot.record = snapshot.notes.record;
  std::map<std::uint64_t, const Asset*> assets;
  for (const Asset& asset : release->assets) assets.emplace(asset.id, &asset);
  const bool being_filled = release->draft || snapshot.notes.mark;
  for (const Entry& entry : snapshot.entries) {
    const auto of = assets.find(entry.of);
    // Anybody can give an asset such a name: it counts only where a job would have put it.
    if (!being_filled || of == assets.end() || !entry.is_of(*of->second)) continue;
    snapshot.record.try_emplace(entry.of, record_entry(*of->second, entry.sha256));
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
  for (const Entry& entry : snapshot.entries) state += fmt::format("{} ", entry.asset.id);
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
  return snapshot.release && snapshot.release->assets.size() > record_capacity(snapshot.notes);
}

Record known_record(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                    const std::vector<Asset>& assets) {
  Record record;
  for (const Asset& asset : assets) {
    const auto digest = known_digest(asset, snapshot, memory);
    if (!digest) continue;
    const auto writes = memory.record_writes.find(asset.id);
    const bool let_go = desired.required.empty() && writes != memory.record_writes.end() &&
                        writes->second >= max_record_writes;
    if (!let_go || is_recorded(snapshot.record, asset, *digest)) {
      record.emplace(asset.id, record_entry(asset, *digest));
    }
  }
  return record;
}

std::string wished_text(const Desired& desired, const Memory& memory, const std::string& now) {
  if (!desired.text) return now;
  const WishedText& wish = *desired.text;
  if (wish.only_where_empty && memory.first && !memory.first->text_is_ours) return now;
  return wish.append ? with_appended(now, wish.text) : wish.text;
}

bool is_cut(const std::string& stored, const std::string& wish, std::size_t shortest_limit) {
  constexpr std::string_view ellipsis = "…";
  std::string_view kept = stored;
  if (kept.ends_with(ellipsis)) kept.remove_suffix(ellipsis.size());
  return stored.size() >= shortest_limit && stored != wish && wish.size() > kept.size() &&
         wish.starts_with(kept);
}

std::vector<std::string> remember(Memory& memory, const Desired& desired,
                                  const Snapshot& snapshot) {
  std::vector<std::string> warnings;
  if (!snapshot.release) return warnings;
  if (!memory.first) memory.first = first_look(snapshot);
  learn(memory, snapshot);
  if (desired.name) {
    settle(memory.name_settled, normalized(snapshot.release->name), normalized(*desired.name),
           memory.first->name, "title", shortest_cut_title, warnings);
  }
  if (desired.text) {
    const std::string now = user_text(snapshot.notes.text);
    const std::string wish = wished_text(desired, memory, now);
    // What is added at the end fits behind any text: nobody's edit speaks against it.
    const std::string& first = desired.text->append ? now : memory.first->text;
    settle(memory.text_settled, now, wish, first, "notes", notes_limit, warnings);
  }
  if (desired.prerelease && !memory.prerelease_settled) {
    const bool now = snapshot.release->prerelease;
    memory.prerelease_settled = now == *desired.prerelease || now != memory.first->prerelease;
  }
  return warnings;
}

}  // namespace core
