// SPDX-License-Identifier: MIT
// The commit of a session: its tag may be moved, deleted or created, and another run may fill the
// release for another commit.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/release/session.hpp"
#include "core/text/text.hpp"

namespace core {
namespace {

/// If a draft of another commit does not change for this time, its run has ended.
constexpr std::chrono::seconds quiet_time{30};
constexpr std::chrono::milliseconds quiet_interval{2000};
/// Jobs of one matrix may start and end far apart.
constexpr std::chrono::hours quiet_time_of_a_set{1};

/// When something was last added to the release, by the server's clock.
std::chrono::sys_seconds last_change(const Release& release) {
  std::chrono::sys_seconds last = release.created;
  for (const Asset& asset : release.assets) last = std::max(last, asset.created);
  return last;
}

}  // namespace

/// Handles a release that is being filled for another commit. The run with the commit of the tag
/// may start it over.
std::optional<Step> Session::meet_other_commit(Time now) {
  const auto& mark = snapshot_.notes.mark;
  if (!mark || *mark == memory_.commit) {
    had_own_mark_ = had_own_mark_ || mark;
    other_commit_since_.reset();
    return std::nullopt;
  }
  if (!memory_.tag_exists) return meet_other_commit_without_tag(now);
  if (tag_confirmed_) {
    warnings_.emplace_back("the tag was moved after this draft was created: starting over");
    return std::nullopt;
  }
  return confirm_tag();
}

/// Reads the tag, and directly afterwards the release.
Step Session::confirm_tag() {
  has_snapshot_ = false;
  Step step;
  step.now.emplace_back(ConfirmTag{desired_.tag});
  return step;
}

/// Without a tag it is unknown which of two commits is the right one: this run ends if the other
/// run is still active, and otherwise takes over its draft.
std::optional<Step> Session::meet_other_commit_without_tag(Time now) {
  const std::string other = *snapshot_.notes.mark;
  const std::string state = state_of(snapshot_);
  const bool moves = other_commit_since_ && state != other_commit_state_;
  const bool was_ours = had_own_mark_ || memory_.created || !memory_.sent.empty();
  const bool is_of_a_set = !desired_.required.empty() || !snapshot_.announcements.empty();
  const bool is_recent =
      snapshot_.server_time - last_change(*snapshot_.release) < quiet_time_of_a_set;
  if (moves || was_ours || (is_of_a_set && is_recent)) {
    if (!tag_confirmed_) return confirm_tag();  // the other run or a push may have created it
    take_back_and_end(
        Error(Fault::failed,
              fmt::format("another run is filling the release {} for commit {}, but this run is "
                          "for commit {}; the tag does not exist yet, so this run stops",
                          desired_.tag, one_line(other), memory_.commit),
              "Push the tag for the commit that you want to release, and run this again. If the "
              "other run has failed, you can also delete its draft."));
    return Step{};
  }
  if (!other_commit_since_) {
    other_commit_since_ = now;
    other_commit_state_ = state;
  }
  Step step;
  if (now - *other_commit_since_ < quiet_time) {
    step.forecast = plan(desired_, snapshot_, memory_).forecast;
    step.now.emplace_back(Wait{
        quiet_interval,
        fmt::format(
            "waiting to see whether the run that created this draft for commit {} is still active",
            one_line(other))});
    step.forecast.insert(step.forecast.begin(), step.now.front());
  } else if (!tag_confirmed_) {
    step.now.emplace_back(ConfirmTag{desired_.tag});
  } else {
    warnings_.push_back(
        fmt::format("the draft was created for commit {}, and its run has ended: starting over",
                    one_line(other)));
    return std::nullopt;
  }
  has_snapshot_ = false;
  return step;
}

void Session::take_tag(const std::optional<Tag>& tag, Time now) {
  tag_asked_ = now;
  if (phase_ == Phase::starting) {
    memory_.tag_exists = tag_was_there_ = tag.has_value();
    phase_ = tag ? Phase::describing : Phase::resolving;
    if (!tag) return;
    memory_.commit = tag->commit;
    tag_message_ = tag->message;
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
              fmt::format("the tag {} was deleted during this run{}", desired_.tag,
                          words_of_taking_back()),
              "Push the tag again: the run that the push triggers publishes the release."));
  }
  if (!tag) return;
  failures_.erase(Action(CreateTag{}).index());
  const bool was_there = std::exchange(tag_was_there_, true);
  if (tag->commit == memory_.commit) return;
  const bool is_public = snapshot_.release && !snapshot_.release->draft;
  if (rule_ == Rule::edit || (is_public && has_tried_to_publish_)) {
    return end(
        Error(Fault::failed,
              fmt::format("the release {} was published with the files of commit {}, but at the "
                          "same time another run or a user created the tag at commit {}",
                          desired_.tag, memory_.commit, tag->commit),
              "Run the workflow for the commit of the tag, or move the tag and run this again."));
  }
  take_back_and_end(
      Error(Fault::failed,
            (was_there ? fmt::format("the tag {} was moved from {} to {} during this run",
                                     desired_.tag, memory_.commit, tag->commit)
                       : fmt::format("the tag {} was created at {} during this run for {}",
                                     desired_.tag, tag->commit, memory_.commit)) +
                words_of_taking_back(),
            "The run for the new commit publishes the release."));
}

std::string Session::words_of_taking_back() const {
  return memory_.sent.empty() ? "" : "; the files that it uploaded were deleted again";
}

}  // namespace core
