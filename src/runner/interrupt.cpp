// SPDX-License-Identifier: MIT
#include "runner/interrupt.hpp"

#include <utility>

namespace runner {

void Interrupt::say(std::string text) {
  const std::lock_guard lock(mutex_);
  text_ = std::move(text);
}

void Interrupt::end() {
  const std::lock_guard lock(mutex_);
  log_.end(text_, status);
}

}  // namespace runner
