// SPDX-License-Identifier: MIT
#include "commands/rounds.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <random>
#include <thread>
#include <vector>

#include "core/text.hpp"
#include "gitea/http.hpp"

namespace commands {
namespace {

constexpr int most_idle = 12;
constexpr int pause_step_ms = 40;

std::string fingerprint(const core::Observed& look) {
  if (!look.release) return {};
  const core::Release& release = *look.release;
  std::string state = fmt::format("{}\n{}\n{}\n{}\n", release.draft, release.prerelease,
                                  release.name, release.body);
  for (const core::Asset& asset : release.assets) state += fmt::format("{} ", asset.id);
  return state;
}

}  // namespace

void Rounds::begin() {
  if (++rounds_ == 1) return;
  thread_local std::minstd_rand random(std::random_device{}());
  std::uniform_int_distribution<int> range(0, pause_step_ms * std::min(rounds_, most_idle));
  std::this_thread::sleep_for(std::chrono::milliseconds(range(random)));
}

void Rounds::count(const core::Observed& look, const core::Plan& plan) {
  const std::string state = fingerprint(look);
  idle_ = state == last_state_ ? idle_ + 1 : 0;
  last_state_ = state;
  if (idle_ < most_idle) return;
  std::vector<std::string> left;
  for (const core::Action& action : plan.actions) left.push_back(core::describe(action));
  throw core::Error(core::Fault::failed,
                    fmt::format("{} rounds changed nothing; this is still to be done: {}",
                                most_idle, core::join(left, "; ")),
                    "Something else may be writing to this release all the time; run it again.");
}

void Rounds::failed(const core::Error& error) {
  if (++failures_ > server_.retries) throw error;
  log_.line(fmt::format("{}; looking again ({} of {})", error.message, failures_, server_.retries));
  gitea::wait(gitea::delay_before(failures_ + 1, server_.backoff, error.retry_after), server_);
}

}  // namespace commands
