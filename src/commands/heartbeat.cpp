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

Heartbeat::Pulse::Pulse(Heartbeat& heartbeat, gitea::Api& api, std::string doing)
    : heartbeat_(heartbeat), api_(api), doing_(std::move(doing)) {
  const std::lock_guard lock(heartbeat_.mutex_);
  heartbeat_.pulses_.push_back(this);
}

Heartbeat::Pulse::~Pulse() {
  const std::lock_guard lock(heartbeat_.mutex_);
  heartbeat_.pulses_.remove(this);
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
      pulse->api_.stop_if_stalled();
      if (now - pulse->said_ >= silence) say(*pulse, now);
    }
  }
}

void Heartbeat::say(Pulse& pulse, steady_clock::time_point now) {
  const gitea::Traffic& traffic = pulse.api_.traffic();
  const std::uint64_t sent = traffic.sent;
  const std::uint64_t total = traffic.total;
  const double elapsed = std::chrono::duration<double>(now - pulse.said_).count();
  pulse.said_ = now;
  const std::uint64_t before = std::exchange(pulse.sent_then_, sent);
  if (traffic.phase == gitea::Traffic::Phase::sending && total > 0) {
    const std::uint64_t moved = sent > before ? sent - before : 0;
    log_.line(fmt::format(
        "{}: {} % of {}, {}/s", pulse.doing_, sent * 100 / total, core::human_size(total),
        core::human_size(static_cast<std::uint64_t>(static_cast<double>(moved) / elapsed))));
  } else {
    log_.line(fmt::format("{}: waiting for the server for {} s", pulse.doing_,
                          (gitea::now_ms() - traffic.moved_at) / 1000));
  }
}

}  // namespace commands
