// SPDX-License-Identifier: MIT
#include "core/release/plan.hpp"

#include <algorithm>

#include "core/release/planning.hpp"
#include "core/sections.hpp"

namespace core {
namespace {

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
  assess_wishes();
  using Try = bool (Planning::*)();
  constexpr Try rules[] = {&Planning::start_over,      &Planning::put_back,
                           &Planning::hash_files,      &Planning::read_back,
                           &Planning::publish_first,   &Planning::upload,
                           &Planning::tell_digests,    &Planning::wait_for_files,
                           &Planning::yield,           &Planning::read_others,
                           &Planning::wait_for_digest, &Planning::wait_for_unknown,
                           &Planning::write_checksums, &Planning::tidy,
                           &Planning::confirm_tag,     &Planning::edit,
                           &Planning::tidy_public,     &Planning::watch};
  for (const Try rule : rules) {
    if ((this->*rule)()) break;
  }
  if (!is_held() && !is_passing()) warn(wish_.warnings);
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
  if (!files.empty()) actions.emplace_back(ConfirmTag{desired_.tag});
  EditRelease edit;
  if (publish_later) edit.changes.emplace_back("publish it");
  if (!files.empty()) edit.changes.emplace_back("record");
  if (!edit.changes.empty()) step_.forecast.emplace_back(std::move(edit));
  take(Rule::create, std::move(actions));
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
