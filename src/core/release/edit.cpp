// SPDX-License-Identifier: MIT
#include "core/release/edit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/release/sections.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

/// The draft flag and the mark that the release should have once all files are uploaded.
struct State {
  bool draft = false;
  std::optional<std::string> mark;
};

State desired_state(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                    const std::vector<std::string>& missing, std::vector<std::string>& warnings) {
  State state{snapshot.release->draft, snapshot.notes.mark};
  const bool marked = snapshot.notes.mark.has_value();
  if (!missing.empty() && state.draft) return state;
  if (!state.draft) {
    state.mark.reset();
    if (!missing.empty()) {
      warnings.push_back(fmt::format("the release is already public, but no asset matches {}",
                                     join(missing, ", ")));
    }
    if (desired.draft == true && !marked) {
      warnings.emplace_back(
          "the release is already published; 'draft: true' does not turn it back into a draft");
    }
  } else if (desired.draft == true) {
    if (!memory.watching) state.mark.reset();
  } else if (desired.draft == false || marked) {
    state = {false, std::nullopt};
  } else {
    warnings.emplace_back(
        "the release stays a draft, because this action did not create it or its tag was deleted: "
        "set 'draft: false' to publish it");
  }
  return state;
}

/// The assets whose digest is in `after` but not in `before`.
std::vector<std::uint64_t> new_entries(const Record& before, const Record& after) {
  std::vector<std::uint64_t> ids;
  for (const auto& [id, entry] : after) {
    const auto known = before.find(id);
    if (known == before.end() || known->second != entry) ids.push_back(id);
  }
  return ids;
}

/// Bytes that the sections of the notes leave free for the record, without which later runs would
/// not know the digest of any asset. One entry is enough if SHA256SUMS lists all digests. Depends
/// on nothing that changes from run to run.
std::size_t room_to_reserve(const Desired& desired, std::size_t assets) {
  constexpr std::size_t max_mark_and_comments_length = 300;
  constexpr std::size_t most = notes_limit / 2;
  const std::size_t entries = desired.wants(Algorithm::sha256) ? 1 : assets;
  return std::min(max_mark_and_comments_length + entries * max_entry_length, most);
}

/// The record, with the digests that only SHA256SUMS lists added for the other assets that stay.
Record record_with_listed(Record record, const Snapshot& snapshot, const Memory& memory,
                          const std::vector<Asset>& staying) {
  if (memory.listed.empty()) return record;
  for (const Asset& asset : staying) {
    if (known_digest(asset, snapshot, memory)) continue;
    const auto listed = known_or_listed(asset, snapshot, memory);
    if (listed) record.emplace(asset.id, record_entry(asset, *listed));
  }
  return record;
}

/// The visible part of the notes: the user's text as desired, and the sections.
std::string desired_notes(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
                          const std::vector<Asset>& staying, const Record& record, Edit& edit) {
  std::string text = snapshot.notes.text;
  if (desired.text && !memory.text_settled) {
    const std::string now = user_text(text);
    const std::string wanted = desired_text(desired, memory, now);
    if (wanted != now) text = with_user_text(text, wanted);
  }
  if (desired.generated) text = with_section(text, Section::generated, *desired.generated);
  if (desired.downloads) {
    const DownloadsTable table = render_downloads(
        *desired.downloads, *snapshot.release, staying,
        record_with_listed(record, snapshot, memory, staying), desired.checksum_names);
    text = with_section(text, Section::downloads, table.text);
    for (const std::string& pattern : table.unmatched) {
      edit.closing_warnings.push_back(fmt::format(
          "downloads: no asset matches '{}', so this row is omitted", one_line(pattern)));
    }
  }
  const std::size_t reserved = room_to_reserve(desired, staying.size());
  std::string cut = with_cut_sections(text, notes_limit - reserved);
  if (cut != text) {
    edit.closing_warnings.push_back(
        fmt::format("the notes with the record of digests would have {} bytes, but some servers "
                    "store only {}: the generated notes and the Downloads table were shortened",
                    text.size() + reserved, notes_limit));
  }
  return cut;
}

/// Without SHA256SUMS, later runs do not know the digests for which the record has no room.
void warn_of_full_record(const Desired& desired, std::size_t recorded, std::size_t known,
                         Edit& edit) {
  if (recorded >= known || desired.wants(Algorithm::sha256)) return;
  edit.closing_warnings.push_back(fmt::format(
      "the notes have room for the digests of only {} of {} assets: later runs compare the others "
      "by name and size. Set 'checksums: sha256' to store all digests in a file",
      recorded, known));
}

}  // namespace

EditRelease put_back_edit(const Desired& desired, const Snapshot& snapshot, const Memory& memory) {
  Notes notes = snapshot.notes;
  notes.record = known_record(desired, snapshot, memory, snapshot.release->assets);
  EditRelease edit;
  edit.draft = true;
  edit.body = render_notes(notes, snapshot.release->assets, first_recorded(desired));
  edit.changes = {"draft again, because the server published it before all files were uploaded"};
  return edit;
}

Edit edit_of(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
             const std::vector<Asset>& staying, const std::vector<std::string>& missing) {
  const Release& release = *snapshot.release;
  Edit result;
  EditRelease& edit = result.edit;
  const State state = desired_state(desired, snapshot, memory, missing, result.warnings);
  const Record all = known_record(desired, snapshot, memory, staying);

  if (desired.name && !memory.name_settled) {
    edit.name = *desired.name;
    edit.changes.emplace_back("title");
  }
  if (desired.prerelease && !memory.prerelease_settled) {
    edit.prerelease = *desired.prerelease;
    edit.changes.emplace_back(*desired.prerelease ? "prerelease" : "not a prerelease");
  }
  const std::string text = desired_notes(desired, snapshot, memory, staying, all, result);
  const bool text_differs = text != snapshot.notes.text;
  const Record record = recordable({text, {}, {}, 0}, all, staying, first_recorded(desired));
  edit.recorded = new_entries(snapshot.notes.record, record);
  warn_of_full_record(desired, record.size(), all.size(), result);
  const bool record_differs = !edit.recorded.empty();
  const bool state_differs = state.draft != release.draft || state.mark != snapshot.notes.mark;

  if (state.draft != release.draft) edit.changes.emplace_back("published");
  if (text_differs) edit.changes.emplace_back("notes");
  if (state_differs && state.draft == release.draft) edit.changes.emplace_back("complete");
  if (record_differs) edit.changes.emplace_back("digests");
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
  // If the tag does not exist, or is deleted at this moment, the server creates it at the target,
  // and rejects the edit without a target. A release that was created for an existing tag has no
  // target.
  const bool publishes = state_differs && !state.draft;
  const bool may_set_target = snapshot.notes.mark || release.target.empty();
  if (publishes && may_set_target && release.target != memory.commit) edit.target = memory.commit;
  // The draft flag and the mark are always sent together. On a public release every edit of the
  // notes includes the flag: otherwise a server that had read an older row could leave a draft
  // without a mark, which no run would publish.
  if (state_differs || (edit.body && !state.draft)) edit.draft = state.draft;
  return result;
}

}  // namespace core
