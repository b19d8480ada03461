// SPDX-License-Identifier: MIT
#include "launcher/start.hpp"

#include <optional>
#include <thread>
#include <utility>

#include "core/error.hpp"
#include "launcher/application.hpp"
#include "launcher/reads.hpp"
#include "launcher/state_file.hpp"

namespace launcher {
namespace {

constexpr std::chrono::seconds first_patience{60};
constexpr std::chrono::seconds later_patience{2};

/// Whether another launcher is exchanging the folders.
bool is_swapping(const Folder& folder) {
  try {
    const core::Phase phase = read_journal(folder).phase;
    return phase == core::Phase::flip || phase == core::Phase::back ||
           entry_at(folder.current()) == Entry::absent;
  } catch (const core::Error&) {
    return false;
  }
}

/// The application as it is, beside another launcher or without a usable journal: nothing is changed.
[[noreturn]] void start_as_it_is(const Folder& folder, const Start& start) {
  const core::ReleaseFile release = release_in_use(folder);
  constexpr int bits_128 = 4;
  become(command_for(folder, folder.current(), release, start, random_hex(bits_128)));
}

[[noreturn]] void start_beside(const Folder& folder, const Start& start) {
  constexpr std::chrono::seconds longest_swap{60};
  const auto deadline = std::chrono::steady_clock::now() + longest_swap;
  while (is_swapping(folder) && std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
  }
  start_as_it_is(folder, start);
}

/// Finishing a swap is tried again at each start, so that each start needs less patience.
std::chrono::seconds patience_for(const core::Journal& journal) {
  const bool was_interrupted =
      journal.phase == core::Phase::flip || journal.phase == core::Phase::back;
  return was_interrupted ? later_patience : first_patience;
}

int hold(const Folder& folder, const Lock& lock, const Start& start) {
  FileCalls calls;
  FileSystem files(calls, folder.trash());
  Log log(files, folder.log());
  std::optional<SwapRunner> swap;
  try {
    swap.emplace(folder, files, log);
  } catch (const core::Error& error) {
    log.say(error.message);
    start_as_it_is(folder, start);
  }
  swap->set_busy_check([&] { return !processes_in(folder.current()).empty(); });
  const Signals signals;
  adopt_orphans();
  if (lock.state() != Lock::State::impossible) lock.sign();
  Status status(folder, files);
  Work work(folder, files, status);
  DailyCheck daily_check(folder, current_time(), random_part());
  Holder holder{folder, files, log,         status,          *swap,     signals,
                lock,   work,  daily_check, start.arguments, start.user};
  const int ended = run_versions(
      *swap, [&](Decision decision) { return Application(holder, decision).run(); },
      [&] { files.set_patience(patience_for(swap->journal())); });
  // A check or a download must not delay the end; like a kill, this leaves nothing incomplete in use.
  if (work.is_busy()) end_at_once(ended);
  return ended;
}

}  // namespace

int start(const Folder& folder, const std::vector<std::string>& arguments) {
  if (entry_at(folder.updater()) == Entry::absent) release_in_use(folder);  // says what to do
  const std::optional<User> user = user_of_application(folder);
  const Lock lock = Lock::take(folder);
  // A user whom root does not trust may hold the lock as well, but is no launcher of root.
  const bool is_first = lock.state() != Lock::State::taken || (user && !lock_holder(folder));
  if (!is_first) start_beside(folder, {arguments, user});
  return hold(folder, lock, {arguments, user});
}

}  // namespace launcher
