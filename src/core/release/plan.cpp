// SPDX-License-Identifier: MIT
#include "core/release/plan.hpp"

#include <algorithm>

#include "core/release/planning.hpp"
#include "core/release/sections.hpp"

namespace core {
namespace {

/// A new release is a draft with the mark until all files are uploaded; with
/// `upload_before_publish: false` it is published at once.
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

}  // namespace

void Planning::warn(const std::vector<std::string>& texts) {
  step_.warnings.insert(step_.warnings.end(), texts.begin(), texts.end());
}

void Planning::add_uploads(std::vector<Action>& actions,
                           const std::vector<const LocalFile*>& files) const {
  std::vector<Algorithm> others = desired_.checksums;
  std::erase(others, Algorithm::sha256);
  for (const LocalFile* file : files) {
    actions.emplace_back(
        UploadAsset{file->name, file->path, file->size, file->content, file->identity, others});
  }
}

void Planning::add_deletes(std::vector<Action>& actions, const std::vector<Asset>& assets,
                           const char* reason) {
  for (const Asset& asset : assets) actions.emplace_back(DeleteAsset{asset, reason});
}

Step Planning::run() {
  if (!snapshot_.release) {
    create();
    return std::move(step_);
  }
  assess_release();
  assess_difference();
  using TryRule = bool (Planning::*)();
  constexpr TryRule rules[] = {&Planning::is_of_other_commit,
                               &Planning::start_over,
                               &Planning::put_back,
                               &Planning::hash_files,
                               &Planning::read_back,
                               &Planning::compare_files,
                               &Planning::keep_signed,
                               &Planning::check_kept,
                               &Planning::check_payloads,
                               &Planning::publish_first,
                               &Planning::upload,
                               &Planning::read_signed_sums,
                               &Planning::announce_digests,
                               &Planning::wait_for_files,
                               &Planning::yield,
                               &Planning::read_others,
                               &Planning::wait_for_digest,
                               &Planning::wait_for_unknown,
                               &Planning::check_signing,
                               &Planning::write_checksums,
                               &Planning::tidy,
                               &Planning::confirm_tag,
                               &Planning::edit,
                               &Planning::tidy_public,
                               &Planning::watch};
  for (const TryRule applies : rules) {
    if ((this->*applies)()) break;
  }
  if (!is_held() && !is_passing()) warn(difference_.warnings);
  if (step_.rule == Rule::done) close();
  step_.forecast = forecast();
  return std::move(step_);
}

bool Planning::take(Rule rule, std::vector<Action> actions) {
  if (actions.empty()) return false;
  step_.rule = rule;
  step_.now = std::move(actions);
  return true;
}

bool Planning::wait(Rule rule, std::chrono::milliseconds time, std::string reason) {
  return take(rule, {Wait{time, std::move(reason)}});
}

void Planning::create() {
  if (is_absent() || check_payloads()) return;
  std::vector<Action> actions;
  CreateRelease create = new_release(desired_, memory_);
  if (!memory_.tag_exists && !desired_.tag_message.empty()) {
    actions.emplace_back(CreateTag{desired_.tag, desired_.tag_message, desired_.target});
    create.target.clear();
  }
  const bool publish_later = create.draft && desired_.draft != true;
  actions.emplace_back(std::move(create));
  std::vector<const LocalFile*> files;
  for (const LocalFile& file : desired_.files) files.push_back(&file);
  add_uploads(actions, files);
  step_.forecast = actions;
  add_last_actions(step_.forecast, publish_later);
  if (!files.empty()) actions.emplace_back(ConfirmTag{desired_.tag});
  take(Rule::create, std::move(actions));
}

/// Adds to the forecast of a new release what comes after its uploads, unless other jobs have to
/// upload required files first.
void Planning::add_last_actions(std::vector<Action>& actions, bool publishes) const {
  const bool has_files = !desired_.files.empty();
  const auto names = has_files ? with_made(own_names()) : std::vector<std::string>();
  if (!unmatched(desired_.required, names).empty()) return;
  if (has_files) add_made_later(actions);
  EditRelease edit;
  if (publishes) edit.changes.emplace_back("published");
  if (has_files) {
    for (std::string& section : sections_made_later()) edit.changes.push_back(std::move(section));
    edit.changes.emplace_back("digests");
  }
  if (!edit.changes.empty()) actions.emplace_back(std::move(edit));
}

bool Step::is_for_others() const {
  return std::any_of(now.begin(), now.end(), [](const Action& action) {
    const auto* wait = std::get_if<Wait>(&action);
    return wait != nullptr && !wait->reason.empty();
  });
}

bool Step::only_asks() const {
  return !is_for_others() && std::none_of(now.begin(), now.end(), is_write);
}

Step plan(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
          const Waits& waits, Time now) {
  return Planning(desired, snapshot, memory, waits, now).run();
}

}  // namespace core
