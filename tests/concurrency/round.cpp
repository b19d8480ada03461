// SPDX-License-Identifier: MIT
#include "concurrency/round.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <memory>

#include "support/rules.hpp"

namespace concurrency {
namespace {

using std::chrono::milliseconds;

constexpr int longest_row_delay_ms = 400;

std::string next_tag() {
  static std::atomic<int> last = 0;
  return fmt::format("v1.0.{}", ++last);
}

void fill(support::Workspace& workspace, const Job& job, const std::string& tag) {
  std::string patterns;
  for (const auto& [name, content] : job.files) {
    workspace.file(name, content);
    patterns += name + "\n";
  }
  if (!patterns.empty()) workspace.input("files", patterns);
  if (!job.commit.empty()) workspace.variable("GITHUB_SHA", job.commit);
  if (job.dispatched) workspace.on_branch().input("tag_name", tag);
  for (const auto& [name, value] : job.inputs) workspace.input(name, value);
}

/// A job that starts, or one that is killed.
struct Event {
  int after_ms = 0;
  std::size_t job = 0;
  bool kills = false;
};

std::vector<Event> schedule_of(const std::vector<Job>& jobs) {
  std::vector<Event> events;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    events.push_back({jobs[i].starts_after_ms, i, false});
    if (jobs[i].killed_after_ms) {
      events.push_back({jobs[i].starts_after_ms + *jobs[i].killed_after_ms, i, true});
    }
  }
  std::stable_sort(events.begin(), events.end(),
                   [](const Event& a, const Event& b) { return a.after_ms < b.after_ms; });
  return events;
}

/// The requests of one job, in the order of their arrival.
bool is_overtaken(const std::vector<const Logged*>& own) {
  const auto look =
      std::find_if(own.rbegin(), own.rend(), [](const Logged* one) { return is_read(*one); });
  return look != own.rend() && std::any_of(own.begin(), own.end(), [&](const Logged* one) {
           return one->write() && one->ended_ms > (*look)->started_ms;
         });
}

}  // namespace

std::map<std::string, std::set<std::string>> brought_by(const std::vector<Job>& jobs) {
  std::map<std::string, std::set<std::string>> assets;
  for (const Job& job : jobs) {
    for (const auto& [name, content] : job.files) assets[name].insert(content);
  }
  return assets;
}

Round::Round(RoundServer& round_server, std::size_t jobs, unsigned seed)
    : tag(next_tag()),
      commit(round_server.server().commit()),
      job_count(jobs),
      round_server_(round_server),
      random_(seed),
      onlooker_(round_server.server(), tag) {
  round_server_.begin();
  expect_commit(commit);
}

int Round::between(int low, int high) {
  return low + static_cast<int>(random_() % static_cast<unsigned>(high - low + 1));
}

std::string Round::content() {
  std::string bytes(static_cast<std::size_t>(between(1, 20'000)), '\0');
  for (char& byte : bytes) byte = static_cast<char>(random_());
  return bytes;
}

Tag Round::any_tag() { return static_cast<Tag>(between(0, 2)); }

void Round::prepare(Tag when) {
  if (when == Tag::absent) return;
  const int longest = chance(60) ? longest_row_delay_ms / 5 : longest_row_delay_ms;
  const int delay = when == Tag::just_before ? between(0, longest) : 0;
  server().push_tag(tag, delay);
  row_due_ = Clock::now() + milliseconds(delay);
}

std::vector<Job> Round::jobs_with_own_files() {
  std::vector<Job> jobs(job_count);
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    jobs[i].files[fmt::format("asset-{:02}.bin", i)] = content();
    jobs[i].commit = commit;
    jobs[i].dispatched = !row_due_;
    jobs[i].starts_after_ms = chance(50) ? 0 : between(0, 120);
  }
  return jobs;
}

std::vector<JobEnd> Round::run_together(const std::vector<Job>& jobs,
                                        const std::function<void()>& meanwhile) {
  std::vector<std::unique_ptr<support::Workspace>> workspaces;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    auto workspace = std::make_unique<support::Workspace>(server(), tag);
    workspace->variable("INPUT_TOKEN", round_server_.token(i));
    fill(*workspace, jobs[i], tag);
    workspaces.push_back(std::move(workspace));
  }
  std::vector<std::unique_ptr<support::Process>> processes(jobs.size());
  std::jthread beside;
  if (meanwhile) beside = std::jthread(meanwhile);
  const auto begin = Clock::now();
  for (const Event& event : schedule_of(jobs)) {
    std::this_thread::sleep_until(begin + milliseconds(event.after_ms));
    if (event.kills) {
      processes[event.job]->kill(SIGKILL);
    } else {
      if (jobs[event.job].before_start) jobs[event.job].before_start();
      processes[event.job] = workspaces[event.job]->start();
    }
  }
  std::vector<JobEnd> ended(jobs.size());
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    ended[i].run = workspaces[i]->result_of(*processes[i]);
    ended[i].account = RoundServer::account(i);
    ended[i].killed = ended[i].run.status == 128 + SIGKILL;
  }
  seconds = std::max(seconds, std::chrono::duration<double>(Clock::now() - begin).count());
  if (beside.joinable()) beside.join();
  tally(ended);
  return ended;
}

void Round::run_unfinished_again(const std::vector<Job>& jobs, const std::vector<JobEnd>& ended) {
  calm();
  std::vector<Job> again;
  for (std::size_t i = 0; i < jobs.size(); ++i) {
    if (ended[i].killed) count("killed");
    if (ended[i].overtaken && !ended[i].killed) count("overtaken");
    if (!ended[i].killed && !ended[i].overtaken) continue;
    again.push_back(jobs[i]);
    again.back().killed_after_ms.reset();
    again.back().starts_after_ms = 0;
  }
  if (!again.empty()) expect_success(run_together(again));
}

void Round::tally(std::vector<JobEnd>& ended) {
  const auto asked = round_server_.take_requests();
  for (JobEnd& end : ended) {
    std::vector<const Logged*> own;
    for (const Logged& one : asked) {
      if (one.account == end.account) own.push_back(&one);
    }
    end.overtaken = is_overtaken(own);
    for (const Logged* one : own) {
      ++end.requests;
      if (is_read(*one)) ++end.looks;
      if (one->write()) ++end.writes;
      if (is_upload(*one)) ++end.uploads;
    }
    if (!end.killed) {
      for (const std::string& broken : broken_rules(own, end.run.status == 0)) {
        if (broken == support::notes_without_flag && notes_without_flag_) continue;
        failures.push_back(end.account + " " + broken);
      }
    }
    ends.push_back(end);
  }
  requests_.insert(requests_.end(), asked.begin(), asked.end());
}

void Round::expect(bool condition, const std::string& what) {
  if (!condition) failures.push_back(what);
}

void Round::expect_success(const std::vector<JobEnd>& ended) {
  for (const JobEnd& end : ended) {
    if (end.killed) continue;
    expect(end.run.status == 0, fmt::format("{} ended with {}", end.account, end.run.status));
  }
}

void Round::expect_complete(const std::vector<Job>& jobs) {
  for (const Job& job : jobs) {
    std::set<std::string> names;
    for (const auto& [name, content] : job.files) names.insert(name);
    expected_.complete.push_back(names);
  }
}

}  // namespace concurrency
