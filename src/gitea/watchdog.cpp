// SPDX-License-Identifier: MIT
#include "gitea/watchdog.hpp"

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
      thread_ = std::thread([this] { run(); });
    }
    watchdogs_.push_back(&watchdog);
  }

  void remove(Watchdog& watchdog) {
    const std::lock_guard lock(mutex_);
    watchdogs_.remove(&watchdog);
  }

 private:
  [[noreturn]] void run() {
    constexpr milliseconds tick{50};
    for (;; std::this_thread::sleep_for(tick)) {
      const std::lock_guard lock(mutex_);
      for (Watchdog* watchdog : watchdogs_) watchdog->check();
    }
  }

  std::mutex mutex_;
  std::list<Watchdog*> watchdogs_;
  std::thread thread_;
};

/// Never destroyed: that would wait for the thread in exit(), which on Windows holds a lock that the thread may need.
Patrol& patrol() {
  static Patrol* const instance = new Patrol;
  return *instance;
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
