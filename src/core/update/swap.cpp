// SPDX-License-Identifier: MIT
#include "core/update/swap.hpp"

#include <fmt/format.h>

#include <utility>

namespace core {
namespace {

/// The decision for one state.
class Swap {
 public:
  Swap(const Journal& journal, const Folders& folders, const RefusedActs& refused)
      : journal_(journal), folders_(folders), refused_(refused) {}

  SwapStep decide() const {
    switch (journal_.phase) {
      case Phase::asked:
        return asked();
      case Phase::flip:
        return flip();
      case Phase::trial:
        return trial();
      case Phase::back:
        return back();
      default:
        return {SwapAct::start, journal_};
    }
  }

 private:
  SwapStep asked() const {
    if (!has_old()) return abandon("the application was replaced before the update began");
    if (!folders_.ready) return abandon(fmt::format("the files of {} are missing", to()));
    if (journal_.with_snapshot && !folders_.snapshot) {
      if (is_refused(SwapAct::take_snapshot)) {
        return abandon(fmt::format("the data could not be saved, so {} was not installed", to()));
      }
      return {SwapAct::take_snapshot, journal_};
    }
    Journal journal = journal_;
    journal.phase = Phase::flip;
    return write(journal);
  }

  SwapStep flip() const {
    if (has_new()) {
      Journal journal = journal_;
      journal.phase = Phase::trial;
      journal.tries = max_tries;
      return write(journal);
    }
    const bool may_go_on = folders_.ready && !is_refused(SwapAct::move_new_in);
    if (has_old()) {
      if (!may_go_on || is_refused(SwapAct::move_old_out)) {
        return abandon(fmt::format("{} could not be installed: {}", to(), why_not()));
      }
      if (!is_data_saved()) return asked_again();
      return {SwapAct::move_old_out, journal_};
    }
    if (!folders_.current.empty()) return abandon("the application was replaced during the update");
    return may_go_on && is_data_saved() ? SwapStep{SwapAct::move_new_in, journal_} : old_one();
  }

  /// The old version was started once more, and may have changed its data since the snapshot.
  SwapStep asked_again() const {
    Journal journal = journal_;
    journal.phase = Phase::asked;
    return write(journal);
  }

  SwapStep trial() const {
    if (!has_new()) return abandon("the application was replaced during the update");
    Journal journal = journal_;
    if (journal.tries > 0) {
      --journal.tries;
      return {SwapAct::start, journal};
    }
    journal.phase = Phase::back;
    return write(journal);
  }

  SwapStep back() const {
    if (has_old()) {
      if (journal_.payload.empty()) {  // the user's own way back
        return write(idle({Outcome::Kind::rolled_back, from(), to(),
                           fmt::format("went back from {} to {}", to(), from())}));
      }
      Journal journal = idle({Outcome::Kind::returned, from(), to(),
                              fmt::format("{} did not work; {} is back", to(), from())});
      journal.failed.push_back({to(), journal_.payload});
      return write(journal);
    }
    const bool is_foreign = !folders_.current.empty() && !has_new();
    if (is_foreign) return abandon("the application was replaced during the update");
    if (!folders_.previous) return without_previous();
    if (journal_.with_snapshot && !journal_.data_returned) {
      if (is_refused(SwapAct::return_snapshot)) return {SwapAct::give_up, journal_};
      Journal journal = journal_;
      journal.data_returned = true;
      return {SwapAct::return_snapshot, journal};
    }
    if (!has_new()) return old_one();
    if (is_refused(SwapAct::move_new_out)) return {SwapAct::start_previous, journal_};
    return {SwapAct::move_new_out, journal_};
  }

  /// Puts the old version back, or starts it where it is.
  SwapStep old_one() const {
    if (!folders_.previous) return {SwapAct::give_up, journal_};
    const bool is_stuck = is_refused(SwapAct::move_old_in);
    return {is_stuck ? SwapAct::start_previous : SwapAct::move_old_in, journal_};
  }

  /// Somebody deleted the old version: the new one is all there is.
  SwapStep without_previous() const {
    if (has_new()) return abandon(fmt::format("{} is missing, so {} stays", from(), to()));
    return {SwapAct::give_up, journal_};
  }

  SwapStep abandon(const std::string& why) const {
    const bool is_new = has_new();
    return write(idle({Outcome::Kind::abandoned, folders_.current, is_new ? from() : to(), why}));
  }

  /// If the journal cannot be written, for example on a full disk, the application is started all
  /// the same, and the next start decides again.
  SwapStep write(const Journal& journal) const {
    if (is_refused(SwapAct::write)) return {SwapAct::start, journal_};
    return {SwapAct::write, journal};
  }

  Journal idle(Outcome outcome) const {
    Journal journal = journal_;
    journal.phase = Phase::idle;
    journal.old_version.clear();
    journal.new_version.clear();
    journal.payload.clear();
    journal.with_snapshot = journal.data_returned = false;
    journal.tries = journal.given_back = 0;
    journal.outcome = std::move(outcome);
    return journal;
  }

  std::string why_not() const {
    return folders_.ready ? "a folder is in use, or may not be changed" : "its files are missing";
  }

  bool is_refused(SwapAct act) const { return refused_.contains(act); }
  bool is_data_saved() const { return folders_.snapshot || !journal_.with_snapshot; }
  bool has_old() const { return folders_.current == from(); }
  bool has_new() const { return folders_.current == to(); }
  const std::string& from() const { return journal_.old_version; }
  const std::string& to() const { return journal_.new_version; }

  const Journal& journal_;
  const Folders& folders_;
  const RefusedActs& refused_;
};

}  // namespace

SwapStep next_step(const Journal& journal, const Folders& folders, const RefusedActs& refused) {
  return Swap(journal, folders, refused).decide();
}

Journal after_trial(Journal journal, TrialEnd end) {
  if (journal.phase != Phase::trial || end == TrialEnd::failed) return journal;
  if (end == TrialEnd::healthy) {
    Journal done;
    done.outcome = {Outcome::Kind::updated, journal.new_version, journal.old_version,
                    fmt::format("updated from {} to {}", journal.old_version, journal.new_version)};
    done.adopt_after = journal.old_version;
    done.failed = std::move(journal.failed);
    done.skipped = std::move(journal.skipped);
    done.withdrawn = std::move(journal.withdrawn);
    return done;
  }
  if (journal.given_back < max_given_back) {
    ++journal.given_back;
    ++journal.tries;
  }
  return journal;
}

Journal ask_for(Journal journal, const std::string& current, const std::string& new_version,
                const Digest& payload, bool with_snapshot) {
  journal.phase = Phase::asked;
  journal.old_version = current;
  journal.new_version = new_version;
  journal.payload = payload;
  journal.with_snapshot = with_snapshot;
  journal.outcome = {};
  return journal;
}

Journal roll_back(Journal journal, const std::string& current, const std::string& old_version,
                  bool with_data) {
  journal.phase = Phase::back;
  journal.old_version = old_version;
  journal.new_version = current;
  journal.with_snapshot = with_data;
  if (!journal.is_skipped(current)) journal.skipped.push_back(current);
  return journal;
}

}  // namespace core
