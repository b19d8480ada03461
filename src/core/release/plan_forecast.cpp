// SPDX-License-Identifier: MIT
// What a dry run prints.
#include "core/release/planning.hpp"

namespace core {

std::vector<Action> Planning::forecast() const {
  if (step_.rule == Rule::put_back) return step_.now;
  if (step_.rule == Rule::start_over) {
    std::vector<Action> actions = {step_.now.front()};
    add_deletes(actions, snapshot_.release->assets, "of another commit");
    add_deletes(actions, entries(), "of another commit");
    add_uploads(actions, assets_.to_send);
    return actions;
  }
  std::vector<Action> actions;
  if (step_.is_for_others()) actions.push_back(step_.now.front());
  const bool edits = !is_held() && !wish_.edit.changes.empty();
  const bool first = edits && !desired_.upload_before_publish && wish_.edit.draft == false &&
                     !assets_.to_send.empty();
  add_deletes(actions, assets_.condemned, "of another commit");
  if (first) actions.emplace_back(wish_.edit);
  add_uploads(actions, assets_.to_send);
  if (step_.rule == Rule::tell_digests || step_.rule == Rule::write_checksums) {
    actions.insert(actions.end(), step_.now.begin(), step_.now.end());
  }
  add_deletes(actions, assets_.outdated, "replaced");
  add_deletes(actions, assets_.replaced, "replaced");
  if (!is_held()) {
    add_deletes(actions, entries(), "nobody needs it any more");
    add_deletes(actions, assets_.others, "not brought by this run");
  }
  if (edits && !first) actions.emplace_back(wish_.edit);
  return actions;
}

}  // namespace core
