// SPDX-License-Identifier: MIT
#include "core/release/edit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/sections.hpp"
#include "core/text.hpp"

namespace core {
namespace {

/// The flag and the mark as they should be once all files are there.
struct State {
  bool draft = false;
  std::optional<std::string> mark;
};

State wished_state(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                   const std::vector<std::string>& missing, std::vector<std::string>& warnings) {
  State state{snapshot.release->draft, snapshot.notes.mark};
  const bool marked = snapshot.notes.mark.has_value();
  if (!missing.empty() && state.draft) return state;
  if (!state.draft) {
    state.mark.reset();
    if (!missing.empty()) {
      warnings.push_back(fmt::format("the release is public already, but nothing in it matches {}",
                                     join(missing, ", ")));
    }
    if (desired.draft == true && !marked) {
      warnings.emplace_back(
          "the release is published already; 'draft: true' does not hide it again");
    }
  } else if (desired.draft == true) {
    if (!memory.watching) state.mark.reset();
  } else if (desired.draft == false || marked) {
    state = {false, std::nullopt};
  } else {
    warnings.emplace_back(
        "the release is a draft that somebody else made (or whose tag was deleted), and stays one: "
        "set 'draft: false' to publish it");
  }
  return state;
}

/// The assets whose digest `record` adds to what is recorded.
std::vector<std::uint64_t> new_entries(const Record& before, const Record& after) {
  std::vector<std::uint64_t> ids;
  for (const auto& [id, entry] : after) {
    const auto known = before.find(id);
    if (known == before.end() || known->second != entry) ids.push_back(id);
  }
  return ids;
}

/// Bytes that the sections leave for the record: without one, later runs know of no asset what it holds.
/// One entry is enough where SHA256SUMS tells of all. It depends on nothing that changes from run to
/// run.
std::size_t room_to_reserve(const Desired& desired, std::size_t assets) {
  constexpr std::size_t longest_mark_and_comments = 300;
  constexpr std::size_t most = notes_limit / 2;
  const std::size_t entries = desired.wants(Algorithm::sha256) ? 1 : assets;
  return std::min(longest_mark_and_comments + entries * longest_entry, most);
}

/// Of the assets that stay, what the record should say and, of the others, what SHA256SUMS lists.
Record told_record(Record record, const Snapshot& snapshot, const Memory& memory,
                   const std::vector<Asset>& staying) {
  if (memory.listed.empty()) return record;
  for (const Asset& asset : staying) {
    if (known_digest(asset, snapshot, memory)) continue;
    const auto listed = known_or_listed(asset, snapshot, memory);
    if (listed) record.emplace(asset.id, record_entry(asset, *listed));
  }
  return record;
}

/// What people are to read: the user's text as wished, and the sections.
std::string wished_notes(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                         const std::vector<Asset>& staying, const Record& record, Edit& edit) {
  std::string text = snapshot.notes.text;
  if (desired.text && !memory.text_settled) {
    const std::string now = user_text(text);
    const std::string wish = wished_text(desired, memory, now);
    if (wish != now) text = with_user_text(text, wish);
  }
  if (desired.generated) text = with_section(text, Section::generated, *desired.generated);
  if (desired.downloads) {
    const DownloadsTable table =
        render_downloads(*desired.downloads, *snapshot.release, staying,
                         told_record(record, snapshot, memory, staying), desired.sums);
    text = with_section(text, Section::downloads, table.text);
    for (const std::string& pattern : table.unmatched) {
      edit.closing_warnings.push_back(
          fmt::format("downloads: no asset matches '{}'; its row is left out", one_line(pattern)));
    }
  }
  const std::size_t reserved = room_to_reserve(desired, staying.size());
  std::string cut = with_cut_sections(text, notes_limit - reserved);
  if (cut != text) {
    edit.closing_warnings.push_back(
        fmt::format("the notes would have {} bytes with the record of what the assets hold, and "
                    "some servers hold {} only: the generated notes and the Downloads table are "
                    "shortened",
                    text.size() + reserved, notes_limit));
  }
  return cut;
}

/// Without SHA256SUMS nothing tells of the assets for which the record has no room.
void warn_of_full_record(const Desired& desired, std::size_t recorded, std::size_t known,
                         Edit& edit) {
  if (recorded >= known || desired.wants(Algorithm::sha256)) return;
  edit.closing_warnings.push_back(
      fmt::format("the notes have room for the digests of {} of {} assets: later runs compare the "
                  "others by name and size only. Set 'checksums: sha256', whose file tells of all",
                  recorded, known));
}

}  // namespace

EditRelease put_back_edit(const Desired& desired, const Snapshot& snapshot, const Memory& memory) {
  Notes notes = snapshot.notes;
  notes.record = known_record(desired, snapshot, memory, snapshot.release->assets);
  EditRelease edit;
  edit.draft = true;
  edit.body = render_notes(notes, snapshot.release->assets, first_recorded(desired));
  edit.changes = {"make it a draft again: the server published it while it is being filled"};
  return edit;
}

Edit edit_of(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
             const std::vector<Asset>& staying, const std::vector<std::string>& missing) {
  const Release& release = *snapshot.release;
  Edit result;
  EditRelease& edit = result.edit;
  const State state = wished_state(desired, snapshot, memory, missing, result.warnings);
  const Record all = known_record(desired, snapshot, memory, staying);

  if (desired.name && !memory.name_settled) {
    edit.name = *desired.name;
    edit.changes.emplace_back("title");
  }
  if (desired.prerelease && !memory.prerelease_settled) {
    edit.prerelease = *desired.prerelease;
    edit.changes.emplace_back(*desired.prerelease ? "prerelease" : "not a prerelease");
  }
  const std::string text = wished_notes(desired, snapshot, memory, staying, all, result);
  const bool text_differs = text != snapshot.notes.text;
  const Record record = recordable({text, {}, {}, 0}, all, staying, first_recorded(desired));
  edit.entries = new_entries(snapshot.notes.record, record);
  warn_of_full_record(desired, record.size(), all.size(), result);
  const bool record_differs = !edit.entries.empty();
  const bool state_differs = state.draft != release.draft || state.mark != snapshot.notes.mark;

  if (state.draft != release.draft) edit.changes.emplace_back("publish it");
  if (text_differs) edit.changes.emplace_back("notes");
  if (state_differs && state.draft == release.draft) edit.changes.emplace_back("it is complete");
  if (record_differs) edit.changes.emplace_back("record");
  const bool for_record_alone =
      record_differs && !text_differs && !state_differs && !edit.name && !edit.prerelease;
  if (for_record_alone && !desired.edit_for_record_alone) {
    edit = {};
    return result;
  }
  if (text_differs || record_differs || state_differs) {
    const std::uint64_t outdated_up_to = state.mark ? snapshot.notes.outdated_up_to : 0;
    edit.body =
        render_notes({text, state.mark, record, outdated_up_to}, staying, first_recorded(desired));
  }
  // Where there is no tag, or it is deleted in this moment, the server makes it: at the target, without
  // which it refuses to publish. A release made for a tag that was there has none.
  const bool publishes = state_differs && !state.draft;
  const bool may_set_target = snapshot.notes.mark || release.target.empty();
  if (publishes && may_set_target && release.target != memory.commit) edit.target = memory.commit;
  // Flag and mark travel together; and on a public release every edit of the notes says so, or a
  // row that another run read too early would leave a draft without a mark, which nobody publishes.
  if (state_differs || (edit.body && !state.draft)) edit.draft = state.draft;
  return result;
}

}  // namespace core
