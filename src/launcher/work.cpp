// SPDX-License-Identifier: MIT
#include "launcher/work.hpp"

#include "launcher/exit_status.hpp"

namespace launcher {

bool Work::begin(const Request& request, const core::Journal& journal) {
  if (thread_.joinable()) return false;
  is_done_ = false;
  thread_ = std::jthread([this, request, journal] { run(request, journal); });
  return true;
}

std::optional<RequestAnswer> Work::ended() {
  if (!thread_.joinable() || !is_done_) return std::nullopt;
  thread_.join();
  return answer_;
}

void Work::run(const Request& request, const core::Journal& journal) {
  answer_ = {request.id, 0, {}};
  try {
    const bool is_check = request.wish == Wish::check;
    answer_.status =
        is_check ? check(folder_, journal, status_, answer_.message)
                 : download(folder_, journal, request.version, {}, status_, answer_.message);
  } catch (...) {
    const Failure failure = failure_of(std::current_exception());
    answer_.status = failure.status;
    answer_.message = failure.error.message;
  }
  is_done_ = true;
}

}  // namespace launcher
