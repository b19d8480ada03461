// SPDX-License-Identifier: MIT
// One run of the application under the launcher that holds the lock.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "launcher/child.hpp"
#include "launcher/daily_check.hpp"
#include "launcher/health.hpp"
#include "launcher/lock.hpp"
#include "launcher/log.hpp"
#include "launcher/requests.hpp"
#include "launcher/status.hpp"
#include "launcher/swap_runner.hpp"
#include "launcher/user.hpp"
#include "launcher/versions.hpp"
#include "launcher/work.hpp"

namespace launcher {

/// What all runs of one launcher share.
struct Holder {
  const Folder& folder;
  FileSystem& files;
  Log& log;
  Status& status;
  SwapRunner& swap;
  const Signals& signals;
  const Lock& lock;
  Work& work;  ///< check and download, beside the application
  DailyCheck& daily_check;
  std::vector<std::string> arguments;  ///< that the launcher was started with
  std::optional<User> user;            ///< as whom the application runs, if not as this process
};

class Application {
 public:
  Application(Holder& holder, Decision decision);

  /// Starts it and waits for its end.
  Ended run();

 private:
  using Clock = std::chrono::steady_clock;

  void prepare();
  void prepare_data();
  Command command() const;
  void begin_trial();
  void watch();
  void on_signal(const Signal& signal);
  void tick();
  void follow_trial();
  void follow_requests();
  void check_if_due();
  void give_result(const UpdateResult& result);
  void give_answer(const RequestAnswer& answer);
  std::optional<std::string> carry_out(const Request& request);
  void begin_work(const Request& request);
  std::string change_journal(const core::Journal& journal, const Request& request);
  std::string confirm(const Request& request);
  std::string extend(const Request& request);
  void stop();
  void kill_when_late();
  void wait_for_others();
  void report(const char* state);
  Ended result() const;

  Holder& holder_;
  Path folder_;  ///< current/ or updater/previous/VERSION/
  core::ReleaseFile release_;
  std::string run_;
  std::optional<Child> child_;
  std::optional<Trial> trial_;
  std::optional<Clock::time_point> stop_at_;
  std::optional<Clock::time_point> stopping_since_;
  Clock::time_point next_requests_;
  Clock::time_point next_commit_;
  bool is_overdue_ = false;
  std::optional<int> status_;
  Ended ended_;
};

/// What a launcher was asked to start, and as whom.
struct Start {
  const std::vector<std::string>& arguments;
  const std::optional<User>& user;
};

/// The application in `version_folder`.
Command command_for(const Folder& folder, const Path& version_folder,
                    const core::ReleaseFile& release, const Start& start, const std::string& run);

}  // namespace launcher
