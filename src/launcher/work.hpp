// SPDX-License-Identifier: MIT
// Looking for releases and downloading them, beside the application.
#pragma once

#include <atomic>
#include <optional>
#include <string>
#include <thread>

#include "launcher/folder.hpp"
#include "launcher/log.hpp"
#include "launcher/requests.hpp"
#include "launcher/status.hpp"

namespace launcher {

/// Looks for a newer release. Returns the exit status; puts the result into `status`. Throws Error.
int check(const Folder& folder, const core::Journal& journal, Status& status, std::string& message);
/// Downloads `version`, or the newest one if it is "", verifies it and unpacks it to updater/ready.
/// `archive`: a local file in place of the download; "" for none. Returns the exit status. Throws Error.
int download(const Folder& folder, const core::Journal& journal, const std::string& version,
             const Path& archive, Status& status, std::string& message);

/// One check or download at a time, in its own thread.
class Work {
 public:
  Work(const Folder& folder, Status& status) : folder_(folder), status_(status) {}

  /// Returns whether it could begin: nothing else may be under way.
  bool begin(const Request& request, const core::Journal& journal);
  /// The result, once.
  std::optional<RequestAnswer> ended();

 private:
  void run(const Request& request, const core::Journal& journal);

  const Folder& folder_;
  Status& status_;
  RequestAnswer answer_;
  std::atomic<bool> is_done_ = false;
  std::jthread thread_;
};

}  // namespace launcher
