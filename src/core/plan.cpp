// SPDX-License-Identifier: MIT
#include "core/plan.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/assets.hpp"
#include "core/checksums.hpp"
#include "core/sections.hpp"
#include "core/sums.hpp"
#include "core/text.hpp"

namespace core {
namespace {

void add(std::vector<std::string>& texts, const std::vector<std::string>& more) {
  texts.insert(texts.end(), more.begin(), more.end());
}

void add_uploads(std::vector<Action>& actions, const std::vector<const LocalFile*>& files) {
  for (const LocalFile* file : files) {
    actions.emplace_back(
        UploadAsset{file->name, file->path, file->size, file->content, file->identity});
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
  if (desired.generated) {
    notes.text = with_section(notes.text, Section::generated, *desired.generated);
  }
  notes.text = with_cut_sections(notes.text, notes_limit);
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
  for (const Entry& entry : look.entries) {
    notes.outdated_up_to = std::max(notes.outdated_up_to, entry.asset.id);
  }
  edit.body = render_notes(notes, {});
  edit.changes = {"start over: it was being filled for another commit"};
  result.actions.emplace_back(std::move(edit));
  add_deletes(result.actions, look.release->assets, "of another commit");
  for (const Entry& entry : look.entries) {
    result.actions.emplace_back(DeleteAsset{entry.asset, "of another commit"});
  }
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

/// Whether an asset came while this run was going on, and its job has not said yet what it holds.
bool is_unknown(const Asset& asset, const Observed& look, const Memory& memory) {
  return memory.first && asset.id > memory.first->highest_asset && !is_sums_name(asset.name) &&
         !known_digest(asset, look, memory);
}

/// What the release would still lack once all is sent.
Waiting waiting_for(const Desired& desired, const Observed& look, const Memory& memory,
                    const AssetState& assets) {
  Waiting waiting;
  if (desired.required.empty()) return waiting;
  std::vector<std::string> names;
  for (const LocalFile* file : assets.to_send) names.push_back(file->name);
  for (const Algorithm algorithm : desired.checksums) names.push_back(sums_name(algorithm));
  for (const Asset& asset : staying(*look.release, assets)) {
    if (is_required(desired.required, asset.name) && is_unknown(asset, look, memory)) {
      waiting.digests.push_back(asset.name);
    }
    names.push_back(asset.name);
  }
  waiting.files = unmatched(desired.required, names);
  return waiting;
}

/// While several jobs fill a release, each says of its uploads what they hold. Sums need no word:
/// every job can tell what has to be in them.
void add_notes(std::vector<Action>& actions, const Observed& look, const Memory& memory) {
  for (const Asset& asset : look.release->assets) {
    const auto sent = memory.sent.find(asset.name);
    if (sent == memory.sent.end() || sent->second.asset.id != asset.id) continue;
    if (is_sums_name(asset.name) || is_recorded(look.record, asset, sent->second.sha256)) continue;
    actions.emplace_back(NoteDigest{asset, sent->second.sha256});
  }
}

/// The entries that have come to where they were going: the record, or nowhere.
std::vector<Asset> spent_entries(const Observed& look, const Memory& memory) {
  const auto& assets = look.release->assets;
  const Record record = fitting(known_record(look, memory, assets), assets);
  std::vector<Asset> spent;
  for (const Entry& entry : look.entries) {
    const bool wanted = record.contains(entry.of) && !look.notes.record.contains(entry.of);
    if (!wanted) spent.push_back(entry.asset);
  }
  return spent;
}

/// The sums come when all files are there and before the release is published. Where other jobs are
/// at work whose files are not known yet they come last, since they will have to be written again.
void add_sums(const Desired& desired, const Observed& look, const Memory& memory,
              const SumsFiles& sums, AssetState& assets) {
  const auto all = staying(*look.release, assets);
  const bool others_at_work = std::any_of(
      all.begin(), all.end(), [&](const Asset& asset) { return is_unknown(asset, look, memory); });
  if (others_at_work && !edit_of(desired, look, memory, all, {}).edit.changes.empty()) return;
  assess_made(sums.files, look, memory, assets);
}

}  // namespace

Plan plan(const Desired& desired, const Observed& look, const Memory& memory) {
  if (!look.release) return plan_new(desired, memory);
  const auto& mark = look.notes.mark;
  if (mark && *mark != memory.commit) return start_over(look, memory);

  Plan result;
  AssetState assets = assess(desired, look, memory);
  result.waiting = waiting_for(desired, look, memory, assets);
  const bool unpublished = look.release->draft || mark;
  const bool held = unpublished && result.waiting.anything();

  const SumsFiles sums = sums_files(desired, look, memory, staying(*look.release, assets));
  if (assets.to_send.empty() && !held) add_sums(desired, look, memory, sums, assets);
  // Turned public by the server: one that is to stay a draft goes back whoever sees it, one that is
  // still being filled while this run watches for it.
  const bool flipped = mark && !look.release->draft;
  const bool incomplete = !assets.to_send.empty() || held;
  if (flipped && (desired.draft == true || (memory.watching && incomplete))) {
    return put_back(look);
  }

  Edit wish = edit_of(desired, look, memory, staying(*look.release, assets), result.waiting);
  EditRelease& edit = wish.edit;
  if (held) edit = {};  // edits made at one time lose each other: the job that completes it edits
  result.warnings = assets.warnings;
  add(result.warnings, wish.warnings);

  const bool publishes = edit.draft == false && look.release->draft;
  const bool publish_first = publishes && !desired.upload_before_publish;
  auto& actions = result.actions;
  add_deletes(actions, assets.condemned, "of another commit");
  if (publish_first) actions.emplace_back(edit);
  add_uploads(actions, assets.to_send);
  if (unpublished && !desired.required.empty()) add_notes(actions, look, memory);
  add_deletes(actions, assets.outdated, "replaced");
  add_deletes(actions, assets.replaced, "replaced");
  if (!publish_first && !edit.changes.empty()) actions.emplace_back(std::move(edit));
  if (!held) add_deletes(actions, assets.others, "not brought by this run");
  if (!held && !mark) add_deletes(actions, spent_entries(look, memory), "it is in the record");
  if (actions.empty() && !held) {  // while others are due neither sums nor table are written
    add(result.warnings, sums.warnings);
    add(result.warnings, wish.closing_warnings);
  }
  return result;
}

std::size_t first_step(const std::vector<Action>& actions) {
  bool adding = false;
  for (std::size_t i = 0; i < actions.size(); ++i) {
    const bool upload = std::holds_alternative<UploadAsset>(actions[i]) ||
                        std::holds_alternative<NoteDigest>(actions[i]);
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
      if (const auto entry = parse_entry(a.asset)) {
        return fmt::format("delete the note about asset {} ({})", entry->of, a.reason);
      }
      return fmt::format("delete {} (asset {}, {})", one_line(a.asset.name), a.asset.id, a.reason);
    }
    std::string operator()(const NoteDigest& a) const {
      return fmt::format("note what {} holds, for the other jobs", one_line(a.asset.name));
    }
    std::string operator()(const EditRelease& a) const {
      return fmt::format("edit the release: {}", join(a.changes, ", "));
    }
  };
  return std::visit(Words{}, action);
}

}  // namespace core
