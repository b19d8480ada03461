// SPDX-License-Identifier: MIT
// The end of a round: the state of the server, and what was observed on the way.
#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "concurrency/round.hpp"
#include "core/text/text.hpp"
#include "support/rules.hpp"

namespace concurrency {

namespace {

using support::Hidden;
using support::mark_in;

/// Whether a write that was in progress when the release was published can have hidden it again,
/// because its row or the read that led to it is older. This cannot be avoided on a server that
/// writes whole rows. It does not excuse a run that read the published release and hid it.
bool in_progress(const std::vector<Logged>& requests, std::int64_t published_ms,
                 std::int64_t hidden_ms) {
  constexpr std::int64_t blur_ms = 10;  // between two reads of the observer
  std::map<std::string, std::int64_t> look_of;
  for (const Logged& one : requests) {
    if (is_read(one) && is_job(one)) look_of[one.account] = one.started_ms;
    if (!is_edit(one)) continue;
    const auto look = look_of.find(one.account);
    const std::int64_t decided = look == look_of.end() ? one.started_ms : look->second;
    if (decided <= published_ms && one.ended_ms >= published_ms - blur_ms &&
        one.started_ms <= hidden_ms) {
      return true;
    }
  }
  return false;
}

}  // namespace

std::optional<Seen> Round::release_now() {
  if (!server().has_release(tag)) return std::nullopt;
  Seen now{Clock::now(), server().release(tag), ""};
  now.mark = mark_in(now.release->body);
  return now;
}

void Round::expect_final(const ExpectedRelease& final) {
  // What a late push still does to the release belongs to the outcome.
  if (row_due_) std::this_thread::sleep_until(*row_due_ + std::chrono::milliseconds(30));
  const support::Found found = support::compare(server(), tag, final);
  failures.insert(failures.end(), found.faults.begin(), found.faults.end());
  if (found.entries_missing > 0) count("entries missing", found.entries_missing);
  if (found.sums_missing > 0) count("sums missing", found.sums_missing);
}

/// A request that was given up and carried out later: nothing prevents it from changing a public
/// release.
bool Round::landed_late(const std::string& asset) const {
  return std::ranges::any_of(requests_, [&](const Logged& one) {
    return one.fault == "late" && one.status == 0 && one.path.ends_with("?name=" + asset);
  });
}

void Round::finish() {
  onlooker_.end();
  for (const std::string& entry : public_announcements(onlooker_.seen())) {
    expect(landed_late(entry), "PUBLIC " + entry);
    count("late entries in public");
  }
  for (const std::string& fault : faults_seen(onlooker_.seen(), expected_)) {
    failures.push_back(fault);
  }
  for (const Hidden& one : hidden_again(onlooker_.seen())) {
    if (deleted_by_somebody_) break;  // and created again by the next job
    expect(in_progress(requests_, round_server_.ms(one.published), round_server_.ms(one.hidden)),
           "HIDDEN after it was published");
    count("hidden for a moment");
  }
  for (const std::string& bad : onlooker_.bad_downloads()) failures.push_back(bad);
  for (const std::string& name : not_the_highest(onlooker_.seen())) {
    expect(lower_id_may_stay_, "NOT THE HIGHEST ID of " + name);
  }
  if (const auto early = public_early(onlooker_.seen()); early.count() > 0) {
    count("ms public with the mark", static_cast<int>(early.count()));
  }
  if (const auto now = release_now()) server().delete_release(now->release->id);
}

std::string Round::evidence() const {
  std::vector<std::pair<std::int64_t, std::string>> lines;
  for (const Logged& one : requests_) {
    const bool only_looked_on = one.account == round_server_.owner() && !one.write();
    if (!only_looked_on) lines.emplace_back(one.started_ms, one.line());
  }
  for (const Seen& seen : onlooker_.seen()) {
    lines.emplace_back(round_server_.ms(seen.at), "      seen: " + seen.line());
  }
  std::stable_sort(lines.begin(), lines.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  const std::int64_t begin = lines.empty() ? 0 : lines.front().first;
  std::string text;
  for (const auto& [ms, line] : lines) text += fmt::format("{:8} {}\n", ms - begin, line);
  if (!onlooker_.seen().empty() && onlooker_.seen().back().release) {
    text += "--- the notes in the end:\n" + onlooker_.seen().back().release->body + "\n";
  }
  for (const JobEnd& end : ends) {
    text += fmt::format("--- {} ended with {}\n{}", end.account, end.run.status, end.run.log);
  }
  return text;
}

}  // namespace concurrency
