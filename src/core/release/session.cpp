// SPDX-License-Identifier: MIT
#include "core/release/session.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/release/assets.hpp"
#include "core/text.hpp"

namespace core {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int max_idle_rounds = 12;
constexpr milliseconds pause_step{40};
constexpr milliseconds yield_spread{600};
/// Before publishing the tag is asked for again when the last answer is older.
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
  // What must not stay is taken back at once.
  const bool at_once = !to_take_back_.empty() && taken_back_in_vain_.empty();
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

milliseconds Session::random_pause(milliseconds longest) {
  std::uniform_int_distribution<milliseconds::rep> range(0, longest.count());
  return milliseconds(range(random_));
}

}  // namespace core
