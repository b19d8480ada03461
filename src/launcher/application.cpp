// SPDX-License-Identifier: MIT
#include "launcher/application.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/error.hpp"
#include "core/text/path.hpp"
#include "launcher/changes.hpp"
#include "launcher/reads.hpp"
#include "launcher/rights.hpp"

namespace launcher {
namespace {

constexpr std::chrono::milliseconds between_ticks{100};
constexpr std::chrono::seconds between_requests{1};
constexpr std::uint64_t max_output = 4 << 20;  // bytes, after which a new file begins
constexpr int not_started_status = 127;        // as shells report it

Path folder_for(const Holder& holder, Decision decision) {
  if (decision == Decision::current) return holder.folder.current();
  return holder.folder.previous(holder.swap.journal().old_version);
}

}  // namespace

Command command_for(const Folder& folder, const Path& version_folder,
                    const core::ReleaseFile& release, const Start& start, const std::string& run) {
  Command command;
  command.program = version_folder / core::path_of(release.start.front());
  command.arguments.assign(release.start.begin() + 1, release.start.end());
  command.arguments.insert(command.arguments.end(), start.arguments.begin(), start.arguments.end());
  command.working_folder = folder.data();
  command.environment = {{"LAUNCHER", folder.launcher.string()},
                         {"LAUNCHER_RUN", run},
                         {"LAUNCHER_VERSION", release.version}};
  command.user = start.user;
  if (start.user) {
    command.environment["HOME"] = start.user->home;
    command.environment["USER"] = command.environment["LOGNAME"] = start.user->name;
  }
  return command;
}

Application::Application(Holder& holder, Decision decision)
    : holder_(holder), folder_(folder_for(holder, decision)) {}

Ended Application::run() {
  try {
    prepare();
    child_.emplace(command());
  } catch (const core::Error& error) {
    holder_.log.say(error.message);
    report("ended");
    return {not_started_status, core::TrialEnd::failed};
  }
  begin_trial();
  watch();
  if (stopping_since_ || *status_ == restart_status || trial_) wait_for_others();
  holder_.log.add(fmt::format("{} ended with status {}", release_.version, *status_));
  report("ended");
  return result();
}

void Application::prepare() {
  release_ = release_in(folder_).value_or(core::ReleaseFile());
  if (release_.version.empty()) release_ = release_in_use(holder_.folder);  // says what is wrong
  constexpr int bits_128 = 4;
  run_ = random_hex(bits_128);
  try {
    prepare_data();
    rotate_log(holder_.files, holder_.folder.output(), max_output);
  } catch (const FileError& error) {  // a read-only folder
    holder_.log.add(error.message);
  }
}

void Application::prepare_data() {
  const Folder& folder = holder_.folder;
  if (holder_.user) {
    holder_.files.make_folders(folder.data());
    give_folder(folder.data(), holder_.user->account);
  }
  const ActAs owner(other_owner_of(folder.data()));
  holder_.files.make_folders(folder.messages());
  holder_.files.write_whole(folder.url(), "");
}

Command Application::command() const {
  Command command =
      command_for(holder_.folder, folder_, release_, {holder_.arguments, holder_.user}, run_);
  command.environment["LAUNCHER_URL_FILE"] = holder_.folder.url().string();
  // Another user must not be able to release it.
  if (!holder_.user) command.lock = holder_.lock.descriptor();
  command.output = holder_.folder.output();
  return command;
}

void Application::begin_trial() {
  holder_.log.add(fmt::format("started {}", release_.version));
  next_requests_ = Clock::now();
  const bool is_trial =
      holder_.swap.is_trial() && release_.version == holder_.swap.journal().new_version;
  if (is_trial) trial_.emplace(release_, holder_.folder, run_, Clock::now());
  report(is_trial ? "trial" : "running");
}

void Application::watch() {
  for (;;) {
    const auto signal = holder_.signals.next(between_ticks);
    if (signal) on_signal(*signal);
    status_ = child_->ended();
    if (status_) return;
    child_->reap_others();
    tick();
  }
}

void Application::on_signal(const Signal& signal) {
  if (is_about_children(signal)) return;
  child_->pass_on(signal);
  if (!asks_to_end(signal)) return;
  ended_.is_stopped = true;
  if (insists_on_end(signal) && !stopping_since_) stopping_since_ = Clock::now();
}

void Application::tick() {
  follow_trial();
  if (Clock::now() >= next_requests_) {
    next_requests_ = Clock::now() + between_requests;
    follow_requests();
  }
  if (stop_at_ && Clock::now() >= *stop_at_) stop();
  if (stopping_since_) kill_when_late();
  holder_.status.write();
}

void Application::follow_trial() {
  if (!trial_ || stopping_since_) return;
  const Trial::State state = trial_->state(Clock::now());
  if (state == Trial::State::healthy && Clock::now() >= next_commit_) {
    next_commit_ = Clock::now() + between_requests;
    if (!holder_.swap.ended(core::TrialEnd::healthy)) return;  // a full disk
    trial_.reset();
    report("running");
  }
  if (state == Trial::State::overdue) {
    holder_.log.say(fmt::format("{} was not healthy in time", release_.version));
    is_overdue_ = true;
    stop();
  }
}

void Application::stop() {
  if (stopping_since_) return;
  stopping_since_ = Clock::now();
  child_->ask_to_end();
}

void Application::kill_when_late() {
  if (Clock::now() - *stopping_since_ < release_.stop_timeout) return;
  child_->kill();
  kill_processes(processes_in(folder_));
}

/// They would keep using the files of the version.
void Application::wait_for_others() {
  constexpr std::chrono::seconds after_kill{5};
  const auto deadline = stopping_since_.value_or(Clock::now()) + release_.stop_timeout;
  while (Clock::now() < deadline + after_kill) {
    const std::vector<int> others = processes_in(folder_);
    if (others.empty()) return;
    if (Clock::now() >= deadline) kill_processes(others);
    if (const auto signal = holder_.signals.next(between_ticks)) {
      ended_.is_stopped = ended_.is_stopped || asks_to_end(*signal);
    }
    child_->reap_others();
  }
}

Ended Application::result() const {
  Ended ended = ended_;
  ended.status = *status_;
  const bool is_well =
      *status_ == 0 || *status_ == restart_status || ended.is_stopped || ended.start_again;
  ended.trial = is_well && !is_overdue_ ? core::TrialEnd::closed : core::TrialEnd::failed;
  return ended;
}

void Application::report(const char* state) {
  const core::Journal& journal = holder_.swap.journal();
  holder_.status.change([&](StatusReport& report) {
    report.app = release_.app;
    report.version = release_.version;
    report.state = state;
    describe_folder(report, holder_.folder, journal);
  });
  holder_.status.write(true);
}

}  // namespace launcher
