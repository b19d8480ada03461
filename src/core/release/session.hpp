// SPDX-License-Identifier: MIT
// One run, as a state machine: which actions are done next, and what their results mean. It knows no
// server, file or clock; whoever drives it carries the actions out in order and tells how each ended:
//
//   while (!session.ended()) {
//     for (const Action& action : session.next(now).now) {
//       if (!session.done(action, carry_out(action), now)) break;
//     }
//   }
//
// A lost answer, a competing job and a killed run are all the same case: the session looks again, and
// plans what still differs.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "core/error.hpp"
#include "core/release/built_commit.hpp"
#include "core/release/plan.hpp"

namespace core {

/// What came of an action. Each action fills what it asks for.
struct Ok {
  std::optional<Release> release =
      {};  ///< Look (absent: there is none), CreateRelease, EditRelease
  std::chrono::sys_seconds server_time = {};  ///< Look
  std::optional<Tag> tag = {};                ///< ConfirmTag (absent: there is none)
  std::optional<Asset> asset = {};            ///< UploadAsset, NoteDigest
  std::map<Algorithm, Digest> digests = {};   ///< UploadAsset, HashFile, ReadAsset (absent:
                                              ///< it could not be read)
  std::optional<std::string> text = {};       ///< ResolveTarget, GenerateNotes, ReadChecksums
};

/// Nobody knows whether it was carried out: no answer came, or one that says "later".
struct Unknown {
  Error error;
  std::map<Algorithm, Digest> digests = {};  ///< UploadAsset: of all bytes, where all were sent
};

/// It was not carried out, and doing it again will not help.
struct Refused {
  Error error;
};

using Result = std::variant<Ok, Unknown, Refused>;

enum class IfExists { update, skip, fail };

/// What a session has to know of the job that it is part of.
struct SessionOptions {
  IfExists if_exists = IfExists::update;
  bool generate_notes = false;
  BuiltCommit built;
  int retries = 5;  ///< failures in a row that are not final
  /// How long to wait before try number 2, 3, …; the server may ask for a time.
  std::function<std::chrono::milliseconds(int, std::optional<std::chrono::seconds>)> backoff = {};
  unsigned seed = 1;  ///< of the pauses
};

class Session {
 public:
  Session(Desired desired, SessionOptions options);

  /// The next step; empty once the session has ended.
  Step next(Time now);

  /// Takes a result. False: the rest of the step is not to be carried out.
  bool done(const Action& action, const Result& result, Time now);

  bool ended() const { return ended_; }
  /// In how many steps in a row such an action has failed, though not for good.
  int failures(const Action& action) const;
  const std::optional<Error>& error() const { return error_; }  ///< it ended with

  /// Whether the release has to be looked at while files are uploaded.
  bool watches(Time now) const;
  /// What that look leads to, if anything.
  std::optional<EditRelease> put_back(const std::optional<Release>& look);

  // How far it came; also valid after it failed.
  const Desired& desired() const { return desired_; }
  const Snapshot& snapshot() const { return snapshot_; }
  const Memory& memory() const { return memory_; }
  const std::vector<std::string>& missing() const { return missing_; }
  const std::vector<std::string>& unknown() const { return unknown_; }
  bool skipped() const { return skipped_; }
  bool wrote() const { return waits_.wrote; }
  bool has_replaced(const std::string& name) const { return replaced_.contains(name); }

 private:
  /// What the session is at.
  enum class Phase {
    starting,    ///< the first look, and the tag's commit
    resolving,   ///< there is no tag: the commit that it will be made at
    describing,  ///< notes from the commits, where they are wanted
    working,
    ending,  ///< with error_, once what must not stay is taken back
  };

  // session.cpp: which step is next
  Step decide(Time now);
  Step look();
  Step start();
  Step work(Time now);
  Step take_back();
  void check_clashes(const Step& step);
  void note_waits(Step& step);
  void count_idle(const Step& step);
  void end(Error error);
  void take_back_and_end(Error error);

  // session_commit.cpp: the tag, and runs of another commit
  Step confirm_tag();
  std::optional<Step> meet_other_commit(Time now);
  std::optional<Step> meet_other_commit_without_tag(Time now);
  void take_tag(const std::optional<Tag>& tag, Time now);
  std::string words_of_taking_back() const;  ///< behind a sentence; "" where it uploaded nothing

  // session_results.cpp: what was carried out
  void take_ok(const Action& action, const Ok& result, Time now);
  void take_look(const Ok& result, Time now);
  void take_release(const Release& created, Time now);
  bool take_upload(const UploadAsset& action, const Ok& result);
  void take_edit(const EditRelease& action, Time now);
  void take_hashes(const HashFile& action, const Ok& result);
  void adopt_lost_uploads();

  // session_failures.cpp: what was not, or perhaps
  bool take_failure(const Action& action, const Unknown& failure);
  bool take_refusal(const Action& action, const Refused& refusal);
  bool take_taking_back(const Action& action, const Result& result);

  // session_watch.cpp: a draft that the server turns public
  void begin_watch(Time now);

  std::chrono::milliseconds random_pause(std::chrono::milliseconds longest);

  static constexpr std::chrono::seconds watch_time{10};

  Desired desired_;
  const SessionOptions options_;
  Memory memory_;
  Snapshot snapshot_;
  Waits waits_;
  Phase phase_ = Phase::starting;
  Rule rule_ = Rule::done;  ///< of the step that is being carried out
  bool ended_ = false;
  bool skipped_ = false;
  std::optional<Error> error_;
  std::vector<std::string> warnings_;  ///< for the next step
  std::vector<std::string> missing_;
  std::vector<std::string> unknown_;
  std::set<std::string> replaced_;  ///< names whose uploads took the place of older assets
  std::vector<Asset> own_entries_;
  std::vector<Asset> to_take_back_;
  std::map<std::uint64_t, int> taken_back_in_vain_;  ///< how often, by asset

  bool has_look_ = false;  ///< the snapshot has not been acted upon yet
  bool checked_clashes_ = false;
  bool tag_was_there_ = false;
  bool tag_confirmed_ = false;         ///< directly before the snapshot was taken
  bool has_tried_to_publish_ = false;  ///< in vain, or without an answer
  Time tag_asked_{};
  std::chrono::milliseconds pause_{0};    ///< before the next step
  std::map<std::size_t, int> failures_;   ///< steps in a row, of each kind of action
  std::set<std::size_t> failed_in_step_;  ///< uploads go side by side, and fail together
  int rounds_ = 0;
  int idle_rounds_ = 0;  ///< in which nothing changed
  std::string last_state_;
  std::string looked_state_;
  std::minstd_rand random_;

  std::optional<Time> watch_until_;
  bool watch_decided_ = false;
  bool has_flipped_ = false;  ///< the server has turned the draft public, which it does once
  std::optional<Time> public_since_;  ///< with the mark

  bool had_own_mark_ = false;               ///< the release was being filled for our commit
  std::optional<Time> other_commit_since_;  ///< its draft has not moved
  std::string other_commit_state_;
};

}  // namespace core
