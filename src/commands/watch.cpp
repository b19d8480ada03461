// SPDX-License-Identifier: MIT
#include "commands/watch.hpp"

namespace commands {
namespace {

using std::chrono::steady_clock;

constexpr std::chrono::seconds watch_time{10};

}  // namespace

void Watch::note(const core::Observed& look, const core::Memory& memory) {
  if (decided_ || !look.release || !look.release->draft || !look.notes.mark) return;
  decided_ = true;
  const std::string& target = look.release->target;
  if (memory.tag_exists && !target.empty() && target != memory.commit) {
    until_ = steady_clock::now() + watch_time;
  }
}

void Watch::start_over(bool happened) {
  decided_ = true;
  happened_ = happened;
  until_ = steady_clock::now() + watch_time;
}

bool Watch::on() const { return until_ && !happened_ && steady_clock::now() < *until_; }

steady_clock::duration Watch::left() const {
  return until_ ? *until_ - steady_clock::now() : steady_clock::duration::zero();
}

}  // namespace commands
