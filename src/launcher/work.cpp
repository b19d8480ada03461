// SPDX-License-Identifier: MIT
#include "launcher/work.hpp"

#include "launcher/exit_status.hpp"

namespace launcher {

bool Work::begin(const Request& request, const core::Journal& journal) {
  if (thread_.joinable()) return false;
  is_done_ = false;
  request_ = request.id;
  thread_ = std::jthread(
      [this, request, journal](const std::stop_token& stop) { run(request, journal, stop); });
  return true;
}

std::optional<UpdateResult> Work::ended() {
  if (!thread_.joinable() || !is_done_) return std::nullopt;
  thread_.join();
  return result_;
}

void Work::run(const Request& request, const core::Journal& journal, const std::stop_token& stop) {
  try {
    result_ = request.wish == Wish::check
                  ? check(folder_, journal, status_)
                  : download(folder_, journal, request.version, status_, stop);
  } catch (...) {
    const Failure failure = failure_of(std::current_exception());
    result_ = {failure.status, failure.error.message};
  }
  is_done_ = true;
}

}  // namespace launcher
