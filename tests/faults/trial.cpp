// SPDX-License-Identifier: MIT
#include "faults/trial.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "core/text.hpp"
#include "support/golden.hpp"
#include "support/rules.hpp"

namespace faults {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using support::Clock;
using support::Logged;

constexpr milliseconds pace{12};
constexpr int no_shut_before_the_start_ms = 200;  // a process needs a while until it connects

const Fault nothing{};

std::string next_tag() {
  static std::atomic<int> last = 0;
  return fmt::format("v1.0.{}", ++last);
}

bool was_struck(const std::vector<Logged>& log) {
  return std::any_of(log.begin(), log.end(), [](const Logged& one) { return !one.fault.empty(); });
}

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

Trial::Trial(support::Server& server, Elsewhere& elsewhere_host, const Scenario& scenario)
    : server_(server), elsewhere_(elsewhere_host), scene_(server, next_tag()) {
  scenario.prepare(scene_);
  if (server.has_release(scene_.tag)) {
    for (const auto& asset : server.release(scene_.tag).assets) some_asset_ = asset.id;
  }
  onlooker_.emplace(server, scene_.tag, pace);
  for (const auto& [name, content] : scene_.downloadable) {
    auto contents = scene_.wanted.assets.at(name);
    contents.insert(content);
    onlooker_->download(name, contents);
  }
}

std::vector<Exchange> Trial::record() {
  const Attempt good = attempt(nullptr);
  expect(good.run.status == 0, "THE GOOD RUN FAILED");
  check_end();
  return good.log;
}

void Trial::play(const Case& one) {
  const Attempt first = attempt(&one);
  took = first.took;
  // What is not published yet nobody could download: there a spoilt file may go without another.
  if (one.fault->spoils_uploads && scene_.downloadable.empty()) scene_.names_may_go = true;
  check_ending(first, one);
  check_pause(first, one.fault->pause);
  onlooker_->catch_up();
  check_sizes();
  if (first.run.status != 0) {
    const std::size_t before = failures.size();
    run_again(false);
    check_end();
    failed_first = failures.size() == before;
  } else {
    check_end();
  }
  run_again(true);
}

Trial::Attempt Trial::attempt(const Case* one) {
  const Fault& fault = one == nullptr ? nothing : *one->fault;
  server_.forget_requests();  // the new door may have the port of an old one
  server_.clear_faults();
  const int door = server_.open_door();
  configure(fault, door);
  if (one != nullptr) order(*one, door);
  const auto start = Clock::now();
  const auto process = scene_.job.start();
  if (fault.kill != Kill::no) {
    kill_when_held(*process, fault, door);
  } else if (!process->ends_within(fault.longest)) {
    failures.emplace_back("IT DID NOT END");
    process->kill(SIGKILL);
  }
  Attempt result;
  result.run = scene_.job.result_of(*process);
  result.took = duration_cast<milliseconds>(Clock::now() - start);
  server_.close_door(door);
  result.log = server_.requests(door);
  attempts_.push_back(result);
  check_requests(result);
  return result;
}

void Trial::configure(const Fault& fault, int door) {
  const std::string url = server_.url().substr(0, server_.url().rfind(':') + 1);
  const std::string address = url + std::to_string(door);
  scene_.job.variable("GITHUB_SERVER_URL", address);
  scene_.job.variable("GITHUB_API_URL", address + "/api/v1");
  scene_.job.variable("GITEA_RELEASE_BACKOFF_MS", std::to_string(fault.backoff_ms));
  scene_.job.input("retries", std::to_string(fault.retries));
  scene_.job.input("answer_timeout", std::to_string(fault.answer_timeout));
  scene_.job.input("stall_timeout", "1");
}

void Trial::order(const Case& one, int door) {
  const Fault& fault = *one.fault;
  if (fault.refused_ms && one.number == 1) {
    const int ms = *fault.refused_ms < 0 ? -1 : no_shut_before_the_start_ms;
    return server_.shut_door(door, ms);
  }
  std::string json = fault.order;
  std::size_t passing = one.number - 1;
  if (fault.refused_ms) {  // the door is shut with the answer before
    json = fmt::format(R"("kind":"shut","ms":{})", *fault.refused_ms);
    --passing;
  }
  json = support::replaced(json, elsewhere, elsewhere_.url());
  json = support::replaced(json, some_asset, std::to_string(some_asset_));
  server_.fault(fmt::format(R"({{"port":{},"skip":{},"times":{},{}}})", door, passing,
                            fault.for_good && !fault.refused_ms ? -1 : 1, json));
}

void Trial::kill_when_held(support::Process& process, const Fault& fault, int door) {
  const auto until = Clock::now() + fault.longest;
  while (!was_struck(server_.requests(door))) {
    if (Clock::now() > until || process.ends_within(milliseconds(2))) {
      failures.emplace_back("THE EXCHANGE DID NOT COME");
      break;
    }
  }
  process.kill(SIGKILL);
}

void Trial::check_ending(const Attempt& attempt, const Case& one) {
  const Fault& fault = *one.fault;
  const Expected expected = fault.expected(one.exchange);
  const support::Run& run = attempt.run;
  const bool shut_from_the_start = fault.refused_ms && one.number == 1;
  expect(was_struck(attempt.log) || shut_from_the_start, "THE FAULT STRUCK NOTHING");
  expect(run.status == expected.status,
         fmt::format("ENDED WITH {}, not {} ({})", run.status, expected.status, fault.why));
  const auto errors = lines_with(run.log, "::error::");
  expect(says_one_of(run.status == 0 ? run.log : core::join(errors, ""), expected.says),
         "SAYS NOT '" + core::join(expected.says, "' or '") + "'");
  const bool has_to_say_why = run.status == 1 || run.status == 2;
  expect(errors.size() == (has_to_say_why ? 1U : 0U), "NOT ONE ERROR LINE");
  for (const std::string& warning : lines_with(run.log, "::warning::")) {
    const bool usual = warning.find(scene_.usual_warning) != std::string::npos;
    const bool wanted = !expected.says.empty() && says_one_of(warning, expected.says);
    expect((usual && !scene_.usual_warning.empty()) || wanted, "WARNS OF NOTHING: " + warning);
  }
  expect(attempt.took <= fault.longest, "TOOK TOO LONG");
  expect(!elsewhere_.was_visited(), "ANOTHER HOST WAS ASKED");
}

void Trial::check_requests(const Attempt& attempt) {
  std::vector<const Logged*> own;
  std::map<std::string, int> stored;  // whole, by address
  for (const Logged& one : attempt.log) {
    own.push_back(&one);
    if (support::is_upload(one) && one.carried_out == 201 && one.fault != "truncate") {
      expect(++stored[one.path] == 1, "SENT AGAIN WHAT HAD LANDED: " + one.path);
    }
  }
  for (const std::string& broken : support::broken_rules(own, attempt.run.status == 0)) {
    failures.push_back(broken);
  }
}

/// After an answer that says when to come again.
void Trial::check_pause(const Attempt& attempt, milliseconds pause) {
  const auto struck = std::find_if(attempt.log.begin(), attempt.log.end(),
                                   [](const Logged& one) { return !one.fault.empty(); });
  if (pause.count() == 0 || struck == attempt.log.end()) return;
  for (auto next = struck + 1; next != attempt.log.end(); ++next) {
    if (next->method != struck->method || next->path != struck->path) continue;
    expect(next->started_ms - struck->started_ms >= pause.count(), "CAME AGAIN BEFORE ITS TIME");
    return;
  }
}

/// What arrived short is taken back, also where the run fails.
void Trial::check_sizes() {
  if (!server_.has_release(scene_.tag)) return;
  for (const support::Asset& asset : server_.release(scene_.tag).assets) {
    expect(asset.size != short_size, "A SHORT FILE IS LEFT: " + asset.name);
  }
}

void Trial::run_again(bool has_to_be_unchanged) {
  const Attempt again = attempt(nullptr);
  expect(again.run.status == 0, "FAILED AGAIN, without the fault");
  if (!has_to_be_unchanged) return;
  expect(std::none_of(again.log.begin(), again.log.end(),
                      [](const Logged& one) { return one.write(); }),
         "WROTE though all was in place");
}

void Trial::check_end() {
  const support::Found found = support::compare(server_, scene_.tag, scene_.wanted);
  failures.insert(failures.end(), found.faults.begin(), found.faults.end());
  expect(found.entries_missing == scene_.unrecorded,
         fmt::format("{} ENTRIES MISSING in the record", found.entries_missing));
}

void Trial::finish() {
  onlooker_->end();
  support::Expected expected;
  expected.commits = scene_.marks;
  expected.names_may_go = scene_.names_may_go;
  std::set<std::string> all;
  for (const auto& [name, contents] : scene_.wanted.assets) all.insert(name);
  expected.complete = {all};
  for (const std::string& seen : support::faults_seen(onlooker_->seen(), expected)) {
    failures.push_back(seen);
  }
  expect(support::hidden_again(onlooker_->seen()).empty(), "HIDDEN after it was published");
  for (const std::string& bad : onlooker_->bad_downloads()) failures.push_back(bad);
  if (server_.has_release(scene_.tag)) {
    server_.delete_release(server_.release(scene_.tag).id);
    server_.delete_tag(scene_.tag);
  }
}

void Trial::expect(bool condition, const std::string& what) {
  if (!condition) failures.push_back(what);
}

std::string Trial::evidence() const {
  std::string text;
  for (const Attempt& attempt : attempts_) {
    for (const Logged& one : attempt.log) {
      text += fmt::format("{:8} {}\n", one.started_ms, one.line());
    }
    text += fmt::format("--- ended with {} after {} ms\n{}", attempt.run.status,
                        attempt.took.count(), attempt.run.log);
  }
  for (const support::Seen& seen : onlooker_->seen()) text += "seen: " + seen.line() + "\n";
  return text;
}

}  // namespace faults
