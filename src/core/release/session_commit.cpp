// SPDX-License-Identifier: MIT
// The commit of a session: its tag may move, go or come, and another run may fill the release for
// another commit.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/release/session.hpp"
#include "core/text.hpp"

namespace core {
namespace {

/// A draft of another commit in which nothing moves for so long has no live run.
constexpr std::chrono::seconds quiet_time{30};
constexpr std::chrono::milliseconds quiet_interval{2000};
/// Jobs of one matrix may start and end far apart.
constexpr std::chrono::hours quiet_time_of_a_set{1};

/// When anything was last added to it, by the server's clock.
std::chrono::sys_seconds last_change(const Release& release) {
  std::chrono::sys_seconds last = release.created;
  for (const Asset& asset : release.assets) last = std::max(last, asset.created);
  return last;
}

}  // namespace

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

}  // namespace core
