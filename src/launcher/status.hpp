// SPDX-License-Identifier: MIT
// updater/status.json: what the launcher is doing, for the application and for commands.
#pragma once

#include <chrono>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "core/text/json.hpp"
#include "core/update/journal.hpp"
#include "launcher/file_system.hpp"
#include "launcher/folder.hpp"
#include "launcher/last_check.hpp"

namespace launcher {

/// How a request ended.
struct RequestAnswer {
  std::string id;
  int status = 0;  ///< as the exit status of the command
  std::string message;
  bool operator==(const RequestAnswer&) const = default;
};

struct StatusReport {
  std::string app;
  std::string version;            ///< in use; "" if none is
  std::string state = "running";  ///< running, trial, swapping, checking, downloading, ended
  core::Journal journal;          ///< phase, versions, tries, outcome, failed, skipped
  std::string ready;              ///< the version that `apply` would install
  std::string previous;           ///< the version that `rollback` would return to
  std::string type;               ///< of config.json: "portable", …; "" if it cannot be used
  std::string channel;            ///< the same: "stable", …
  LastCheck last_check;
  std::uint64_t done = 0;  ///< bytes of a download
  std::uint64_t total = 0;
  std::vector<RequestAnswer> answers;  ///< of the last requests, the latest at the end
  bool operator==(const StatusReport&) const = default;
};

/// What the folder says of itself, and `journal`: everything but the state of the application.
void describe_folder(StatusReport& report, const Folder& folder, const core::Journal& journal);

/// Keeps the last few, because somebody may not have read them yet.
void add_answer(StatusReport& report, const RequestAnswer& answer);

std::string render_status(const StatusReport& report);

/// The answer to the request `id` in a status.json; nullopt if it is not there.
std::optional<RequestAnswer> answer_in(const core::Json& status, const std::string& id);

inline constexpr std::size_t max_status = 512 << 10;  ///< bytes

/// Writes changes at most four times a second. Safe to use from several threads.
class Status {
 public:
  Status(const Folder& folder, FileSystem& files) : folder_(folder), files_(files) {}

  template <typename Change>
  void change(Change&& change) {
    const std::lock_guard lock(mutex_);
    change(report_);
  }
  /// Writes what has changed, unless it was written less than 250 ms ago and `at_once` is not set. Ignores
  /// that it cannot be written.
  void write(bool at_once = false);

 private:
  const Folder& folder_;
  FileSystem& files_;
  std::mutex mutex_;
  StatusReport report_;
  std::optional<StatusReport> written_;
  std::chrono::steady_clock::time_point written_at_;
};

}  // namespace launcher
