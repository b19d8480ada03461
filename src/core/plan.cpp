// SPDX-License-Identifier: MIT
#include "core/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/assets.hpp"
#include "core/text.hpp"

namespace core {
namespace {

void add_uploads(std::vector<Action>& actions, const std::vector<const LocalFile*>& files) {
  for (const LocalFile* file : files) {
    actions.emplace_back(UploadAsset{file->name, file->path, file->size});
  }
}

void add_deletes(std::vector<Action>& actions, const std::vector<Asset>& assets,
                 const char* reason) {
  for (const Asset& asset : assets) actions.emplace_back(DeleteAsset{asset, reason});
}

/// A new release is a draft with the mark until everything is there; with `upload_before_publish:
/// false` it is public at once.
CreateRelease new_release(const Desired& desired, const Memory& memory) {
  CreateRelease create;
  create.tag = desired.tag;
  create.target = memory.tag_exists ? "" : desired.target;
  create.name = desired.title_when_new();
  create.draft = desired.upload_before_publish || desired.draft == true;
  create.prerelease = desired.prerelease.value_or(desired.prerelease_when_new);
  Notes notes;
  if (desired.text) notes.text = desired.text->text;
  if (create.draft) notes.mark = memory.commit;
  create.body = render_notes(notes, {});
  return create;
}

Plan plan_new(const Desired& desired, const Memory& memory) {
  Plan result;
  CreateRelease create = new_release(desired, memory);
  if (!memory.tag_exists && !desired.tag_message.empty()) {
    result.actions.emplace_back(CreateTag{desired.tag, desired.tag_message, desired.target});
    create.target.clear();
  }
  const bool publish_later = create.draft && desired.draft != true;
  result.actions.emplace_back(std::move(create));
  std::vector<const LocalFile*> files;
  for (const LocalFile& file : desired.files) files.push_back(&file);
  add_uploads(result.actions, files);
  EditRelease edit;
  if (publish_later) edit.changes.emplace_back("publish it");
  if (!files.empty()) edit.changes.emplace_back("record");
  if (!edit.changes.empty()) result.actions.emplace_back(std::move(edit));
  return result;
}

/// The draft was being filled for a commit that the tag has left: its files are of that commit.
Plan start_over(const Observed& look, const Memory& memory) {
  Plan result;
  result.starts_over = true;
  EditRelease edit;
  edit.draft = true;
  Notes notes;
  notes.text = look.notes.text;
  notes.mark = memory.commit;
  for (const Asset& asset : look.release->assets) {
    notes.outdated_up_to = std::max(notes.outdated_up_to, asset.id);
  }
  edit.body = render_notes(notes, {});
  edit.changes = {"start over: it was being filled for another commit"};
  result.actions.emplace_back(std::move(edit));
  add_deletes(result.actions, look.release->assets, "of another commit");
  return result;
}

Plan put_back(const Observed& look) {
  Plan result;
  EditRelease edit;
  edit.draft = true;
  edit.body = look.release->body;
  edit.changes = {"make it a draft again: the server published it while it is being filled"};
  result.actions.emplace_back(std::move(edit));
  return result;
}

/// The flag and the mark as they should be once all files are there.
struct State {
  bool draft = false;
  std::optional<std::string> mark;
};

State wished_state(const Desired& desired, const Observed& look, const Memory& memory,
                   std::vector<std::string>& warnings) {
  State state{look.release->draft, look.notes.mark};
  const bool marked = look.notes.mark.has_value();
  if (!state.draft) {
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

/// The record for the assets that stay: what is there already, and this run's uploads.
Record wished_record(const Observed& look, const Memory& memory, const std::vector<Asset>& staying,
                     std::vector<std::string>& entries) {
  Record record;
  for (const Asset& asset : staying) {
    const auto known = look.notes.record.find(asset.id);
    if (known != look.notes.record.end()) record.insert(*known);
    const auto sent = memory.sent.find(asset.name);
    if (sent == memory.sent.end() || sent->second.asset.id != asset.id) continue;
    const RecordEntry entry = record_entry(asset, sent->second.sha256);
    if (known != look.notes.record.end() && known->second == entry) continue;
    if (sent->second.entry_writes >= most_entry_writes) continue;
    record[asset.id] = entry;
    entries.push_back(asset.name);
  }
  return fitting(record, staying);
}

bool adds_to(const Record& before, const Record& after) {
  return std::any_of(after.begin(), after.end(), [&](const auto& entry) {
    const auto known = before.find(entry.first);
    return known == before.end() || known->second != entry.second;
  });
}

std::vector<Asset> staying_assets(const Release& release, const AssetState& assets) {
  std::vector<Asset> result = release.assets;
  const auto leaves = [](const std::vector<Asset>& leaving, const Asset& asset) {
    return std::any_of(leaving.begin(), leaving.end(),
                       [&](const Asset& other) { return other.id == asset.id; });
  };
  std::erase_if(result, [&](const Asset& asset) {
    return leaves(assets.replaced, asset) || leaves(assets.condemned, asset) ||
           leaves(assets.others, asset);
  });
  return result;
}

/// One PATCH with all that differs: two at one time lose one of them, so the fewer the better.
EditRelease edit_of(const Desired& desired, const Observed& look, const Memory& memory,
                    const AssetState& assets, std::vector<std::string>& warnings) {
  const Release& release = *look.release;
  EditRelease edit;
  const State state = wished_state(desired, look, memory, warnings);
  const auto staying = staying_assets(release, assets);
  const Record record = wished_record(look, memory, staying, edit.entries);

  if (desired.name && !memory.name_settled) {
    edit.name = *desired.name;
    edit.changes.emplace_back("title");
  }
  if (desired.prerelease && !memory.prerelease_settled) {
    edit.prerelease = *desired.prerelease;
    edit.changes.emplace_back(*desired.prerelease ? "prerelease" : "not a prerelease");
  }
  std::string text = look.notes.text;
  if (desired.text && !memory.text_settled) text = wished_text(desired, memory, text);
  const bool text_differs = text != look.notes.text;
  const bool record_differs = adds_to(look.notes.record, record);
  const bool state_differs = state.draft != release.draft || state.mark != look.notes.mark;

  if (state.draft != release.draft) edit.changes.emplace_back("publish it");
  if (text_differs) edit.changes.emplace_back("notes");
  if (state_differs && state.draft == release.draft) edit.changes.emplace_back("it is complete");
  if (record_differs) edit.changes.emplace_back("record");
  const bool for_record_alone =
      record_differs && !text_differs && !state_differs && !edit.name && !edit.prerelease;
  if (for_record_alone && !desired.edit_for_record_alone) return {};
  if (text_differs || record_differs || state_differs) {
    edit.body = render_notes({text, state.mark, record, state.mark ? look.notes.outdated_up_to : 0},
                             staying);
  } else {
    edit.entries.clear();
  }
  // Flag and mark travel together; and on a public release every edit of the notes says so, or a
  // row that another run read too early would leave a draft without a mark, which nobody publishes.
  if (state_differs || (edit.body && !state.draft)) edit.draft = state.draft;
  return edit;
}

}  // namespace

Plan plan(const Desired& desired, const Observed& look, const Memory& memory) {
  if (!look.release) return plan_new(desired, memory);
  const auto& mark = look.notes.mark;
  if (mark && *mark != memory.commit) return start_over(look, memory);

  Plan result;
  const AssetState assets = assess(desired, look, memory);
  // Turned public by the server: one that is to stay a draft goes back whoever sees it, one that is
  // still being filled while this run watches for it.
  const bool flipped = mark && !look.release->draft;
  if (flipped && (desired.draft == true || (memory.watching && !assets.to_send.empty()))) {
    return put_back(look);
  }

  result.warnings = assets.warnings;
  EditRelease edit = edit_of(desired, look, memory, assets, result.warnings);
  const bool publishes = edit.draft == false && look.release->draft;
  const bool publish_first = publishes && !desired.upload_before_publish;
  add_deletes(result.actions, assets.condemned, "of another commit");
  if (publish_first) result.actions.emplace_back(edit);
  add_uploads(result.actions, assets.to_send);
  add_deletes(result.actions, assets.outdated, "replaced");
  add_deletes(result.actions, assets.replaced, "replaced");
  if (!publish_first && !edit.changes.empty()) result.actions.emplace_back(std::move(edit));
  add_deletes(result.actions, assets.others, "not brought by this run");
  return result;
}

std::size_t first_step(const std::vector<Action>& actions) {
  bool adding = false;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const bool upload = std::holds_alternative<UploadAsset>(actions[i]);
    if (adding && !upload) return i;
    adding = upload || std::holds_alternative<CreateRelease>(actions[i]);
    // A start-over deletes what its own edit names: that look saw all of it.
    const auto* edit = std::get_if<EditRelease>(&actions[i]);
    if (edit != nullptr && !(edit->draft == true && i + 1 < actions.size())) return i + 1;
  }
  return actions.size();
}

std::string describe(const Action& action) {
  struct Words {
    std::string operator()(const CreateTag& a) const {
      return fmt::format("create the annotated tag {}", a.tag);
    }
    std::string operator()(const CreateRelease& a) const {
      return fmt::format("create the {}release {}{}", a.draft ? "draft " : "", a.tag,
                         a.prerelease ? " (prerelease)" : "");
    }
    std::string operator()(const UploadAsset& a) const {
      return fmt::format("upload {} ({})", one_line(a.name), human_size(a.size));
    }
    std::string operator()(const DeleteAsset& a) const {
      return fmt::format("delete {} (asset {}, {})", one_line(a.asset.name), a.asset.id, a.reason);
    }
    std::string operator()(const EditRelease& a) const {
      return fmt::format("edit the release: {}", join(a.changes, ", "));
    }
  };
  return std::visit(Words{}, action);
}

}  // namespace core
