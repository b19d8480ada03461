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
#include "launcher/updates.hpp"

namespace launcher {

/// One check or download at a time, in its own thread.
class Work {
 public:
  Work(const Folder& folder, FileSystem& files, Status& status)
      : folder_(folder), files_(files), status_(status) {}

  /// Returns whether it could begin: nothing else may be under way.
  bool begin(const Request& request, const core::Journal& journal);
  bool is_busy() const { return thread_.joinable() && !is_done_; }
  /// The result, once.
  std::optional<UpdateResult> ended();
  const std::string& request() const { return request_; }  ///< the id of the last request

 private:
  void run(const Request& request, const core::Journal& journal, const std::stop_token& stop);

  const Folder& folder_;
  FileSystem& files_;
  Status& status_;
  std::string request_;
  UpdateResult result_;
  std::atomic<bool> is_done_ = false;
  std::jthread thread_;
};

}  // namespace launcher
