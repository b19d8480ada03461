// SPDX-License-Identifier: MIT
// The rules for filling a release, from creating the draft to the last upload.
#include "core/release/planning.hpp"

#include <algorithm>
#include <set>

#include "core/release/vouching.hpp"

namespace core {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds settling_time{2000};

}  // namespace

/// Deletes nothing before the release is read again: if another run has published it in the
/// meantime, it has overwritten this edit, and the mark that allows deleting these assets is
/// missing.
bool Planning::start_over() {
  if (!marked_ || *snapshot_.notes.mark == memory_.commit) return false;
  EditRelease edit;
  if (!is_draft()) edit.draft = true;
  // If there is no tag, the server creates it at the target, which must not be the other commit.
  if (!memory_.tag_exists) edit.target = memory_.commit;
  Notes notes;
  notes.text = snapshot_.notes.text;
  notes.mark = memory_.commit;
  notes.outdated_up_to = highest_id(snapshot_);
  edit.body = render_notes(notes, {});
  edit.changes = {"started over, because the draft was for another commit"};
  std::vector<Action> actions;
  actions.emplace_back(std::move(edit));
  if (!memory_.tag_exists) {  // another run may do the same: wait until both changes are visible
    actions.emplace_back(Wait{settling_time, ""});
    actions.emplace_back(ConfirmTag{desired_.tag});
  }
  return take(Rule::start_over, std::move(actions));
}

/// The server published the draft. Any run turns it back if it should stay a draft; if it is still
/// being filled, only a run that watches for this does.
bool Planning::put_back() {
  if (!marked_ || is_draft()) return false;
  const bool incomplete = !assets_.to_send.empty() || lacks_signature() ||
                          (fan_in_ && (!step_.missing.empty() || !unknown_.empty()));
  if (desired_.draft == true || (memory_.watching && incomplete)) {
    return take(Rule::put_back, {put_back_edit(desired_, snapshot_, memory_)});
  }
  // It is unknown whether a user or the server published it: a run that watches for this turns it
  // back.
  if (fan_in_ && !step_.missing.empty() && !waits_.settled_public) {
    return wait(Rule::watch, watch_interval,
                "waiting to see whether another run turns the release back into a draft, because "
                "it is public although files are missing");
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
  // The digests of files that are not uploaded were not computed during an upload. The SHA-256
  // shows whether the asset has the content of the file.
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
  // The record has no room for every asset, but this file lists all of them.
  if (actions.empty() && !assets_.unrecorded.empty()) read_checksums(Algorithm::sha256, actions);
  return take(Rule::read_back, std::move(actions));
}

void Planning::read_checksums(Algorithm algorithm, std::vector<Action>& actions) const {
  const auto action = checksum_file_to_read(desired_, snapshot_, memory_, counting_, algorithm);
  if (action) actions.emplace_back(*action);
}

bool Planning::publish_first() {
  if (desired_.upload_before_publish || !is_draft() || assets_.to_send.empty()) return false;
  if (difference_.edit.draft != false) return false;
  if (is_for_key()) return false;
  std::vector<Action> actions;
  add_deletes(actions, assets_.condemned, "from another commit");
  actions.emplace_back(difference_.edit);
  return take(Rule::publish_first, std::move(actions));
}

bool Planning::upload() {
  std::vector<Action> actions;
  add_deletes(actions, assets_.condemned, "from another commit");
  add_uploads(actions, assets_.to_send);
  if (!assets_.to_send.empty()) actions.emplace_back(ConfirmTag{desired_.tag});
  return take(Rule::upload, std::move(actions));
}

}  // namespace core
