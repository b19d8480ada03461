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

State wished_state(const Desired& desired, const Observed& look, const Memory& memory,
                   const Waiting& waiting, std::vector<std::string>& warnings) {
  State state{look.release->draft, look.notes.mark};
  const bool marked = look.notes.mark.has_value();
  if (waiting.anything()) {
    if (!state.draft && !marked && !waiting.files.empty()) {
      warnings.push_back(fmt::format("the release is public already, but nothing in it matches {}",
                                     join(waiting.files, ", ")));
    }
  } else if (!state.draft) {
    state.mark.reset();
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

bool adds_to(const Record& before, const Record& after) {
  return std::any_of(after.begin(), after.end(), [&](const auto& entry) {
    const auto known = before.find(entry.first);
    return known == before.end() || known->second != entry.second;
  });
}

/// The names of this run's uploads that are not in the record yet, and shall be.
std::vector<std::string> new_entries(const Observed& look, const Memory& memory,
                                     const std::vector<Asset>& staying, const Record& record) {
  std::vector<std::string> names;
  for (const Asset& asset : staying) {
    const auto sent = memory.sent.find(asset.name);
    if (sent == memory.sent.end() || sent->second.asset.id != asset.id) continue;
    const Digest& sha256 = sent->second.sha256;
    if (is_recorded(record, asset, sha256) && !is_recorded(look.record, asset, sha256)) {
      names.push_back(asset.name);
    }
  }
  return names;
}

/// What people are to read: the user's text as wished, and the sections.
std::string wished_notes(const Desired& desired, const Observed& look, const Memory& memory,
                         const std::vector<Asset>& staying, const Record& record, Edit& edit) {
  std::string text = look.notes.text;
  if (desired.text && !memory.text_settled) {
    const std::string now = user_text(text);
    const std::string wish = wished_text(desired, memory, now);
    if (wish != now) text = with_user_text(text, wish);
  }
  if (desired.generated) text = with_section(text, Section::generated, *desired.generated);
  if (desired.downloads) {
    const DownloadsTable table =
        render_downloads(*desired.downloads, *look.release, staying, record);
    text = with_section(text, Section::downloads, table.text);
    for (const std::string& pattern : table.unmatched) {
      edit.closing_warnings.push_back(
          fmt::format("downloads: no asset matches '{}'; its row is left out", one_line(pattern)));
    }
  }
  return with_cut_sections(text, notes_limit);
}

}  // namespace

Edit edit_of(const Desired& desired, const Observed& look, const Memory& memory,
             const std::vector<Asset>& staying, const Waiting& waiting) {
  const Release& release = *look.release;
  Edit result;
  EditRelease& edit = result.edit;
  const State state = wished_state(desired, look, memory, waiting, result.warnings);
  const Record all = known_record(look, memory, staying);
  const Record record = fitting(all, staying);
  edit.entries = new_entries(look, memory, staying, all);

  if (desired.name && !memory.name_settled) {
    edit.name = *desired.name;
    edit.changes.emplace_back("title");
  }
  if (desired.prerelease && !memory.prerelease_settled) {
    edit.prerelease = *desired.prerelease;
    edit.changes.emplace_back(*desired.prerelease ? "prerelease" : "not a prerelease");
  }
  const std::string text = wished_notes(desired, look, memory, staying, all, result);
  const bool text_differs = text != look.notes.text;
  const bool record_differs = adds_to(look.notes.record, record);
  const bool state_differs = state.draft != release.draft || state.mark != look.notes.mark;

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
    edit.body = render_notes({text, state.mark, record, state.mark ? look.notes.outdated_up_to : 0},
                             staying);
  } else {
    edit.entries.clear();
  }
  // Flag and mark travel together; and on a public release every edit of the notes says so, or a
  // row that another run read too early would leave a draft without a mark, which nobody publishes.
  if (state_differs || (edit.body && !state.draft)) edit.draft = state.draft;
  return result;
}

}  // namespace core
