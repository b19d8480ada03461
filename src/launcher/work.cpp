// SPDX-License-Identifier: MIT
#include "launcher/work.hpp"

#include "launcher/exit_status.hpp"

namespace launcher {
namespace {

fetch::OnProgress reporting_to(Status& status, const std::stop_token& stop) {
  return [&status, stop](const fetch::Progress& progress) {
    status.change([&](StatusReport& report) {
      report.done = progress.done;
      report.total = progress.total;
    });
    status.write();
    return !stop.stop_requested();
  };
}

}  // namespace

bool Work::begin(const Request& request, const core::Journal& journal) {
  if (thread_.joinable()) return false;
  is_done_ = false;
  request_ = request.id;
  status_.change([](StatusReport& report) { report.done = report.total = 0; });
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
                  ? check(folder_, files_, journal)
                  : download(folder_, journal, request.version, reporting_to(status_, stop));
  } catch (...) {
    const Failure failure = failure_of(std::current_exception());
    result_ = {failure.status, failure.error.message};
  }
  is_done_ = true;
}

}  // namespace launcher
