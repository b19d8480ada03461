// SPDX-License-Identifier: MIT
#include "core/release/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/release/assets.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int max_idle_rounds = 12;
constexpr milliseconds pause_step{40};
constexpr milliseconds yield_spread{600};
/// The tag is read again before publishing if it was last read longer ago than this.
constexpr seconds tag_freshness{5};

bool changes_nothing(const Step& step) {
  return std::none_of(step.now.begin(), step.now.end(), is_write);
}

}  // namespace

Session::Session(Desired desired, SessionOptions options)
    : desired_(std::move(desired)), options_(std::move(options)), random_(options_.seed) {}

Step Session::next(Time now) {
  if (phase_ == Phase::ending && to_take_back_.empty()) ended_ = true;
  if (ended_) return {};
  failed_in_step_.clear();
  // Uploads that must not stay are deleted at once.
  const bool at_once = !to_take_back_.empty() && failed_deletes_.empty();
  const milliseconds pause = at_once ? milliseconds{0} : std::exchange(pause_, milliseconds{0});
  Step step = decide(now);
  if (pause.count() > 0 && !step.now.empty()) step.now.insert(step.now.begin(), Wait{pause, ""});
  step.warnings.insert(step.warnings.begin(), warnings_.begin(), warnings_.end());
  warnings_.clear();
  rule_ = step.rule;
  return step;
}

Step Session::decide(Time now) {
  if (!to_take_back_.empty()) return take_back();
  if (!has_snapshot_) return read_release();
  if (phase_ != Phase::working) {
    Step step = start();
    if (phase_ != Phase::working) return step;
  }
  return work(now);
}

Step Session::read_release() {
  Step step;
  if (failures_.contains(Action(CreateTag{}).index())) {  // it may have been created
    step.now.emplace_back(ConfirmTag{desired_.tag});
  }
  step.now.emplace_back(ReadRelease{});
  if (phase_ == Phase::starting) step.now.emplace_back(ConfirmTag{desired_.tag});
  return step;
}

/// The decisions that are made once, after the release was read for the first time.
Step Session::start() {
  Step step;
  if (phase_ == Phase::starting) {  // reading the tag failed
    step.now.emplace_back(ConfirmTag{desired_.tag});
    return step;
  }
  if (phase_ == Phase::resolving) {
    const std::string& target = desired_.target;
    step.now.emplace_back(ResolveTarget{target.empty() ? options_.built.sha : target});
    return step;
  }
  const auto& release = snapshot_.release;
  const bool published = release && !release->draft && !snapshot_.notes.mark;
  if (published && options_.if_exists == IfExists::fail) {
    end(Error(
        Fault::workflow,
        fmt::format("the release {} is already published ({})", desired_.tag, release->html_url),
        "Create a release for a new tag, or change 'if_exists: fail'."));
  } else if (published && options_.if_exists == IfExists::skip) {
    skipped_ = ended_ = true;
  } else if (options_.lacks_files && would_publish_nothing()) {
    end(Error(Fault::workflow,
              fmt::format("no pattern in 'files' matched a file, so the release {} would be "
                          "published without assets",
                          desired_.tag),
              "Check the patterns and the step that builds the files. If the release should have "
              "no files, remove 'files'."));
  } else if (options_.generate_notes && !desired_.generated) {
    step.now.emplace_back(GenerateNotes{memory_.commit});
  } else {
    use_tag_message();
    phase_ = Phase::working;
  }
  return step;
}

/// The message of an annotated tag becomes the notes if nothing else sets them.
void Session::use_tag_message() {
  if (desired_.text || options_.generate_notes) return;
  const std::string text =
      notes_of_tag(desired_.tag, tag_was_there_ ? tag_message_ : desired_.tag_message);
  if (!text.empty()) desired_.text = DesiredText{text, false, true};
}

/// Not for a fan-in, because other jobs may still upload files, and not for a draft, which a user
/// will check.
bool Session::would_publish_nothing() const {
  const auto& release = snapshot_.release;
  const bool has_assets = release && !release->assets.empty();
  return desired_.required.empty() && desired_.draft != true && !has_assets;
}

Step Session::work(Time now) {
  if (auto step = meet_other_commit(now)) return std::move(*step);
  const bool is_public = snapshot_.release && !snapshot_.release->draft;
  // A public release always has a tag, whether another run published it or this run did without a
  // response.
  if (is_public && !memory_.tag_exists && !tag_confirmed_) return confirm_tag();
  waits_.settled_public = public_since_ && now - *public_since_ >= watch_time;
  // On a slow server it cannot be fresher than read directly before the release. Moving its tag may have
  // published the draft.
  waits_.tag_is_fresh = (tag_confirmed_ || now - tag_asked_ < tag_freshness) &&
                        (!public_since_ || tag_asked_ >= *public_since_);
  memory_.watching = watches(now);

  Step step = plan(desired_, snapshot_, memory_, waits_, now);
  missing_ = step.missing;
  unknown_ = step.unknown;
  check_clashes(step);
  if (phase_ == Phase::working && step.refusal) end(*step.refusal);
  if (phase_ == Phase::working) count_idle(step);
  if (phase_ != Phase::working) return {};
  if (step.now.empty()) {
    ended_ = true;
    return step;
  }
  note_waits(step);
  return step;
}

/// After a step the release is read again, unless the step sent nothing to the server.
void Session::note_waits(Step& step) {
  has_snapshot_ = step.rule == Rule::hash_files;
  tag_confirmed_ = false;
  if (step.rule == Rule::yield) {
    ++waits_.yields;
    std::get<Wait>(step.now.front()).time += random_pause(yield_spread);
  }
  if (step.rule == Rule::wait_for_digest) ++waits_.for_digests;
  // Two runs that started at the same time must not stay in step.
  if (!changes_nothing(step)) pause_ = random_pause(pause_step * std::min(++rounds_, 12));
}

/// Checks `overwrite_files: fail` once all digests that can be known are known.
void Session::check_clashes(const Step& step) {
  const bool still_asking = step.rule == Rule::hash_files || step.rule == Rule::read_back;
  if (checked_clashes_ || still_asking) return;
  checked_clashes_ = true;
  const auto names = clashes(desired_, snapshot_, memory_);
  if (names.empty()) return;
  end(Error(Fault::workflow,
            fmt::format("the release {} already has assets with these names: {}", desired_.tag,
                        join(names, ", ")),
            "Give the files different names, or set 'overwrite_files: true'."));
}

/// Counts rounds in which this run tries to write, but nothing changes on the server.
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
            fmt::format("after {} attempts nothing has changed on the server; still to be done: {}",
                        max_idle_rounds, join(left, "; ")),
            "Another process may be changing this release all the time. Run it again."));
}

Step Session::take_back() {
  Step step;
  step.rule = Rule::take_back;
  for (const Asset& asset : std::exchange(to_take_back_, {})) {
    step.now.emplace_back(DeleteAsset{asset, "this run ends with an error"});
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
  to_take_back_.insert(to_take_back_.end(), own_announcements_.begin(), own_announcements_.end());
  memory_.sent.clear();
  end(std::move(error));
}

milliseconds Session::random_pause(milliseconds longest) {
  std::uniform_int_distribution<milliseconds::rep> range(0, longest.count());
  return milliseconds(range(random_));
}

}  // namespace core
