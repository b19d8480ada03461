// SPDX-License-Identifier: MIT
#include "launcher/lock.hpp"

#include <charconv>
#include <chrono>
#include <string>
#include <thread>

#include "launcher/reads.hpp"

namespace launcher {

Lock Lock::take(const Folder& folder) {
  constexpr std::chrono::milliseconds pause{50};
  Lock lock(folder);
  for (int i = 0; i < 20 && lock.state() == State::taken && !lock_holder(folder); ++i) {
    std::this_thread::sleep_for(pause);
    lock = Lock(folder);
  }
  return lock;
}

std::optional<int> lock_holder(const Folder& folder) {
  constexpr std::size_t most = 64;  // bytes
  const std::string text = text_of(folder.lock(), most).value_or("");
  int process = 0;
  std::from_chars(text.data(), text.data() + text.size(), process);
  // The number may belong to another program by now.
  if (process <= 0 || !is_launcher_of(folder, process)) return std::nullopt;
  return process;
}

}  // namespace launcher
