// SPDX-License-Identifier: MIT
#include "commands/heartbeat.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/text.hpp"

namespace commands {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds silence{8};  // with a beat a second a line comes within the promised 10 s

}  // namespace

Heartbeat::Pulse::Pulse(Heartbeat& heartbeat, const gitea::Api& api, std::string doing)
    : heartbeat_(heartbeat), api_(api), doing_(std::move(doing)) {
  const std::lock_guard lock(heartbeat_.mutex_);
  heartbeat_.pulses_.push_back(this);
}

Heartbeat::Pulse::~Pulse() {
  const std::lock_guard lock(heartbeat_.mutex_);
  heartbeat_.pulses_.remove(this);
}

void Heartbeat::Pulse::now(std::string doing) {
  const std::lock_guard lock(heartbeat_.mutex_);
  doing_ = std::move(doing);
  began_ = said_ = steady_clock::now();
}

Heartbeat::Heartbeat(runner::Log& log) : log_(log), thread_([this] { beat(); }) {}

Heartbeat::~Heartbeat() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  ended_.notify_all();
  thread_.join();
}

void Heartbeat::beat() {
  std::unique_lock lock(mutex_);
  while (!ended_.wait_for(lock, seconds(1), [this] { return stop_; })) {
    const auto now = steady_clock::now();
    for (Pulse* pulse : pulses_) {
      const bool is_idle = pulse->api_.traffic().phase == gitea::Traffic::Phase::idle;
      const bool others_tell = is_idle && pulses_.size() > 1;
      if (now - pulse->said_ < silence || others_tell) continue;
      log_.line(fmt::format("{}: {}", pulse->doing_, progress(*pulse, now)));
      pulse->said_ = now;
    }
  }
}

std::string Heartbeat::progress(Pulse& pulse, steady_clock::time_point now) {
  using Phase = gitea::Traffic::Phase;
  constexpr std::int64_t worth_telling = 2;  // seconds
  const gitea::Traffic& traffic = pulse.api_.traffic();
  const std::uint64_t sent = traffic.sent;
  const std::uint64_t total = traffic.total;
  const double elapsed = std::chrono::duration<double>(now - pulse.said_).count();
  const std::uint64_t before = std::exchange(pulse.sent_then_, sent);
  const std::int64_t still = (gitea::now_ms() - traffic.moved_at) / 1000;
  const Phase phase = traffic.phase;
  if (phase == Phase::sending && total > 0) {
    const std::uint64_t moved = sent > before ? sent - before : 0;
    return fmt::format(
        "{} % of {}, {}/s", sent * 100 / total, core::human_size(total),
        core::human_size(static_cast<std::uint64_t>(static_cast<double>(moved) / elapsed)));
  }
  if (phase == Phase::waiting && still >= worth_telling) {
    return fmt::format("waiting for the server's answer for {} s", still);
  }
  if (phase == Phase::connecting && still >= worth_telling) {
    return fmt::format("connecting to the server for {} s", still);
  }
  return fmt::format("{} s so far",
                     std::chrono::duration_cast<seconds>(now - pulse.began_).count());
}

}  // namespace commands
