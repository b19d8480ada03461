// SPDX-License-Identifier: MIT
// One run as a state machine: decides which actions come next, and what their results mean. It uses
// no server, file or clock; the caller carries the actions out in order and passes the results
// back:
//
//   while (!session.ended()) {
//     for (const Action& action : session.next(now).now) {
//       if (!session.done(action, carry_out(action), now)) break;
//     }
//   }
// A lost response, a parallel job and a killed run are handled in the same way: the session reads
// the release again, and plans what still differs.
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

/// The result of a successful action. Each action sets the members that it returns.
struct Ok {
  std::optional<Release> release =
      {};  ///< ReadRelease (absent if there is none), CreateRelease, EditRelease
  std::chrono::sys_seconds server_time = {};  ///< ReadRelease
  std::optional<Tag> tag = {};                ///< ConfirmTag (absent if there is none)
  std::optional<Asset> asset = {};            ///< UploadAsset, AnnounceDigest
  std::map<Algorithm, Digest> digests =
      {};  ///< UploadAsset, HashFile, ReadAsset (empty if it could not be read)
  std::optional<std::string> text = {};  ///< ResolveTarget, GenerateNotes, ReadChecksums
};

/// It is unknown whether the action was carried out: no response came, or one that says to retry
/// later.
struct Unknown {
  Error error;
  std::map<Algorithm, Digest> digests = {};  ///< UploadAsset, if all bytes were sent
};

/// The action was not carried out, and a retry would not help.
struct Refused {
  Error error;
};

using Result = std::variant<Ok, Unknown, Refused>;

enum class IfExists { update, skip, fail };

/// The settings of a session.
struct SessionOptions {
  IfExists if_exists = IfExists::update;
  bool generate_notes = false;
  bool lacks_files = false;  ///< the input `files` is set, but no pattern matched a file
  BuiltCommit built;
  int retries = 5;  ///< how many failures in a row are retried
  /// How long to wait before attempt number 2, 3, …; the second argument is the server's
  /// Retry-After.
  std::function<std::chrono::milliseconds(int, std::optional<std::chrono::seconds>)> backoff = {};
  unsigned seed = 1;  ///< for the random pauses
};

class Session {
 public:
  Session(Desired desired, SessionOptions options);

  /// The next step; empty once the session has ended.
  Step next(Time now);

  /// Processes a result. Returns false if the rest of the step must not be carried out.
  bool done(const Action& action, const Result& result, Time now);

  bool ended() const { return ended_; }
  /// In how many steps in a row this kind of action has failed with a result of Unknown.
  int failures(const Action& action) const;
  const std::optional<Error>& error() const { return error_; }  ///< the error with which it ended

  /// Whether the release has to be read regularly while files are uploaded.
  bool watches(Time now) const;
  /// The edit that follows from such a read, if any.
  std::optional<EditRelease> put_back(const std::optional<Release>& release);

  // The progress; also valid after a failure.
  const Desired& desired() const { return desired_; }
  const Snapshot& snapshot() const { return snapshot_; }
  const Memory& memory() const { return memory_; }
  const std::vector<std::string>& missing() const { return missing_; }
  const std::vector<std::string>& unknown() const { return unknown_; }
  bool skipped() const { return skipped_; }
  bool wrote() const { return waits_.wrote; }
  bool has_replaced(const std::string& name) const { return replaced_.contains(name); }

 private:
  /// The phases of a session.
  enum class Phase {
    starting,    ///< read the release and the tag for the first time
    resolving,   ///< there is no tag: resolve the commit at which it will be created
    describing,  ///< generate notes from the commits, if configured
    working,
    ending,  ///< delete uploads that must not stay, then end with error_
  };

  // session.cpp: the next step
  Step decide(Time now);
  Step read_release();
  Step start();
  bool would_publish_nothing() const;
  void use_tag_message();
  Step work(Time now);
  Step take_back();
  void check_clashes(const Step& step);
  void note_waits(Step& step);
  void count_idle(const Step& step);
  void end(Error error);
  void take_back_and_end(Error error);

  // session_commit.cpp: the tag, and runs for another commit
  Step confirm_tag();
  std::optional<Step> meet_other_commit(Time now);
  std::optional<Step> meet_other_commit_without_tag(Time now);
  void take_tag(const std::optional<Tag>& tag, Time now);
  std::string words_of_taking_back() const;  ///< the end of a message; "" if it uploaded nothing

  // session_results.cpp: actions that succeeded
  void take_ok(const Action& action, const Ok& result, Time now);
  void take_snapshot(const Ok& result, Time now);
  void take_release(const Release& created, Time now);
  bool take_upload(const UploadAsset& action, const Ok& result);
  void take_edit(const EditRelease& action, Time now);
  void take_hashes(const HashFile& action, const Ok& result);
  void adopt_lost_uploads();

  // session_failures.cpp: actions that failed, or may have failed
  bool take_failure(const Action& action, const Unknown& failure);
  bool take_refusal(const Action& action, const Refused& refusal);
  bool take_taking_back(const Action& action, const Result& result);

  // session_watch.cpp: a draft that the server publishes
  void begin_watch(Time now);

  std::chrono::milliseconds random_pause(std::chrono::milliseconds longest);

  static constexpr std::chrono::seconds watch_time{10};

  Desired desired_;
  const SessionOptions options_;
  Memory memory_;
  Snapshot snapshot_;
  Waits waits_;
  Phase phase_ = Phase::starting;
  Rule rule_ = Rule::done;  ///< of the current step
  bool ended_ = false;
  bool skipped_ = false;
  std::optional<Error> error_;
  std::vector<std::string> warnings_;  ///< for the next step
  std::vector<std::string> missing_;
  std::vector<std::string> unknown_;
  std::set<std::string> replaced_;  ///< names of uploads that replaced older assets
  std::vector<Asset> own_announcements_;
  std::vector<Asset> to_take_back_;
  std::map<std::uint64_t, int>
      failed_deletes_;  ///< how often deleting an upload of this run failed, by asset

  bool has_snapshot_ = false;  ///< the snapshot has not been used yet
  bool checked_clashes_ = false;
  std::string tag_message_;
  bool tag_was_there_ = false;
  bool tag_confirmed_ = false;         ///< the tag was read directly before the snapshot
  bool has_tried_to_publish_ = false;  ///< publishing failed or got no response
  Time tag_asked_{};
  std::chrono::milliseconds pause_{0};  ///< before the next step
  std::map<std::size_t, int>
      failures_;  ///< number of failed steps in a row, for each kind of action
  std::set<std::size_t> failed_in_step_;  ///< counts parallel uploads that fail together only once
  int rounds_ = 0;
  int idle_rounds_ = 0;  ///< in a row, without any change on the server
  std::string last_state_;
  std::string snapshot_state_;
  std::minstd_rand random_;

  std::optional<Time> watch_until_;
  bool watch_decided_ = false;
  bool has_flipped_ = false;  ///< the server has published the draft, which it does only once
  std::optional<Time> public_since_;  ///< since when the release is public with the mark

  bool had_own_mark_ = false;  ///< the release was once being filled for our commit
  std::optional<Time>
      other_commit_since_;  ///< since when the draft of another commit has not changed
  std::string other_commit_state_;
};

}  // namespace core
