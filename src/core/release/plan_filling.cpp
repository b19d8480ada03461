// SPDX-License-Identifier: MIT
// The rules of filling a release, from its draft to the last upload.
#include "core/release/planning.hpp"

#include <algorithm>
#include <set>

namespace core {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds settling_time{2000};

}  // namespace

/// Nothing is deleted before the next look: where another run has published meanwhile, this edit was
/// overtaken, and the mark that condemns these assets is not there.
bool Planning::start_over() {
  if (!marked_ || *snapshot_.notes.mark == memory_.commit) return false;
  EditRelease edit;
  if (!is_draft()) edit.draft = true;
  // Without a tag the server makes it at the target, which must not be the other commit.
  if (!memory_.tag_exists) edit.target = memory_.commit;
  Notes notes;
  notes.text = snapshot_.notes.text;
  notes.mark = memory_.commit;
  notes.outdated_up_to = highest_id(snapshot_);
  edit.body = render_notes(notes, {});
  edit.changes = {"start over: it was being filled for another commit"};
  std::vector<Action> actions;
  actions.emplace_back(std::move(edit));
  if (!memory_.tag_exists) {  // another run may do the same: let both be seen
    actions.emplace_back(Wait{settling_time, ""});
    actions.emplace_back(ConfirmTag{desired_.tag});
  }
  return take(Rule::start_over, std::move(actions));
}

/// Turned public by the server: one that is to stay a draft goes back whoever sees it, one that is
/// still being filled while this run watches for it.
bool Planning::put_back() {
  if (!marked_ || is_draft()) return false;
  const bool incomplete =
      !assets_.to_send.empty() || (fan_in_ && (!step_.missing.empty() || !unknown_.empty()));
  if (desired_.draft == true || (memory_.watching && incomplete)) {
    return take(Rule::put_back, {put_back_edit(desired_, snapshot_, memory_)});
  }
  // Whether a person or the server published it cannot be told: a run that watches puts it back.
  if (fan_in_ && !step_.missing.empty() && !waits_.settled_public) {
    return wait(Rule::watch, watch_interval,
                "the release is public though files are missing: watching whether another run "
                "makes it a draft again");
  }
  return false;
}

bool Planning::hash_files() {
  std::vector<Action> actions;
  std::set<std::string> for_comparison;
  for (const LocalFile* file : assets_.to_hash) {
    actions.emplace_back(HashFile{file->name, file->path, {Algorithm::sha256}, file->identity});
  }
  if (!actions.empty()) return take(Rule::hash_files, std::move(actions));
  // What is kept is not sent, so that these digests were not taken on the way. SHA-256 tells whether
  // the asset holds what the file does.
  for (const LocalFile& file : desired_.files) {
    const bool will_be_sent =
        std::find(assets_.to_send.begin(), assets_.to_send.end(), &file) != assets_.to_send.end();
    if (will_be_sent) continue;
    std::vector<Algorithm> missing;
    for (const Algorithm algorithm : desired_.checksums) {
      if (algorithm != Algorithm::sha256 && !file.other_digests.contains(algorithm)) {
        missing.push_back(algorithm);
      }
    }
    if (missing.empty()) continue;
    if (!file.sha256) missing.push_back(Algorithm::sha256);
    actions.emplace_back(HashFile{file.name, file.path, missing, file.identity});
  }
  return take(Rule::hash_files, std::move(actions));
}

bool Planning::read_back() {
  std::vector<Action> actions;
  for (const Asset& asset : assets_.to_read) actions.emplace_back(ReadAsset{asset});
  // The record has no room for every asset, but this file tells of all.
  if (actions.empty() && !assets_.unrecorded.empty()) read_sums(Algorithm::sha256, actions);
  return take(Rule::read_back, std::move(actions));
}

void Planning::read_sums(Algorithm algorithm, std::vector<Action>& actions) const {
  const auto action = sums_to_read(desired_, snapshot_, memory_, counting_, algorithm);
  if (action) actions.emplace_back(*action);
}

bool Planning::publish_first() {
  if (desired_.upload_before_publish || !is_draft() || assets_.to_send.empty()) return false;
  if (wish_.edit.draft != false) return false;
  std::vector<Action> actions;
  add_deletes(actions, assets_.condemned, "of another commit");
  actions.emplace_back(wish_.edit);
  return take(Rule::publish_first, std::move(actions));
}

bool Planning::upload() {
  std::vector<Action> actions;
  add_deletes(actions, assets_.condemned, "of another commit");
  add_uploads(actions, assets_.to_send);
  if (!assets_.to_send.empty()) actions.emplace_back(ConfirmTag{desired_.tag});
  return take(Rule::upload, std::move(actions));
}

}  // namespace core
