// SPDX-License-Identifier: MIT
// What must hold after the attempts of a runner.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "core/text/text.hpp"
#include "faults/case_runner.hpp"
#include "support/rules.hpp"

namespace faults {
namespace {

using std::chrono::milliseconds;
using support::Logged;

std::vector<std::string> lines_with(const std::string& text, const std::string& start) {
  auto lines = core::lines(text);
  std::erase_if(lines, [&](const std::string& line) { return !line.starts_with(start); });
  return lines;
}

bool says_one_of(const std::string& text, const std::vector<std::string>& wanted) {
  return wanted.empty() || std::any_of(wanted.begin(), wanted.end(), [&](const std::string& one) {
           return text.find(one) != std::string::npos;
         });
}

}  // namespace

void CaseRunner::check_ending(const Attempt& attempt, const Case& one) {
  const Fault& fault = *one.fault;
  const Expected expected = fault.expected(one.exchange);
  const support::Run& run = attempt.run;
  const bool shut_from_the_start = fault.refused_ms && one.number == 1;
  expect(was_struck(attempt.log) || shut_from_the_start, "THE FAULT STRUCK NOTHING");
  expect(run.status == expected.status || (expected.or_success && run.status == 0),
         fmt::format("ENDED WITH {}, not {} ({})", run.status, expected.status, fault.why));
  const auto errors = lines_with(run.log, "::error::");
  const bool is_silent = expected.or_success && run.status == 0;
  expect(
      is_silent || says_one_of(run.status == 0 ? run.log : core::join(errors, ""), expected.says),
      "SAYS NOT '" + core::join(expected.says, "' or '") + "'");
  const bool has_to_say_why = run.status == 1 || run.status == 2;
  expect(errors.size() == (has_to_say_why ? 1U : 0U), "NOT ONE ERROR LINE");
  for (const std::string& warning : lines_with(run.log, "::warning::")) {
    expect(is_expected_warning(warning, one), "WARNS OF NOTHING: " + warning);
  }
  expect(attempt.took <= fault.longest, "TOOK TOO LONG");
  expect(!elsewhere_.was_visited(), "ANOTHER HOST WAS ASKED");
}

bool CaseRunner::is_expected_warning(const std::string& warning, const Case& one) const {
  std::vector<std::string> expected = one.fault->expected(one.exchange).says;
  const auto& of_others = one.fault->others.warnings;
  expected.insert(expected.end(), of_others.begin(), of_others.end());
  if (!fixture_.usual_warning.empty()) expected.push_back(fixture_.usual_warning);
  return !expected.empty() && says_one_of(warning, expected);
}

void CaseRunner::check_tag(const Case& one) {
  if (!one.fault->others.leave_tag_to_run || !server_.has_release(fixture_.tag)) return;
  if (server_.release(fixture_.tag).draft) return;
  expect(server_.tag_commit(fixture_.tag) == fixture_.built(), "THE TAG IS AT ANOTHER COMMIT");
}

/// A run that learns that the tag has moved or is gone must not continue as if it had not.
void CaseRunner::check_tag_questions(const Attempt& attempt, const Case& one) {
  if (!one.fault->others.change_tag || attempt.run.status != 0) return;
  bool has_changed = false;
  bool has_asked = false;
  for (const Logged& asked : attempt.log) {
    has_changed = has_changed || !asked.fault.empty();
    if (asked.method != "GET" || !asked.path.ends_with("/tags/" + fixture_.tag)) continue;
    if (asked.path.find("/releases/") != std::string::npos) continue;
    expect(!has_asked || !has_changed, "WENT ON THOUGH THE TAG IS NOT WHAT IT WAS");
    has_asked = !has_changed;
  }
}

/// The run could not know what was done to it: nothing may be wrong, and the same run again is
/// correct.
void CaseRunner::check_until_run_again(const Attempt& attempt, const Case& one) {
  check_tag_questions(attempt, one);
  check_tag(one);
  const support::Found found = support::compare(server_, fixture_.tag, fixture_.wanted);
  failures.insert(failures.end(), found.lies.begin(), found.lies.end());
  if (one.fault->others.afterwards) one.fault->others.afterwards(fixture_);
  const std::size_t before = failures.size();
  run_again(false);
  check_end();
  failed_first = attempt.run.status != 0 && failures.size() == before;
}

void CaseRunner::check_requests(const Attempt& attempt) {
  std::vector<const Logged*> own;
  std::map<std::string, int> stored;  // completely, by address
  for (const Logged& one : attempt.log) {
    own.push_back(&one);
    if (support::is_upload(one) && one.carried_out == 201 && one.fault != "truncate") {
      expect(++stored[one.path] == 1 || may_send_again_, "SENT AGAIN WHAT HAD LANDED: " + one.path);
    }
  }
  for (const std::string& broken : support::broken_rules(own, attempt.run.status == 0)) {
    // A release that the server has turned into a draft counts as another user's: its flag is not
    // changed.
    if (broken == support::notes_without_flag && may_hide_) continue;
    failures.push_back(broken);
  }
}

/// After a response that says when to try again.
void CaseRunner::check_pause(const Attempt& attempt, milliseconds pause) {
  const auto struck = std::find_if(attempt.log.begin(), attempt.log.end(),
                                   [](const Logged& one) { return !one.fault.empty(); });
  if (pause.count() == 0 || struck == attempt.log.end()) return;
  for (auto next = struck + 1; next != attempt.log.end(); ++next) {
    if (next->method != struck->method || next->path != struck->path) continue;
    expect(next->started_ms - struck->started_ms >= pause.count(), "CAME AGAIN BEFORE ITS TIME");
    return;
  }
}

/// An incomplete upload is deleted, even if the run fails.
void CaseRunner::check_sizes() {
  if (!server_.has_release(fixture_.tag)) return;
  for (const support::Asset& asset : server_.release(fixture_.tag).assets) {
    expect(asset.size != short_size, "A SHORT FILE IS LEFT: " + asset.name);
  }
}

void CaseRunner::check_end() {
  const support::Found found = support::compare(server_, fixture_.tag, fixture_.wanted);
  failures.insert(failures.end(), found.faults.begin(), found.faults.end());
  expect(found.entries_missing == fixture_.unrecorded,
         fmt::format("{} ENTRIES MISSING in the record", found.entries_missing));
  expect(found.sums_missing == 0, fmt::format("{} SUMS MISSING", found.sums_missing));
}

}  // namespace faults
