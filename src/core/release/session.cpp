// SPDX-License-Identifier: MIT
#include "core/release/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/release/assets.hpp"
#include "core/release/edit.hpp"
#include "core/release/sums.hpp"
#include "core/text.hpp"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int max_idle_rounds = 12;
constexpr milliseconds pause_step{40};
constexpr milliseconds yield_spread{600};
constexpr seconds watch_time{10};
/// A draft of another commit in which nothing moves for so long has no live run.
constexpr seconds quiet_time{30};
constexpr milliseconds quiet_interval{2000};
/// Jobs of one matrix may start and end far apart.
constexpr std::chrono::hours quiet_time_of_a_set{1};
/// Before publishing the tag is asked for again when the last answer is older.
constexpr seconds tag_freshness{5};

/// What tells whether anything on the server has changed.
std::string state_of(const Snapshot& snapshot) {
  if (!snapshot.release) return {};
  const Release& release = *snapshot.release;
  std::string state = fmt::format("{}\n{}\n{}\n{}\n", release.draft, release.prerelease,
                                  release.name, release.body);
  for (const Asset& asset : release.assets) state += fmt::format("{} ", asset.id);
  for (const Entry& entry : snapshot.entries) state += fmt::format("{} ", entry.asset.id);
  return state;
}

/// When anything was last added to it, by the server's clock.
std::chrono::sys_seconds last_change(const Release& release) {
  std::chrono::sys_seconds last = release.created;
  for (const Asset& asset : release.assets) last = std::max(last, asset.created);
  return last;
}

bool is_there_already(const Error& error) { return error.reason == Reason::already_exists; }

bool changes_nothing(const Step& step) {
  return std::none_of(step.now.begin(), step.now.end(), is_write);
}

}  // namespace

Session::Session(Desired desired, SessionOptions options)
    : desired_(std::move(desired)), options_(std::move(options)), random_(options_.seed) {}

// --- deciding ---

Step Session::next(Time now) {
  if (phase_ == Phase::ending && to_take_back_.empty()) ended_ = true;
  if (ended_) return {};
  // What must not stay is taken back at once.
  const milliseconds pause =
      to_take_back_.empty() ? std::exchange(pause_, milliseconds{0}) : milliseconds{0};
  Step step = decide(now);
  if (pause.count() > 0 && !step.now.empty()) step.now.insert(step.now.begin(), Wait{pause, ""});
  step.warnings.insert(step.warnings.begin(), warnings_.begin(), warnings_.end());
  warnings_.clear();
  rule_ = step.rule;
  return step;
}

Step Session::decide(Time now) {
  if (!to_take_back_.empty()) return take_back();
  if (!has_look_) return look();
  if (phase_ != Phase::working) {
    Step step = start();
    if (phase_ != Phase::working) return step;
  }
  return work(now);
}

Step Session::look() {
  Step step;
  if (failures_.contains(Action(CreateTag{}).index())) {  // it may have been made
    step.now.emplace_back(ConfirmTag{desired_.tag});
  }
  step.now.emplace_back(Look{});
  if (phase_ == Phase::starting) step.now.emplace_back(ConfirmTag{desired_.tag});
  return step;
}

/// What is decided once, at the first look.
Step Session::start() {
  Step step;
  if (phase_ == Phase::starting) {  // its question for the tag was not answered
    step.now.emplace_back(ConfirmTag{desired_.tag});
    return step;
  }
  if (phase_ == Phase::resolving) {
    const std::string& wished = desired_.target;
    step.now.emplace_back(ResolveTarget{wished.empty() ? options_.built.sha : wished});
    return step;
  }
  const auto& release = snapshot_.release;
  const bool published = release && !release->draft && !snapshot_.notes.mark;
  if (published && options_.if_exists == IfExists::fail) {
    end(Error(
        Fault::workflow,
        fmt::format("the release {} is published already ({})", desired_.tag, release->html_url),
        "'if_exists: fail' asks to stop here; release under a new tag."));
  } else if (published && options_.if_exists == IfExists::skip) {
    skipped_ = ended_ = true;
  } else if (options_.generate_notes && !desired_.generated) {
    step.now.emplace_back(GenerateNotes{memory_.commit});
  } else {
    phase_ = Phase::working;
  }
  return step;
}

Step Session::work(Time now) {
  if (auto step = meet_other_commit(now)) return std::move(*step);
  const bool is_public = snapshot_.release && !snapshot_.release->draft;
  // Whoever published it, this run without an answer or another one, it has a tag by now.
  if (is_public && !memory_.tag_exists && !tag_confirmed_) return confirm_tag();
  waits_.settled_public = public_since_ && now - *public_since_ >= watch_time;
  // What turns a draft public may be that its tag was moved.
  waits_.tag_is_fresh =
      now - tag_asked_ < tag_freshness && (!public_since_ || tag_asked_ >= *public_since_);
  memory_.watching = watches(now);

  Step step = plan(desired_, snapshot_, memory_, waits_, now);
  missing_ = step.missing;
  unknown_ = step.unknown;
  check_clashes(step);
  if (phase_ == Phase::working) count_idle(step);
  if (phase_ != Phase::working) return {};
  if (step.now.empty()) {
    ended_ = true;
    return step;
  }
  note_waits(step);
  return step;
}

/// After the step comes a look, but where nothing was asked of the server.
void Session::note_waits(Step& step) {
  has_look_ = step.rule == Rule::hash_files;
  tag_confirmed_ = false;
  if (step.rule == Rule::yield) {
    ++waits_.yields;
    std::get<Wait>(step.now.front()).time += random_pause(yield_spread);
  }
  if (step.rule == Rule::wait_for_digest) ++waits_.for_digests;
  // Two runs that started together must not go on together.
  if (!changes_nothing(step)) pause_ = random_pause(pause_step * std::min(++rounds_, 12));
}

/// A release that is being filled for another commit. Whoever has the tag's commit may start it over.
std::optional<Step> Session::meet_other_commit(Time now) {
  const auto& mark = snapshot_.notes.mark;
  if (!mark || *mark == memory_.commit) {
    had_own_mark_ = had_own_mark_ || mark;
    other_commit_since_.reset();
    return std::nullopt;
  }
  if (!memory_.tag_exists) return meet_other_commit_without_tag(now);
  if (tag_confirmed_) {
    warnings_.emplace_back("the tag was moved since this draft was begun: it is started over");
    return std::nullopt;
  }
  return confirm_tag();
}

/// Asks for the tag, and looks directly afterwards.
Step Session::confirm_tag() {
  has_look_ = false;
  Step step;
  step.now.emplace_back(ConfirmTag{desired_.tag});
  return step;
}

/// Without a tag nobody can tell which of two commits is the right one: a run gives way to one that
/// is alive, and takes the draft of a dead one over.
std::optional<Step> Session::meet_other_commit_without_tag(Time now) {
  const std::string other = *snapshot_.notes.mark;
  const std::string state = state_of(snapshot_);
  const bool moves = other_commit_since_ && state != other_commit_state_;
  const bool was_ours = had_own_mark_ || memory_.created || !memory_.sent.empty();
  const bool is_of_a_set = !desired_.required.empty() || !snapshot_.entries.empty();
  const bool is_recent =
      snapshot_.server_time - last_change(*snapshot_.release) < quiet_time_of_a_set;
  if (moves || was_ours || (is_of_a_set && is_recent)) {
    if (!tag_confirmed_) return confirm_tag();  // the other run may have made it, or a push
    take_back_and_end(
        Error(Fault::failed,
              fmt::format("another run is filling the release {} for commit {}, and this run is of "
                          "{}; the tag does not exist yet, so this run gives way",
                          desired_.tag, one_line(other), memory_.commit),
              "Push the tag at the commit that is to be released, and run again. A draft of a run "
              "that has "
              "failed can also be deleted by hand."));
    return Step{};
  }
  if (!other_commit_since_) {
    other_commit_since_ = now;
    other_commit_state_ = state;
  }
  Step step;
  if (now - *other_commit_since_ < quiet_time) {
    step.forecast = plan(desired_, snapshot_, memory_).forecast;
    step.now.emplace_back(
        Wait{quiet_interval, fmt::format("the draft was begun for commit {}: watching whether its "
                                         "run is still alive",
                                         one_line(other))});
    step.forecast.insert(step.forecast.begin(), step.now.front());
  } else if (!tag_confirmed_) {
    step.now.emplace_back(ConfirmTag{desired_.tag});
  } else {
    warnings_.push_back(
        fmt::format("the draft was begun for commit {}, whose run has ended: it is started over",
                    one_line(other)));
    return std::nullopt;
  }
  has_look_ = false;
  return step;
}

/// `overwrite_files: fail`, once everything is known that can be.
void Session::check_clashes(const Step& step) {
  const bool still_asking = step.rule == Rule::hash_files || step.rule == Rule::read_back;
  if (checked_clashes_ || still_asking) return;
  checked_clashes_ = true;
  const auto names = clashes(desired_, snapshot_, memory_);
  if (names.empty()) return;
  end(Error(Fault::workflow,
            fmt::format("the release {} has assets of these names already: {}", desired_.tag,
                        join(names, ", ")),
            "'overwrite_files: fail' asks to stop here; give them other names, or set "
            "'overwrite_files: true'."));
}

/// Rounds in which this run wants to write, and nothing changes.
void Session::count_idle(const Step& step) {
  if (changes_nothing(step)) return;
  const std::string state = state_of(snapshot_);
  idle_rounds_ = rounds_ > 0 && state == last_state_ ? idle_rounds_ + 1 : 0;
  last_state_ = state;
  if (idle_rounds_ < max_idle_rounds) return;
  std::vector<std::string> left;
  for (const Action& action : step.now) {
    if (is_write(action)) left.push_back(describe(action));
  }
  end(Error(Fault::failed,
            fmt::format("{} rounds changed nothing; this is still to be done: {}", max_idle_rounds,
                        join(left, "; ")),
            "Something else may be writing to this release all the time; run it again."));
}

Step Session::take_back() {
  Step step;
  step.rule = Rule::take_back;
  for (const Asset& asset : std::exchange(to_take_back_, {})) {
    step.now.emplace_back(DeleteAsset{asset, "taken back"});
  }
  return step;
}

void Session::end(Error error) {
  error_ = std::move(error);
  phase_ = Phase::ending;
  ended_ = to_take_back_.empty();
}

void Session::take_back_and_end(Error error) {
  for (const auto& [name, sent] : memory_.sent) to_take_back_.push_back(sent.asset);
  to_take_back_.insert(to_take_back_.end(), own_entries_.begin(), own_entries_.end());
  memory_.sent.clear();
  end(std::move(error));
}

// --- learning ---

bool Session::done(const Action& action, const Result& result, Time now) {
  if (rule_ == Rule::take_back) return true;  // what could not be taken back stays
  if (const auto* failure = std::get_if<Unknown>(&result)) return take_failure(action, *failure);
  if (const auto* refusal = std::get_if<Refused>(&result)) return take_refusal(action, *refusal);
  if (is_write(action)) waits_.wrote = true;
  const Ok& ok = std::get<Ok>(result);
  const auto* upload = std::get_if<UploadAsset>(&action);
  if (upload != nullptr && !take_upload(*upload, ok)) return false;
  failures_.erase(action.index());
  if (upload != nullptr) return true;
  take_ok(action, ok, now);
  return !ended_ && phase_ != Phase::ending;
}

void Session::take_ok(const Action& action, const Ok& result, Time now) {
  if (std::holds_alternative<Look>(action)) {
    take_look(result, now);
  } else if (std::holds_alternative<ConfirmTag>(action)) {
    take_tag(result.tag, now);
  } else if (std::holds_alternative<ResolveTarget>(action)) {
    memory_.commit = desired_.target = result.text.value_or("");
    phase_ = Phase::describing;
  } else if (std::holds_alternative<GenerateNotes>(action)) {
    desired_.generated = result.text;
  } else if (const auto* hash = std::get_if<HashFile>(&action)) {
    take_hashes(*hash, result);
  } else if (const auto* read = std::get_if<ReadAsset>(&action)) {
    memory_.read.insert(read->asset.id);
    const auto digest = result.digests.find(Algorithm::sha256);
    if (digest == result.digests.end()) return;
    memory_.known[read->asset.id] = record_entry(read->asset, digest->second);
  } else if (const auto* checksums = std::get_if<ReadChecksums>(&action)) {
    memory_.read.insert(checksums->asset.id);
    if (result.text) learn_sums(memory_, snapshot_, *checksums, *result.text);
  } else if (std::holds_alternative<CreateTag>(action)) {
    memory_.tag_exists = tag_was_there_ = true;
  } else if (std::holds_alternative<CreateRelease>(action)) {
    take_release(*result.release, now);
  } else if (const auto* note = std::get_if<NoteDigest>(&action)) {
    memory_.told[note->asset.id] = max_tellings;
    if (result.asset) own_entries_.push_back(*result.asset);
  } else if (const auto* edit = std::get_if<EditRelease>(&action)) {
    take_edit(*edit, now);
  }
}

void Session::take_look(const Ok& result, Time now) {
  const auto& release = result.release;
  if (release && release->tag != desired_.tag) {
    return end(Error(
        Fault::workflow,
        fmt::format("there is a release {} already; Gitea takes {} for the same tag, since it "
                    "ignores case",
                    one_line(release->tag), one_line(desired_.tag)),
        "Release under another tag, or under the one that exists."));
  }
  const std::uint64_t id = release ? release->id : 0;
  if (memory_.release_id != 0 && id != memory_.release_id) {
    return end(Error(Fault::failed,
                     fmt::format("the release {} was deleted while this run was filling it{}",
                                 desired_.tag, release ? "; another one is there now" : ""),
                     "Run it again if that was not on purpose."));
  }
  memory_.release_id = id;
  snapshot_ = snapshot_of(release, result.server_time);
  has_look_ = true;
  if (!release || release->draft || !snapshot_.notes.mark) {
    public_since_.reset();
  } else if (!public_since_) {
    public_since_ = now;
  }
  if (std::exchange(looked_state_, state_of(snapshot_)) != looked_state_) waits_.yields = 0;
  adopt_lost_uploads();
  const auto warnings = remember(memory_, desired_, snapshot_);
  warnings_.insert(warnings_.end(), warnings.begin(), warnings.end());
  begin_watch(now);
  if (!snapshot_.release) return;
  for (const Asset& asset : snapshot_.release->assets) {
    if (!known_digest(asset, snapshot_, memory_)) waits_.first_seen.try_emplace(asset.id, now);
  }
}

/// An upload without an answer that is there nevertheless, with the bytes that were sent, is taken
/// and not repeated. One of which only the size is known may be another job's.
void Session::adopt_lost_uploads() {
  if (!snapshot_.release) return;
  const AssetsByName there(snapshot_.release);
  for (auto lost = memory_.lost.begin(); lost != memory_.lost.end();) {
    const auto& [name, upload] = *lost;
    const auto& have = there.named(name);
    const bool is_newer = !have.empty() && have.back().id > upload.highest_before;
    const auto digest =
        is_newer ? known_digest(have.back(), snapshot_, memory_) : std::optional<Digest>();
    if (digest && !upload.sha256.empty() && *digest == upload.sha256) {
      memory_.sent[name] = {have.back(), *digest};
      lost = memory_.lost.erase(lost);
    } else {
      ++lost;
    }
  }
}

void Session::take_tag(const std::optional<Tag>& tag, Time now) {
  tag_asked_ = now;
  if (phase_ == Phase::starting) {
    memory_.tag_exists = tag_was_there_ = tag.has_value();
    phase_ = tag ? Phase::describing : Phase::resolving;
    if (!tag) return;
    memory_.commit = tag->commit;
    begin_watch(now);
    try {
      const auto warning = check_built_commit(desired_.tag, options_.built, tag->commit);
      if (warning) warnings_.push_back(*warning);
    } catch (const Error& error) {
      end(error);
    }
    return;
  }
  memory_.tag_exists = tag.has_value();
  tag_confirmed_ = true;
  if (!tag && tag_was_there_) {
    return take_back_and_end(
        Error(Fault::failed,
              fmt::format("the tag {} was deleted while this run was going on{}", desired_.tag,
                          words_of_taking_back()),
              "Push the tag again; the run that its push starts publishes the release."));
  }
  if (!tag) return;
  failures_.erase(Action(CreateTag{}).index());
  const bool was_there = std::exchange(tag_was_there_, true);
  if (tag->commit == memory_.commit) return;
  const bool is_public = snapshot_.release && !snapshot_.release->draft;
  if (rule_ == Rule::edit || (is_public && has_tried_to_publish_)) {
    return end(Error(Fault::failed,
                     fmt::format("the release {} is published with the files of commit {}, but the "
                                 "tag was made at {} by somebody else at the same time",
                                 desired_.tag, memory_.commit, tag->commit),
                     "Run the workflow for the tag's commit, or move the tag and run this again."));
  }
  take_back_and_end(Error(
      Fault::failed,
      (was_there ? fmt::format("the tag {} was moved from {} to {} while this run was going on",
                               desired_.tag, memory_.commit, tag->commit)
                 : fmt::format("the tag {} was made at {} while this run of {} was going on",
                               desired_.tag, tag->commit, memory_.commit)) +
          words_of_taking_back(),
      "The run of the new commit publishes it."));
}

std::string Session::words_of_taking_back() const {
  return memory_.sent.empty() ? "" : "; what it uploaded was taken back";
}

void Session::take_release(const Release& created, Time now) {
  snapshot_ = snapshot_of(created, snapshot_.server_time);
  memory_.release_id = created.id;
  memory_.created = true;
  const auto warnings = remember(memory_, desired_, snapshot_);
  warnings_.insert(warnings_.end(), warnings.begin(), warnings.end());
  memory_.name_settled = memory_.text_settled = memory_.prerelease_settled = true;
  begin_watch(now);
}

bool Session::take_upload(const UploadAsset& action, const Ok& result) {
  if (result.asset->size != action.size) {
    to_take_back_.push_back(*result.asset);
    const Error error(Fault::uncertain,
                      fmt::format("uploading {}: the server stored {} of {} bytes",
                                  one_line(action.name), result.asset->size, action.size),
                      "Something between the runner and the server cuts uploads off.");
    warnings_.push_back(error.message);
    return take_failure(action, {error, {}});
  }
  const auto& there = snapshot_.release->assets;
  const auto has_name = [&](const Asset& asset) { return asset.name == action.name; };
  if (std::any_of(there.begin(), there.end(), has_name)) replaced_.insert(action.name);
  if (action.content) ++memory_.made[action.name];
  memory_.lost.erase(action.name);
  const Digest& sha256 = result.digests.at(Algorithm::sha256);
  memory_.sent[action.name] = {*result.asset, sha256};
  memory_.known[result.asset->id] = record_entry(*result.asset, sha256);
  for (LocalFile& file : desired_.files) {
    if (file.name != action.name) continue;
    file.sha256 = sha256;
    for (const auto& [algorithm, digest] : result.digests) {
      if (algorithm != Algorithm::sha256) file.other_digests[algorithm] = digest;
    }
  }
  return true;
}

void Session::take_edit(const EditRelease& action, Time now) {
  for (const std::uint64_t id : action.entries) ++memory_.record_writes[id];
  const bool was_draft = snapshot_.release->draft;
  if (rule_ == Rule::tell_digests) ++memory_.notes_writes;
  if (rule_ == Rule::start_over) {
    // Moving a tag turns a draft of it public, within 3 s; this one may still be due.
    watch_decided_ = true;
    has_flipped_ = !was_draft;
    watch_until_ = now + watch_time;
    memory_.sent.clear();
  } else if (action.draft == true && !was_draft) {
    has_flipped_ = true;
  }
}

void Session::take_hashes(const HashFile& action, const Ok& result) {
  for (LocalFile& file : desired_.files) {
    if (file.name != action.name) continue;
    for (const auto& [algorithm, digest] : result.digests) {
      if (algorithm == Algorithm::sha256) {
        file.sha256 = digest;
      } else {
        file.other_digests[algorithm] = digest;
      }
    }
  }
}

int Session::failures(const Action& action) const {
  const auto count = failures_.find(action.index());
  return count == failures_.end() ? 0 : count->second;
}

bool Session::take_failure(const Action& action, const Unknown& failure) {
  if (const auto* read = std::get_if<ReadAsset>(&action)) {
    memory_.read.insert(read->asset.id);  // it is not worth failing for
    return true;
  }
  if (const auto* checksums = std::get_if<ReadChecksums>(&action)) {
    memory_.read.insert(checksums->asset.id);
    return true;
  }
  if (is_write(action)) waits_.wrote = true;
  if (const auto* edit = std::get_if<EditRelease>(&action)) {
    has_tried_to_publish_ = has_tried_to_publish_ || edit->draft == false;
  }
  if (const auto* upload = std::get_if<UploadAsset>(&action)) {
    if (upload->content) ++memory_.made[upload->name];
    const auto sha256 = failure.digests.find(Algorithm::sha256);
    memory_.lost.try_emplace(
        upload->name, Memory::Lost{highest_id(snapshot_),
                                   sha256 == failure.digests.end() ? Digest() : sha256->second});
  }
  if (const auto* note = std::get_if<NoteDigest>(&action)) ++memory_.told[note->asset.id];
  const int count = ++failures_[action.index()];
  // What somebody else has just made is there now: that deserves a look, whatever 'retries' says.
  const int most =
      is_there_already(failure.error) ? std::max(options_.retries, 1) : options_.retries;
  if (count > most) {
    end(failure.error);
    return false;
  }
  if (options_.backoff) pause_ = options_.backoff(count + 1, failure.error.retry_after);
  return false;
}

bool Session::take_refusal(const Action& action, const Refused& refusal) {
  const bool only_reads =
      std::holds_alternative<ReadAsset>(action) || std::holds_alternative<ReadChecksums>(action);
  if (only_reads || is_there_already(refusal.error)) {
    return take_failure(action, {refusal.error, {}});
  }
  if (std::holds_alternative<NoteDigest>(action)) {
    memory_.entries_refused = true;
    return false;
  }
  Error error = refusal.error;
  const auto* upload = std::get_if<UploadAsset>(&action);
  if (upload != nullptr && upload->content && error.reason == Reason::file_type) {
    error.hint =
        "Give it a name that the server takes: 'checksums_name: checksums-{algorithm}.txt'. " +
        error.hint;
  }
  end(error);
  return false;
}

// --- a draft that the server turns public ---

/// A server publishes a marked draft by itself where its table did not know the tag when the draft was
/// made: a push writes the tag's row 0.1 to 3.5 s later, and publishes a draft of that tag as it does
/// so (Gitea 1.22 to 1.27). A branch as the target says that the table did not know it.
void Session::begin_watch(Time now) {
  const auto& release = snapshot_.release;
  const bool knows_tag = phase_ != Phase::starting;  // it is asked for after the first look
  if (watch_decided_ || !knows_tag || !release) return;
  if (!release->draft || !snapshot_.notes.mark) return;
  watch_decided_ = true;
  if (memory_.tag_exists && !release->target.empty() && release->target != memory_.commit) {
    watch_until_ = now + watch_time;
  }
}

bool Session::watches(Time now) const {
  return watch_until_ && !has_flipped_ && now < *watch_until_;
}

std::optional<EditRelease> Session::put_back(const std::optional<Release>& look) {
  const Snapshot snapshot = snapshot_of(look);
  if (!snapshot.release || snapshot.release->draft || snapshot.notes.mark != memory_.commit) {
    return std::nullopt;
  }
  has_flipped_ = true;
  return put_back_edit(desired_, snapshot, memory_);
}

milliseconds Session::random_pause(milliseconds longest) {
  std::uniform_int_distribution<milliseconds::rep> range(0, longest.count());
  return milliseconds(range(random_));
}

}  // namespace core
