// SPDX-License-Identifier: MIT
#include "gitea/watchdog.hpp"

#include <condition_variable>
#include <list>
#include <thread>

#include "gitea/network.hpp"

namespace gitea {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// The thread. It starts with the first watchdog and ends with the process.
class Patrol {
 public:
  void add(Watchdog& watchdog) {
    const std::lock_guard lock(mutex_);
    if (!thread_.joinable()) {
      thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
    }
    watchdogs_.push_back(&watchdog);
  }

  void remove(Watchdog& watchdog) {
    const std::lock_guard lock(mutex_);
    watchdogs_.remove(&watchdog);
  }

 private:
  void run(const std::stop_token& stop) {
    constexpr milliseconds tick{50};
    std::unique_lock lock(mutex_);
    while (!stop.stop_requested()) {
      for (Watchdog* watchdog : watchdogs_) watchdog->check();
      stopped_.wait_for(lock, stop, tick, [] { return false; });
    }
  }

  std::mutex mutex_;
  std::condition_variable_any stopped_;
  std::list<Watchdog*> watchdogs_;
  std::jthread thread_;  // the last member, so that it ends before the members that it uses
};

Patrol& patrol() {
  static Patrol instance;
  return instance;
}

}  // namespace

Watchdog::Watchdog(const Traffic& traffic) : traffic_(traffic) { patrol().add(*this); }

Watchdog::~Watchdog() {
  patrol().remove(*this);
  if (socket_ >= 0) close_socket(socket_);
}

void Watchdog::begin(const Limits& limits) {
  const std::lock_guard lock(mutex_);
  limits_ = limits;
  cut_ = Cut::none;
  watches_ = true;
}

Watchdog::Cut Watchdog::end() {
  const std::lock_guard lock(mutex_);
  watches_ = false;
  return cut_;
}

void Watchdog::take(int socket) {
  const std::lock_guard lock(mutex_);
  if (socket_ >= 0) close_socket(socket_);
  socket_ = duplicate_socket(socket);
}

void Watchdog::cut() {
  const std::lock_guard lock(mutex_);
  shut_down();
}

/// Continues after a cut: the library may connect to the next address of a name, and hang there.
void Watchdog::check() {
  const std::lock_guard lock(mutex_);
  if (!watches_) return;
  const Cut cut = exceeded();
  if (cut == Cut::none) return;
  if (cut_ == Cut::none) cut_ = cut;
  shut_down();
}

void Watchdog::shut_down() const {
  if (socket_ >= 0) shut_down_socket(socket_);
}

Watchdog::Cut Watchdog::exceeded() const {
  using Phase = Traffic::Phase;
  const Phase phase = traffic_.phase;
  const milliseconds idle(now_ms() - traffic_.moved_at);
  if (phase == Phase::idle) return Cut::none;
  if (steady_clock::now() >= limits_.deadline) return Cut::deadline;
  if (phase == Phase::connecting && idle > limits_.connecting) return Cut::connecting;
  if (phase == Phase::waiting && idle > limits_.unanswered) return Cut::unanswered;
  const bool moves_a_body = phase == Phase::sending || phase == Phase::receiving;
  return moves_a_body && idle > limits_.stalled ? Cut::stalled : Cut::none;
}

}  // namespace gitea
