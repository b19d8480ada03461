// SPDX-License-Identifier: MIT
// The actions that a dry run prints.
#include "core/release/planning.hpp"

namespace core {

std::vector<Action> Planning::forecast() const {
  if (step_.rule == Rule::put_back) return step_.now;
  if (step_.rule == Rule::start_over) {
    std::vector<Action> actions = {step_.now.front()};
    add_deletes(actions, snapshot_.release->assets, "from another commit");
    add_deletes(actions, announcements(), "from another commit");
    add_uploads(actions, assets_.to_send);
    return actions;
  }
  std::vector<Action> actions;
  if (step_.is_for_others()) actions.push_back(step_.now.front());
  EditRelease edit = difference_.edit;
  if (!is_held() && !assets_.to_send.empty()) {
    for (std::string& section : sections_made_later()) edit.changes.push_back(std::move(section));
  }
  const bool edits = !is_held() && !edit.changes.empty();
  const bool first =
      edits && !desired_.upload_before_publish && edit.draft == false && !assets_.to_send.empty();
  add_deletes(actions, assets_.condemned, "from another commit");
  if (first) actions.emplace_back(edit);
  add_uploads(actions, assets_.to_send);
  if (!assets_.to_send.empty() && !is_held()) add_made_later(actions);
  if (step_.rule == Rule::announce_digests || step_.rule == Rule::write_checksums) {
    actions.insert(actions.end(), step_.now.begin(), step_.now.end());
  }
  add_deletes(actions, assets_.outdated, "replaced");
  add_deletes(actions, assets_.replaced, "replaced");
  if (!is_held()) {
    add_deletes(actions, announcements(), "no longer needed");
    add_deletes(actions, assets_.others, "not among the files of this run");
  }
  if (edits && !first) actions.emplace_back(std::move(edit));
  return actions;
}

/// The files that this run will generate once the digests of all assets are known.
void Planning::add_made_later(std::vector<Action>& actions) const {
  for (std::string& name : made_names(own_names())) {
    UploadAsset upload;
    upload.name = std::move(name);
    upload.is_made_later = true;
    actions.emplace_back(std::move(upload));
  }
}

/// The names of the files of this run.
std::vector<std::string> Planning::own_names() const {
  std::vector<std::string> names;
  for (const LocalFile& file : desired_.files) names.push_back(file.name);
  return names;
}

/// The parts of the notes that depend on assets that are not uploaded yet.
std::vector<std::string> Planning::sections_made_later() const {
  return desired_.downloads ? std::vector<std::string>{"Downloads table"}
                            : std::vector<std::string>{};
}

}  // namespace core
