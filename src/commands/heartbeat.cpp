// SPDX-License-Identifier: MIT
#include "commands/heartbeat.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "core/text/text.hpp"

namespace commands {
namespace {

using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds silence{8};  // with a check every second, a line comes within 10 s
constexpr std::chrono::milliseconds between_drawings{200};

std::string in_words(seconds time) {
  const auto count = time.count();
  if (count < 60) return fmt::format("{} s", count);
  if (count < 3600) return fmt::format("{}:{:02} min", count / 60, count % 60);
  return fmt::format("{}:{:02} h", count / 3600, count / 60 % 60);
}

/// "45 % of 11.8 MiB, 2.1 MiB/s, 3 s left"
std::string transferred(std::uint64_t moved, std::uint64_t total, double rate) {
  std::string text =
      fmt::format("{} % of {}", std::min(moved, total) * 100 / total, core::human_size(total));
  if (rate < 1) return text;
  const double left = static_cast<double>(total - std::min(moved, total)) / rate;
  return text + fmt::format(", {}/s, {} left", core::human_size(static_cast<std::uint64_t>(rate)),
                            in_words(seconds(static_cast<seconds::rep>(left + 1))));
}

}  // namespace

Heartbeat::Pulse::Pulse(Heartbeat& heartbeat, const gitea::Api& api, std::string doing)
    : heartbeat_(heartbeat), api_(api), doing_(std::move(doing)) {
  const std::lock_guard lock(heartbeat_.mutex_);
  heartbeat_.pulses_.push_back(this);
}

Heartbeat::Pulse::~Pulse() {
  const std::lock_guard lock(heartbeat_.mutex_);
  heartbeat_.pulses_.remove(this);
  if (heartbeat_.log_.style().redraws) heartbeat_.redraw();
}

void Heartbeat::Pulse::now(std::string doing, std::uint64_t bytes) {
  const std::lock_guard lock(heartbeat_.mutex_);
  doing_ = std::move(doing);
  to_receive_ = bytes;
  began_ = said_ = measured_ = steady_clock::now();
  rate_ = 0;
  moved_then_ = 0;
}

Heartbeat::Heartbeat(runner::Log& log) : log_(log), thread_([this] { beat(); }) {}

Heartbeat::~Heartbeat() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  ended_.notify_all();
  thread_.join();
  log_.show_progress({});
}

void Heartbeat::beat() {
  std::unique_lock lock(mutex_);
  const bool redraws = log_.style().redraws;
  const auto pause = redraws ? between_drawings : std::chrono::milliseconds(1000);
  while (!ended_.wait_for(lock, pause, [this] { return stop_; })) {
    if (redraws) {
      redraw();
      continue;
    }
    const auto now = steady_clock::now();
    for (Pulse* pulse : pulses_) {
      const bool is_idle = pulse->api_.traffic().phase == gitea::Traffic::Phase::idle;
      const bool is_redundant = is_idle && pulses_.size() > 1;
      if (now - pulse->said_ < silence || is_redundant) continue;
      log_.line(fmt::format("{}: {}", pulse->doing_, progress(*pulse, now)));
      pulse->said_ = now;
    }
  }
}

void Heartbeat::redraw() {
  std::vector<std::string> lines;
  for (Pulse* pulse : pulses_) {
    const std::string line = line_of(*pulse, steady_clock::now());
    if (!line.empty()) lines.push_back(line);
  }
  log_.show_progress(std::move(lines));
}

/// The line of one pulse; empty while there is nothing to see.
std::string Heartbeat::line_of(Pulse& pulse, steady_clock::time_point now) {
  using Phase = gitea::Traffic::Phase;
  constexpr double weight = 0.2;
  const gitea::Traffic& traffic = pulse.api_.traffic();
  const Phase phase = traffic.phase;
  const bool sends = phase == Phase::sending && traffic.total > 0;
  const bool receives = phase == Phase::receiving && pulse.to_receive_ > 0;
  if (sends || receives) {
    const std::uint64_t moved = sends ? traffic.sent : traffic.received;
    const double elapsed = std::chrono::duration<double>(now - pulse.measured_).count();
    const double rate =
        static_cast<double>(moved - std::min(moved, pulse.moved_then_)) / std::max(elapsed, 0.001);
    pulse.rate_ = pulse.rate_ < 1 ? rate : (1 - weight) * pulse.rate_ + weight * rate;
    pulse.measured_ = now;
    pulse.moved_then_ = moved;
    return fmt::format(
        "{}: {}", pulse.doing_,
        transferred(moved, sends ? traffic.total.load() : pulse.to_receive_, pulse.rate_));
  }
  const std::int64_t idle = (gitea::now_ms() - traffic.moved_at) / 1000;
  if (phase == Phase::idle || idle < 1) return {};
  return fmt::format(
      "{}: {} {}", pulse.doing_,
      phase == Phase::connecting ? "connecting to the server for" : "waiting for the response for",
      in_words(seconds(idle)));
}

std::string Heartbeat::progress(Pulse& pulse, steady_clock::time_point now) {
  using Phase = gitea::Traffic::Phase;
  constexpr std::int64_t min_shown = 2;  // seconds
  const gitea::Traffic& traffic = pulse.api_.traffic();
  const std::uint64_t sent = traffic.sent;
  const std::uint64_t total = traffic.total;
  const double elapsed = std::chrono::duration<double>(now - pulse.said_).count();
  const std::uint64_t before = std::exchange(pulse.sent_then_, sent);
  const std::int64_t idle = (gitea::now_ms() - traffic.moved_at) / 1000;
  const Phase phase = traffic.phase;
  if (phase == Phase::sending && total > 0) {
    const std::uint64_t moved = sent > before ? sent - before : 0;
    return fmt::format(
        "{} % of {}, {}/s", sent * 100 / total, core::human_size(total),
        core::human_size(static_cast<std::uint64_t>(static_cast<double>(moved) / elapsed)));
  }
  if (phase == Phase::waiting && idle >= min_shown) {
    return fmt::format("waiting for the response for {} s", idle);
  }
  if (phase == Phase::connecting && idle >= min_shown) {
    return fmt::format("connecting to the server for {} s", idle);
  }
  return fmt::format("{} s so far",
                     std::chrono::duration_cast<seconds>(now - pulse.began_).count());
}

}  // namespace commands
