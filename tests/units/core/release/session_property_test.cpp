// SPDX-License-Identifier: MIT
// Sessions with a simulated server, interleaved at random: responses are lost, requests arrive late
// or twice, edits overwrite each other, runs are killed, people and the server write in between,
// and the clock jumps. Whatever happens, the promises hold, each session ends, and running the jobs
// once more leads to the desired state.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <map>
#include <memory>
#include <set>

#include "core/text/text.hpp"
#include "units/core/release/simulated_run.hpp"

namespace simulation {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

struct Situation {
  std::vector<Job> jobs;
  Disturbances disturbances;
  bool people = false;     ///< other users write as well
  bool moves_tag = false;  ///< to the other commit
};

void somebody_writes(World& world, Random& random) {
  Server& server = world.server;
  if (!server.release) return;
  core::EditRelease edit;
  edit.changes = {"by a person"};
  if (below(random, 2) == 0) {
    edit.name = "A person's title";
  } else {
    edit.prerelease = !server.release->prerelease;
  }
  server.finish_edit(server.begin_edit(), edit, true);
}

Situation make_situation(Random& random) {
  Situation situation;
  const std::size_t count = 1 + below(random, 4);
  const bool fan_in = chance(random, 60);
  const bool checksums = chance(random, 60);
  const bool two_commits = chance(random, 15);
  for (std::size_t i = 0; i < count; ++i) {
    Job job;
    job.files["f" + std::to_string(i)] = chance(random, 50) ? "beef" : "cafe";
    if (chance(random, 30)) job.files["shared"] = chance(random, 60) ? "same" : "othr";
    if (chance(random, 20)) job.title = "Title " + std::to_string(chance(random, 80) ? 0 : i);
    job.checksums = checksums;
    if (two_commits && i % 2 == 1) job.commit = commit_b;
    situation.jobs.push_back(job);
  }
  if (fan_in) {
    for (Job& job : situation.jobs) {
      for (std::size_t i = 0; i < count; ++i) job.required.push_back("f" + std::to_string(i));
    }
  }
  if (chance(random, 70)) {
    situation.disturbances.lost_before = below(random, 8);
    situation.disturbances.lost_after = below(random, 12);
    situation.disturbances.late = below(random, 8);
    situation.disturbances.twice = below(random, 6);
    situation.disturbances.overlap = below(random, 50);
    situation.disturbances.killed = below(random, 200);
  }
  situation.people = chance(random, 20);
  const bool long_notes = chance(random, 10);
  for (Job& job : situation.jobs) job.long_notes = long_notes;
  return situation;
}

/// Runs the jobs one after the other, without faults.
void run_again(World& world, const std::vector<Job>& jobs,
               std::vector<std::unique_ptr<Run>>& runs) {
  world.disturbances = {};
  runs.clear();
  for (const Job& job : jobs) {
    runs.push_back(std::make_unique<Run>(world, job, 7));
    while (!runs.back()->is_over()) runs.back()->advance();
  }
}

/// What is wrong in the end, after the jobs of the tag's commit were run again.
std::string fault_of_end(const World& world, const std::vector<Job>& jobs) {
  const Server& server = world.server;
  if (!server.release) return "there is no release";
  if (server.release->draft) return "it is a draft";
  const std::string wrong = server.fault_in_public();
  if (!wrong.empty()) return wrong;
  std::map<std::string, std::set<std::string>> brought;
  bool checksums = false;
  for (const Job& job : jobs) {
    checksums = checksums || job.checksums;
    for (const auto& [name, content] : job.files) brought[name].insert(content);
  }
  const core::Notes notes = core::parse_notes(server.release->body, true);
  for (const auto& [name, contents] : brought) {
    const auto have = server.named(name);
    if (have.size() != 1) return fmt::format("{} is there {} times", name, have.size());
    if (!contents.contains(server.contents.at(have[0].id))) return name + " has another content";
    const bool is_recorded = notes.record.contains(have[0].id);
    if (!is_recorded && !jobs[0].long_notes) return name + " is not recorded";
  }
  for (const core::Asset& asset : server.release->assets) {
    if (!brought.contains(asset.name) && asset.name != "SHA256SUMS") return "left: " + asset.name;
  }
  return checksums ? server.fault_in_checksums(server.all_can_be_told) : "";
}

struct Outcome {
  std::string fault;
  std::string account;
};

/// Jobs with different desired states each reach theirs in turn.
bool has_contest(const std::vector<Job>& jobs) {
  std::map<std::string, std::set<std::string>> brought;
  for (const Job& job : jobs) {
    for (const auto& [name, content] : job.files) brought[name].insert(content);
  }
  const bool titles = std::any_of(jobs.begin(), jobs.end(), [&](const Job& job) {
    return job.title && job.title != jobs[0].title;
  });
  return titles || std::any_of(brought.begin(), brought.end(),
                               [](const auto& entry) { return entry.second.size() > 1; });
}

std::string words_of(const Situation& situation, const Server& server) {
  const Job& first = situation.jobs[0];
  return fmt::format("{} jobs{}{}{}{}{}{}", situation.jobs.size(),
                     first.required.empty() ? "" : ", one set", first.checksums ? ", sums" : "",
                     first.long_notes ? ", long notes" : "", server.tag_commit ? ", a tag" : "",
                     server.is_readable ? "" : ", nothing can be read",
                     server.takes_entries ? "" : ", no entries");
}

Outcome play(unsigned seed) {
  Random random(seed);
  const Situation situation = make_situation(random);
  World world({situation.jobs[0].required, situation.jobs[0].checksums}, situation.disturbances,
              seed + 1);
  Server& server = world.server;
  world.pass(milliseconds(1));
  const bool tag_is_there = chance(random, 60);
  if (tag_is_there) server.tag_commit = commit_a;
  server.table_is_behind = tag_is_there && chance(random, 30);
  server.is_readable = chance(random, 70);
  // Without announcements and a record the jobs cannot inform each other.
  server.takes_entries = chance(random, 90) || situation.jobs[0].long_notes;

  server.all_can_be_told = server.is_readable || !situation.jobs[0].long_notes;
  server.account.push_back(words_of(situation, server));

  std::vector<std::unique_ptr<Run>> runs;
  for (const Job& job : situation.jobs) {
    if (server.tag_commit && job.commit != commit_a) continue;
    runs.push_back(std::make_unique<Run>(world, job, static_cast<unsigned>(random())));
  }
  const auto is_over = [](const std::unique_ptr<Run>& run) { return run->is_over(); };
  while (!std::all_of(runs.begin(), runs.end(), is_over)) {
    runs[random() % runs.size()]->advance();
    world.pass(milliseconds(below(random, 40)));
    if (chance(random, 1)) {  // a machine was suspended: others may consider its run dead
      world.pass(seconds(below(random, 90)));
      server.has_silent_runs = true;
      server.account.emplace_back("a machine was suspended");
    }
    if (chance(random, 4)) world.let_one_arrive();
    if (server.table_is_behind && server.release && chance(random, 4)) server.flip();
    if (situation.people && chance(random, 1)) somebody_writes(world, random);
  }
  // All requests in progress arrive now, before or after some of the jobs are run again.
  server.table_is_behind = false;
  while (!world.late.empty()) world.let_one_arrive();
  const std::string winner = server.tag_commit.value_or(situation.jobs[0].commit);
  std::vector<Job> jobs;
  for (const auto& run : runs) {
    // A run that began when the tag existed is a run for that tag, whatever it has built.
    const bool is_for_winner = run->session.memory().commit == winner;
    if (run->job.commit == winner || is_for_winner) jobs.push_back(run->job);
  }
  world.pass(seconds(120));
  const bool set_is_whole =
      jobs.size() == situation.jobs.size() || situation.jobs[0].required.empty();
  server.account.emplace_back("--- again");
  if (server.fault.empty() && set_is_whole) {
    run_again(world, jobs, runs);
    run_again(world, jobs, runs);
    const auto right = [](const std::unique_ptr<Run>& run) { return run->is_right(); };
    if (!std::all_of(runs.begin(), runs.end(), right)) server.fault = "a second run failed";
    if (server.fault.empty()) server.fault = fault_of_end(world, jobs);
    server.account.emplace_back("--- and again");
    if (server.fault.empty() && !has_contest(jobs)) {
      run_again(world, jobs, runs);
      for (const auto& run : runs) {
        if (run->session.wrote()) server.fault = "a run that finds all in place writes";
      }
    }
  }
  return {server.fault, core::join(server.account, "\n")};
}

unsigned number_from(const char* variable, unsigned usual) {
  const char* text = std::getenv(variable);
  return text == nullptr ? usual : static_cast<unsigned>(std::strtoul(text, nullptr, 10));
}

}  // namespace

TEST_CASE(
    "a run keeps the promises and reaches the desired state, whatever happens to its requests") {
  const unsigned first = number_from("SESSION_SEED", 0);
  const unsigned count = number_from("SESSION_HISTORIES", 2'000);
  std::map<std::string, std::vector<unsigned>> seeds;  // by fault
  std::map<std::string, std::string> accounts;         // of the first of each
  for (unsigned seed = first; seed < first + count; ++seed) {
    const Outcome outcome = play(seed);
    if (outcome.fault.empty()) continue;
    seeds[outcome.fault].push_back(seed);
    accounts.try_emplace(outcome.fault, outcome.account);
  }
  for (const auto& [fault, of_fault] : seeds) {
    UNSCOPED_INFO(of_fault.size() << " times: " << fault
                                  << ", first with SESSION_SEED=" << of_fault.front() << "\n"
                                  << accounts[fault]);
  }
  CHECK(seeds.empty());
}

}  // namespace simulation
