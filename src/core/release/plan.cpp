// SPDX-License-Identifier: MIT
#include "core/release/plan.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "core/release/assets.hpp"
#include "core/release/edit.hpp"
#include "core/release/sums.hpp"
#include "core/sections.hpp"
#include "core/text.hpp"

namespace core {
namespace {

using std::chrono::milliseconds;

constexpr int max_yields = 3;
constexpr int max_notes_writes = 4;
constexpr milliseconds yield_time{700};
constexpr milliseconds watch_interval{1000};
constexpr milliseconds settling_time{2000};

void add(std::vector<std::string>& texts, const std::vector<std::string>& more) {
  texts.insert(texts.end(), more.begin(), more.end());
}

void add_uploads(std::vector<Action>& actions, const std::vector<const LocalFile*>& files,
                 const Desired& desired) {
  std::vector<Algorithm> others = desired.checksums;
  std::erase(others, Algorithm::sha256);
  for (const LocalFile* file : files) {
    actions.emplace_back(
        UploadAsset{file->name, file->path, file->size, file->content, file->identity, others});
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

class Planning {
 public:
  Planning(const Desired& desired, const Snapshot& snapshot, const Memory& memory,
           const Waits& waits, Time now)
      : desired_(desired), snapshot_(snapshot), memory_(memory), waits_(waits), now_(now) {}

  Step run() {
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
    if (!is_held() && !is_passing()) add(step_.warnings, wish_.warnings);
    if (step_.rule == Rule::done) close();
    step_.forecast = forecast();
    return std::move(step_);
  }

 private:
  // --- what one look says ---

  void assess_release() {
    const Release& release = *snapshot_.release;
    marked_ = snapshot_.notes.mark.has_value();
    being_filled_ = release.draft || marked_;
    fan_in_ = !desired_.required.empty();
    assets_ = assess(desired_, snapshot_, memory_);
    add(step_.warnings, assets_.warnings);
    choose_assets(staying(release, assets_));
    std::vector<std::string> names;
    for (const LocalFile* file : assets_.to_send) names.push_back(file->name);
    for (const Asset& asset : counting_) names.push_back(asset.name);
    for (const Algorithm algorithm : desired_.checksums)
      names.push_back(desired_.sums.of(algorithm));
    if (fan_in_) step_.missing = unmatched(desired_.required, names);
    for (const Asset& asset : counting_) {
      if (!desired_.sums.has(asset.name) && !is_told(asset)) unknown_.push_back(asset);
    }
  }

  void assess_wishes() {
    if (!sums_tell_more()) sums_ = sums_files(desired_, snapshot_, memory_, counting_);
    assess_made(sums_.files, snapshot_, memory_, made_);
    assets_.replaced.insert(assets_.replaced.end(), made_.replaced.begin(), made_.replaced.end());
    wish_ =
        edit_of(desired_, snapshot_, memory_, staying(*snapshot_.release, assets_), step_.missing);
  }

  /// Of several assets of one name the highest id counts. Where its job did not tell what it holds, as
  /// a late upload of a run that has ended, the highest that is known counts, and the others go.
  void choose_assets(const std::vector<Asset>& assets) {
    counting_ = highest_of_each_name(assets);
    if (!fan_in_) return;
    for (Asset& highest : counting_) {
      if (known(highest) || !is_old(highest)) continue;
      const Asset* best = nullptr;
      for (const Asset& asset : assets) {
        const bool is_better =
            asset.name == highest.name && known(asset) && (best == nullptr || best->id < asset.id);
        if (is_better) best = &asset;
      }
      if (best == nullptr) continue;
      for (const Asset& asset : assets) {
        if (asset.name == best->name && asset.id > best->id) untold_by_anybody_.push_back(asset);
      }
      highest = *best;
    }
  }

  std::optional<Digest> known(const Asset& asset) const {
    return known_digest(asset, snapshot_, memory_);
  }

  /// While a release is being filled its jobs tell; later a file of digests may be all that does.
  bool is_told(const Asset& asset) const {
    return marked_ ? known(asset).has_value()
                   : known_or_listed(asset, snapshot_, memory_).has_value();
  }

  bool is_draft() const { return snapshot_.release->draft; }
  bool was_read(const Asset& asset) const { return memory_.read.contains(asset.id); }

  /// A set of 'required_files' that is not complete yet, in a release that nobody may see.
  bool is_held() const { return fan_in_ && is_draft() && !step_.missing.empty(); }

  /// What this look has found is about to be changed back, by this run or by another one.
  bool is_passing() const {
    return step_.rule == Rule::start_over || step_.rule == Rule::put_back ||
           step_.rule == Rule::watch;
  }

  /// By the server's clock, or since this run saw it: of a server that tells no time, or dates of
  /// another clock.
  bool is_old(const Asset& asset) const {
    using std::chrono::sys_seconds;
    const bool is_dated = snapshot_.server_time != sys_seconds{} && asset.created != sys_seconds{};
    if (is_dated && snapshot_.server_time - asset.created >= longest_silence) return true;
    const auto seen = waits_.first_seen.find(asset.id);
    return seen != waits_.first_seen.end() && now_ - seen->second >= longest_silence;
  }

  /// Whether anything of the release depends on what this asset holds.
  bool is_needed(const Asset& asset) const {
    return desired_.wants(Algorithm::sha256) || is_required(desired_.required, asset.name);
  }

  // --- rules ---

  bool take(Rule rule, std::vector<Action> actions) {
    if (actions.empty()) return false;
    step_.rule = rule;
    step_.now = std::move(actions);
    return true;
  }

  bool wait(Rule rule, milliseconds time, std::string reason) {
    return take(rule, {Wait{time, std::move(reason)}});
  }

  void create() {
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
    add_uploads(actions, files, desired_);
    step_.forecast = actions;
    if (!files.empty()) actions.emplace_back(ConfirmTag{desired_.tag});
    EditRelease edit;
    if (publish_later) edit.changes.emplace_back("publish it");
    if (!files.empty()) edit.changes.emplace_back("record");
    if (!edit.changes.empty()) step_.forecast.emplace_back(std::move(edit));
    take(Rule::create, std::move(actions));
  }

  /// Nothing is deleted before the next look: where another run has published meanwhile, this edit was
  /// overtaken, and the mark that condemns these assets is not there.
  bool start_over() {
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
  bool put_back() {
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

  bool hash_files() {
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

  bool read_back() {
    std::vector<Action> actions;
    for (const Asset& asset : assets_.to_read) actions.emplace_back(ReadAsset{asset});
    // The record has no room for every asset, but this file tells of all.
    if (actions.empty() && !assets_.unrecorded.empty()) read_sums(Algorithm::sha256, actions);
    return take(Rule::read_back, std::move(actions));
  }

  void read_sums(Algorithm algorithm, std::vector<Action>& actions) const {
    const auto action = sums_to_read(desired_, snapshot_, memory_, counting_, algorithm);
    if (action) actions.emplace_back(*action);
  }

  bool publish_first() {
    if (desired_.upload_before_publish || !is_draft() || assets_.to_send.empty()) return false;
    if (wish_.edit.draft != false) return false;
    std::vector<Action> actions;
    add_deletes(actions, assets_.condemned, "of another commit");
    actions.emplace_back(wish_.edit);
    return take(Rule::publish_first, std::move(actions));
  }

  bool upload() {
    std::vector<Action> actions;
    add_deletes(actions, assets_.condemned, "of another commit");
    add_uploads(actions, assets_.to_send, desired_);
    if (!assets_.to_send.empty()) actions.emplace_back(ConfirmTag{desired_.tag});
    return take(Rule::upload, std::move(actions));
  }

  /// Own uploads of whose content neither record nor entry tells.
  std::vector<const Memory::Sent*> untold() const {
    std::vector<const Memory::Sent*> result;
    for (const Asset& asset : counting_) {
      const auto sent = memory_.sent.find(asset.name);
      if (sent == memory_.sent.end() || sent->second.asset.id != asset.id) continue;
      if (desired_.sums.has(asset.name)) continue;  // every job can tell what has to be in it
      if (!is_recorded(snapshot_.record, asset, sent->second.sha256)) {
        result.push_back(&sent->second);
      }
    }
    return result;
  }

  int tellings_of(const Asset& asset) const {
    const auto told = memory_.told.find(asset.id);
    return told == memory_.told.end() ? 0 : told->second;
  }

  bool tell_digests() {
    if (!fan_in_ || !is_draft()) return false;  // never into a public release
    std::vector<Action> actions;
    const auto own = untold();
    if (memory_.entries_refused && !own.empty() && memory_.notes_writes < max_notes_writes) {
      return take(Rule::tell_digests, {told_in_notes(own)});
    }
    for (const Memory::Sent* sent : own) {
      // Again only while the set is incomplete: else somebody may just have taken it away to publish.
      const int tellings = tellings_of(sent->asset);
      const bool is_heard = tellings >= max_tellings || (tellings > 0 && !is_held());
      if (memory_.entries_refused || is_heard) continue;
      actions.emplace_back(NoteDigest{sent->asset, sent->sha256});
    }
    return take(Rule::tell_digests, std::move(actions));
  }

  /// For servers that take no entries: digests go into the record of the draft.
  EditRelease told_in_notes(const std::vector<const Memory::Sent*>& own) const {
    Notes notes = snapshot_.notes;
    notes.record = snapshot_.record;
    EditRelease edit;
    for (const Memory::Sent* sent : own) {
      notes.record[sent->asset.id] = record_entry(sent->asset, sent->sha256);
      edit.entries.push_back(sent->asset.id);
    }
    edit.body = render_notes(notes, snapshot_.release->assets, first_recorded(desired_));
    edit.changes = {"record, for the other jobs"};
    return edit;
  }

  bool wait_for_files() {
    if (!is_held()) return false;
    std::vector<Action> actions;
    add_deletes(actions, assets_.replaced, "replaced");
    if (!actions.empty()) return take(Rule::tidy, std::move(actions));
    if (memory_.watching) return watch();
    step_.rule = Rule::wait_for_files;
    return true;
  }

  /// Decides nothing: it only saves requests.
  bool yield() {
    if (!fan_in_ || !being_filled_ || memory_.sent.empty() || waits_.yields >= max_yields) {
      return false;
    }
    const std::uint64_t highest = highest_id(snapshot_);
    const auto is_highest = [&](const auto& sent) { return sent.second.asset.id == highest; };
    const bool own = std::any_of(memory_.sent.begin(), memory_.sent.end(), is_highest);
    for (const Entry& entry : snapshot_.entries) {
      if (entry.asset.id == highest && memory_.told.contains(entry.of)) return false;
    }
    return !own && wait(Rule::yield, yield_time, "");
  }

  /// First the files of digests, which tell of many.
  bool read_others() {
    std::vector<Action> actions;
    if (!others_at_work()) {
      for (const Algorithm algorithm : desired_.checksums) read_sums(algorithm, actions);
      const bool for_table_alone = desired_.downloads && !desired_.wants(Algorithm::sha256);
      if (for_table_alone) read_sums(Algorithm::sha256, actions);
    }
    if (!fan_in_ || !actions.empty()) return take(Rule::read_others, std::move(actions));
    for (const Asset& asset : unknown_) {
      if (is_needed(asset) && is_old(asset) && !was_read(asset)) {
        actions.emplace_back(ReadAsset{asset});
      }
    }
    return take(Rule::read_others, std::move(actions));
  }

  bool wait_for_digest() {
    if (!fan_in_ || !(marked_ || waits_.wrote)) return false;
    std::vector<std::string> names;
    for (const Asset& asset : unknown_) {
      if (is_needed(asset) && !is_old(asset) && !was_read(asset)) names.push_back(asset.name);
    }
    if (names.empty()) return false;
    // In public nobody waits before telling what is known: others wait for that.
    if (const auto own = untold(); !is_draft() && !own.empty()) {
      EditRelease edit = told_in_notes(own);
      // With the mark a draft is what another run has just made of it, and stays one.
      if (!marked_) edit.draft = false;
      return take(Rule::edit, {edit});
    }
    const double milliseconds_to_wait = std::min(200 * std::pow(1.5, waits_.for_digests), 2000.0);
    return wait(
        Rule::wait_for_digest, milliseconds(static_cast<milliseconds::rep>(milliseconds_to_wait)),
        fmt::format("waiting for another job to tell what {} holds", one_line(join(names, ", "))));
  }

  /// There is a SHA256SUMS that could not be read: this run knows less than it may tell.
  bool sums_tell_more() const {
    return !unknown_.empty() &&
           find_sums(desired_, memory_, counting_).state == SumsState::out_of_reach;
  }

  /// Without 'required_files': jobs whose files are not known yet.
  bool others_at_work() const {
    return !fan_in_ && std::any_of(unknown_.begin(), unknown_.end(), [&](const Asset& asset) {
      return memory_.first && asset.id > memory_.first->highest_asset;
    });
  }

  /// The digests of required files that nobody can tell: no job does, and they cannot be read back.
  bool wait_for_unknown() {
    if (!fan_in_ || !is_draft() || !desired_.wants(Algorithm::sha256)) return false;
    for (const Asset& asset : unknown_) {
      if (is_required(desired_.required, asset.name)) step_.unknown.push_back(asset.name);
    }
    if (step_.unknown.empty()) return false;
    step_.rule = Rule::wait_for_files;
    return true;
  }

  /// The sums come when all files are there and before the release is published. Without
  /// 'required_files' they come last while other jobs are at work whose files are not known yet, since
  /// they would have to be written again.
  bool write_checksums() {
    if (others_at_work() && !wish_.edit.changes.empty()) return false;
    add(step_.warnings, made_.warnings);
    std::vector<Action> actions;
    for (const Asset& asset : made_.to_read) actions.emplace_back(ReadAsset{asset});
    if (!actions.empty()) return take(Rule::read_others, std::move(actions));
    add_uploads(actions, made_.to_send, desired_);
    return take(Rule::write_checksums, std::move(actions));
  }

  /// What must not be in public goes before the release does, or is said to be complete.
  bool tidy() {
    if (!is_draft() && !(marked_ && step_.missing.empty())) return false;
    if (!fan_in_ && snapshot_.entries.empty()) return false;
    std::vector<Action> actions;
    add_deletes(actions, replaced_in_set(), "replaced");
    add_deletes(actions, untold_by_anybody_, "its job ended without telling what it holds");
    add_deletes(actions, entries(), "nobody needs it any more");
    add_deletes(actions, assets_.others, "not brought by this run");
    return take(Rule::tidy, std::move(actions));
  }

  std::vector<Asset> entries() const {
    std::vector<Asset> result;
    for (const Entry& entry : snapshot_.entries) result.push_back(entry.asset);
    return result;
  }

  /// Own replaced assets, and those of other jobs of the set, whose digest is known.
  std::vector<Asset> replaced_in_set() const {
    std::vector<Asset> result = assets_.replaced;
    std::set<std::uint64_t> gone;
    for (const Asset& asset : result) gone.insert(asset.id);
    for (const Asset& asset : snapshot_.release->assets) {
      if (!is_required(desired_.required, asset.name) && !desired_.sums.has(asset.name)) continue;
      const bool is_lower = std::any_of(counting_.begin(), counting_.end(), [&](const Asset& top) {
        return top.name == asset.name && top.id > asset.id && known(top);
      });
      if (is_lower && gone.insert(asset.id).second) result.push_back(asset);
    }
    return result;
  }

  bool confirm_tag() {
    const bool completes = being_filled_ && wish_.edit.draft == false;
    if (!completes || waits_.tag_is_fresh) return false;
    return take(Rule::confirm_tag, {ConfirmTag{desired_.tag}});
  }

  bool edit() {
    std::vector<Action> actions;
    add_deletes(actions, assets_.replaced, "replaced");
    const bool publishes = is_draft() && wish_.edit.draft == false;
    // Nothing can be deleted from a release that is immutable once it is public.
    if (publishes) add_deletes(actions, assets_.others, "not brought by this run");
    const bool publishes_a_new_tag = publishes && !memory_.tag_exists;
    if (!wish_.edit.changes.empty()) actions.emplace_back(wish_.edit);
    if (publishes_a_new_tag) actions.emplace_back(ConfirmTag{desired_.tag});
    return take(Rule::edit, std::move(actions));
  }

  bool tidy_public() {
    std::vector<Action> actions;
    add_deletes(actions, untold_by_anybody_, "its job ended without telling what it holds");
    add_deletes(actions, assets_.others, "not brought by this run");
    add_deletes(actions, entries(), "nobody needs it any more");
    return take(Rule::tidy, std::move(actions));
  }

  /// A run does not end, leaving a draft, while the server may still publish it.
  bool watch() {
    if (!memory_.watching || !is_draft()) return false;
    return wait(Rule::watch, watch_interval,
                "watching that the server does not publish the draft by itself");
  }

  void close() {
    add(step_.warnings, wish_.closing_warnings);
    add(step_.warnings, sums_.warnings);
    warn_of_other_sums();
    if (!assets_.unrecorded.empty()) {
      step_.warnings.push_back(fmt::format(
          "{} files were compared by name and size only, {} for one: the notes have no room for "
          "their digests{}",
          assets_.unrecorded.size(), one_line(assets_.unrecorded.front()),
          desired_.wants(Algorithm::sha256)
              ? fmt::format(", and {} could not be read. Pass a 'token' that may read it",
                            desired_.sums.of(Algorithm::sha256))
              : ". Set 'checksums: sha256', whose file tells of all"));
    }
  }

  /// Under the usual name, of a run with another 'checksums_name': nobody brings them up to date.
  void warn_of_other_sums() {
    if (desired_.checksums.empty()) return;
    for (const Asset& asset : counting_) {
      const bool is_brought =
          std::any_of(desired_.files.begin(), desired_.files.end(),
                      [&](const LocalFile& file) { return file.name == asset.name; });
      if (is_brought || !SumsNames().has(asset.name) || desired_.sums.has(asset.name)) continue;
      step_.warnings.push_back(fmt::format(
          "{} is an asset like any other, since 'checksums_name' names another file: this run does "
          "not bring it up to date. Delete it, or set 'remove_other_files'",
          asset.name));
    }
  }

  // --- the dry run ---

  std::vector<Action> forecast() const {
    if (step_.rule == Rule::put_back) return step_.now;
    if (step_.rule == Rule::start_over) {
      std::vector<Action> actions = {step_.now.front()};
      add_deletes(actions, snapshot_.release->assets, "of another commit");
      add_deletes(actions, entries(), "of another commit");
      add_uploads(actions, assets_.to_send, desired_);
      return actions;
    }
    std::vector<Action> actions;
    if (step_.is_for_others()) actions.push_back(step_.now.front());
    const bool edits = !is_held() && !wish_.edit.changes.empty();
    const bool first = edits && !desired_.upload_before_publish && wish_.edit.draft == false &&
                       !assets_.to_send.empty();
    add_deletes(actions, assets_.condemned, "of another commit");
    if (first) actions.emplace_back(wish_.edit);
    add_uploads(actions, assets_.to_send, desired_);
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

  const Desired& desired_;
  const Snapshot& snapshot_;
  const Memory& memory_;
  const Waits& waits_;
  const Time now_;

  bool marked_ = false;
  bool being_filled_ = false;  ///< a draft, or what the server has turned public
  bool fan_in_ = false;
  AssetState assets_;
  std::vector<Asset> counting_;           ///< of each name the asset that stays
  std::vector<Asset> untold_by_anybody_;  ///< above one of those, to delete
  std::vector<Asset> unknown_;            ///< of those, what nobody has told the content of
  SumsFiles sums_;                        ///< empty where a file that could not be read tells more
  AssetState made_;                       ///< of those
  Edit wish_;                             ///< all that differs
  Step step_;
};

}  // namespace

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
