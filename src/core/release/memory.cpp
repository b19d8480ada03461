// SPDX-License-Identifier: MIT
#include "core/release/memory.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/sections.hpp"
#include "core/text.hpp"

namespace core {
namespace {

Memory::FirstLook first_look(const Observed& look) {
  const Release& release = *look.release;
  Memory::FirstLook first;
  first.name = normalized(release.name);
  first.text = user_text(look.notes.text);
  first.prerelease = release.prerelease;
  first.text_is_ours = first.text.empty() || look.notes.mark;
  for (const Asset& asset : release.assets) {
    first.highest_asset = std::max(first.highest_asset, asset.id);
  }
  return first;
}

/// A field is settled once it was seen as wished, or when somebody else wrote it.
template <typename Value>
void settle(bool& settled, const Value& now, const Value& wish, const Value& first,
            const char* field, std::vector<std::string>& warnings) {
  if (settled) return;
  settled = now == wish || now != first;
  if (settled && now != wish) {
    warnings.push_back(fmt::format(
        "somebody else changed the {} while this run was going on; theirs is kept", field));
  }
}

}  // namespace

Observed observed(std::optional<Release> release) {
  Observed look;
  if (!release) return look;
  look.notes = parse_notes(release->body, !release->draft);
  std::erase_if(release->assets, [&](const Asset& asset) {
    const auto entry = parse_entry(asset);
    if (entry) look.entries.push_back(*entry);
    return entry.has_value();
  });
  look.record = look.notes.record;
  std::map<std::uint64_t, const Asset*> assets;
  for (const Asset& asset : release->assets) assets.emplace(asset.id, &asset);
  for (const Entry& entry : look.entries) {
    const auto of = assets.find(entry.of);
    if (of == assets.end()) continue;
    look.record.try_emplace(entry.of, record_entry(*of->second, entry.sha256));
  }
  look.release = std::move(release);
  return look;
}

std::optional<Digest> known_digest(const Asset& asset, const Observed& look, const Memory& memory) {
  const auto sent = memory.sent.find(asset.name);
  if (sent != memory.sent.end() && sent->second.asset.id == asset.id) return sent->second.sha256;
  const auto entry = look.record.find(asset.id);
  if (entry == look.record.end() || !is_recorded(look.record, asset, entry->second.sha256)) {
    return std::nullopt;
  }
  return entry->second.sha256;
}

Record known_record(const Observed& look, const Memory& memory, const std::vector<Asset>& assets) {
  Record record;
  for (const Asset& asset : assets) {
    const auto known = look.record.find(asset.id);
    if (known != look.record.end()) record.insert(*known);
    const auto sent = memory.sent.find(asset.name);
    if (sent == memory.sent.end() || sent->second.asset.id != asset.id) continue;
    const RecordEntry entry = record_entry(asset, sent->second.sha256);
    const bool is_known = known != look.record.end() && known->second == entry;
    if (!is_known && sent->second.entry_writes < most_entry_writes) record[asset.id] = entry;
  }
  return record;
}

std::string wished_text(const Desired& desired, const Memory& memory, const std::string& now) {
  if (!desired.text) return now;
  const WishedText& wish = *desired.text;
  if (wish.only_where_empty && memory.first && !memory.first->text_is_ours) return now;
  return wish.append ? with_appended(now, wish.text) : wish.text;
}

std::vector<std::string> remember(Memory& memory, const Desired& desired, const Observed& look) {
  std::vector<std::string> warnings;
  if (!look.release) return warnings;
  if (!memory.first) memory.first = first_look(look);
  if (desired.name) {
    settle(memory.name_settled, normalized(look.release->name), normalized(*desired.name),
           memory.first->name, "title", warnings);
  }
  if (desired.text) {
    const std::string now = user_text(look.notes.text);
    const std::string wish = wished_text(desired, memory, now);
    // What is added at the end fits behind any text: nobody's edit speaks against it.
    const std::string& first = desired.text->append ? now : memory.first->text;
    settle(memory.text_settled, now, wish, first, "notes", warnings);
  }
  if (desired.prerelease) {
    settle(memory.prerelease_settled, look.release->prerelease, *desired.prerelease,
           memory.first->prerelease, "prerelease flag", warnings);
  }
  return warnings;
}

}  // namespace core
