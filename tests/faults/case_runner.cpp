// SPDX-License-Identifier: MIT
#include "faults/case_runner.hpp"

#include <fmt/format.h>
#include <signal.h>

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "core/text/text.hpp"
#include "support/golden.hpp"
#include "support/rules.hpp"

namespace faults {
namespace {

using std::chrono::duration_cast;
using std::chrono::milliseconds;
using support::Clock;
using support::Logged;

constexpr milliseconds pace{12};
constexpr int no_shut_before_the_start_ms = 200;  // a process needs some time until it connects

const Fault nothing{};

std::string next_tag() {
  static std::atomic<int> last = 0;
  return fmt::format("v1.0.{}", ++last);
}

}  // namespace

CaseRunner::CaseRunner(support::Server& server, OtherHost& elsewhere_host, const Scenario& scenario)
    : server_(server), elsewhere_(elsewhere_host), fixture_(server, next_tag()) {
  scenario.prepare(fixture_);
  if (server.has_release(fixture_.tag)) {
    for (const auto& asset : server.release(fixture_.tag).assets) some_asset_ = asset.id;
  }
  onlooker_.emplace(server, fixture_.tag, pace);
  for (const auto& [name, content] : fixture_.downloadable) {
    auto contents = fixture_.wanted.assets.at(name);
    contents.insert(content);
    for (const std::string& one : std::set(contents)) contents.insert(rival_of(one));
    onlooker_->download(name, contents);
  }
}

std::vector<Exchange> CaseRunner::record() {
  const Attempt good = attempt(nullptr);
  expect(good.run.status == 0, "THE GOOD RUN FAILED");
  check_end();
  return good.log;
}

void CaseRunner::play(const Case& one) {
  may_hide_ = one.fault->may_hide;
  may_send_again_ = one.fault->may_send_again;
  const Attempt first = attempt(&one);
  may_send_again_ = false;
  took = first.took;
  // Nobody could download an unpublished file: there a damaged file may be deleted before its
  // replacement is there.
  if (one.fault->spoils_uploads && fixture_.downloadable.empty()) fixture_.names_may_vanish = true;
  check_ending(first, one);
  check_pause(first, one.fault->pause);
  onlooker_->catch_up();
  check_sizes();
  if (one.fault->until_run_again) {
    check_until_run_again(first, one);
  } else if (first.run.status != 0) {
    const std::size_t before = failures.size();
    run_again(false);
    check_end();
    failed_first = failures.size() == before;
  } else {
    check_end();
  }
  run_again(true);
}

bool CaseRunner::was_struck(const std::vector<Logged>& log) {
  return std::any_of(log.begin(), log.end(), [](const Logged& one) { return !one.fault.empty(); });
}

CaseRunner::Attempt CaseRunner::attempt(const Case* one) {
  const Fault& fault = one == nullptr ? nothing : *one->fault;
  server_.forget_requests();  // the new door may have the port of an old one
  server_.clear_faults();
  const int door = server_.open_door();
  configure(fault, door);
  if (one != nullptr) order(*one, door);
  const auto start = Clock::now();
  const auto process = fixture_.job.start();
  if (fault.others.meanwhile) act_when_held(*process, *one, door);
  if (fault.kill != Kill::no) {
    wait_until_held(*process, fault, door);
    process->kill(SIGKILL);
  } else if (!process->ends_within(fault.longest)) {
    failures.emplace_back("IT DID NOT END");
    process->kill(SIGKILL);
  }
  Attempt result;
  result.run = fixture_.job.result_of(*process);
  result.took = duration_cast<milliseconds>(Clock::now() - start);
  server_.close_door(door);
  result.log = server_.requests(door);
  attempts_.push_back(result);
  check_requests(result);
  return result;
}

void CaseRunner::configure(const Fault& fault, int door) {
  const std::string url = server_.url().substr(0, server_.url().rfind(':') + 1);
  const std::string address = url + std::to_string(door);
  fixture_.job.variable("GITHUB_SERVER_URL", address);
  fixture_.job.variable("GITHUB_API_URL", address + "/api/v1");
  fixture_.job.variable("GITEA_RELEASE_BACKOFF_MS", std::to_string(fault.backoff_ms));
  fixture_.job.input("retries", std::to_string(fault.retries));
  fixture_.job.input("answer_timeout", std::to_string(fault.answer_timeout));
  fixture_.job.input("stall_timeout", "1");
}

void CaseRunner::order(const Case& one, int door) {
  const Fault& fault = *one.fault;
  if (fault.refused_ms && one.number == 1) {
    const int ms = *fault.refused_ms < 0 ? -1 : no_shut_before_the_start_ms;
    return server_.shut_door(door, ms);
  }
  std::string json = fault.order;
  std::size_t passing = one.number - 1;
  if (fault.refused_ms) {  // the door is shut with the response before
    json = fmt::format(R"("kind":"shut","ms":{})", *fault.refused_ms);
    --passing;
  }
  json = support::replaced(json, other_host, elsewhere_.url());
  json = support::replaced(json, some_asset, std::to_string(some_asset_));
  server_.fault(fmt::format(R"({{"port":{},"skip":{},"times":{},{}}})", door, passing,
                            fault.for_good && !fault.refused_ms ? -1 : 1, json));
}

bool CaseRunner::wait_until_held(const support::Process& process, const Fault& fault, int door) {
  const auto until = Clock::now() + fault.longest;
  while (!was_struck(server_.requests(door))) {
    if (Clock::now() > until || process.ends_within(milliseconds(2))) {
      failures.emplace_back("THE EXCHANGE DID NOT COME");
      return false;
    }
  }
  return true;
}

void CaseRunner::act_when_held(const support::Process& process, const Case& one, int door) {
  if (wait_until_held(process, *one.fault, door)) {
    one.fault->others.meanwhile(fixture_, one.exchange);
  }
  server_.release_held();
}

void CaseRunner::run_again(bool has_to_be_unchanged) {
  const Attempt again = attempt(nullptr);
  expect(again.run.status == 0, "FAILED AGAIN, without the fault");
  if (!has_to_be_unchanged) return;
  expect(std::none_of(again.log.begin(), again.log.end(),
                      [](const Logged& one) { return one.write(); }),
         "WROTE though all was in place");
}

void CaseRunner::finish() {
  onlooker_->end();
  support::Expected expected;
  expected.commits = fixture_.marks;
  expected.names_may_vanish = fixture_.names_may_vanish;
  std::set<std::string> all;
  for (const auto& [name, contents] : fixture_.wanted.assets) all.insert(name);
  if (!fixture_.incomplete_may_be_public) expected.complete = {all};
  for (const std::string& seen : support::faults_seen(onlooker_->seen(), expected)) {
    failures.push_back(seen);
  }
  if (!may_hide_) {
    for (const std::string& entry : support::public_announcements(onlooker_->seen())) {
      failures.push_back("PUBLIC " + entry);
    }
    expect(support::hidden_again(onlooker_->seen()).empty(), "HIDDEN after it was published");
    for (const std::string& bad : onlooker_->bad_downloads()) failures.push_back(bad);
  }
  if (server_.has_release(fixture_.tag)) {
    server_.delete_release(server_.release(fixture_.tag).id);
    server_.push_deletion("refs/tags/" + fixture_.tag);
  }
}

void CaseRunner::expect(bool condition, const std::string& what) {
  if (!condition) failures.push_back(what);
}

std::string CaseRunner::evidence() const {
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
