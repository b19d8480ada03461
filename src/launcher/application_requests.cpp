// SPDX-License-Identifier: MIT
// What a running application, or a command, asks of the launcher.
#include <fmt/format.h>

#include "launcher/application.hpp"
#include "launcher/changes.hpp"
#include "launcher/exit_status.hpp"

namespace launcher {

using core::Error;
using core::Fault;

namespace {

/// The application may have asked on behalf of a user, who wants to know that it was accepted.
constexpr std::chrono::seconds before_stop{1};

}  // namespace

void Application::check_if_due() {
  if (holder_.work.is_busy() || !holder_.daily_check.is_due(current_time())) return;
  holder_.work.begin({.id = "", .wish = Wish::check}, holder_.swap.journal());
}

void Application::follow_requests() {
  if (const auto result = holder_.work.ended()) give_result(*result);
  check_if_due();
  std::string id;
  try {
    const std::optional<std::string> text = take_request(holder_.folder, holder_.files);
    if (!text) return;
    id = id_of_request(*text);
    const std::optional<std::string> done = carry_out(parse_request(*text));
    if (done) give_answer({id, 0, *done});
  } catch (const Error&) {
    const Failure failure = failure_of(std::current_exception());
    holder_.log.add(failure.error.message);
    give_answer({id, failure.status, failure.error.message});
  }
}

void Application::give_result(const UpdateResult& result) {
  const core::Journal journal = remembering(holder_.swap.journal(), result.withdrawn);
  try {
    if (journal != holder_.swap.journal()) holder_.swap.change(journal);
  } catch (const FileError& error) {
    holder_.log.add(error.message);
  }
  if (!holder_.work.request().empty()) {
    return give_answer({holder_.work.request(), result.status, result.message});
  }
  const bool is_success = result.status == 0 || result.status == ExitStatus::newer_release;
  holder_.daily_check.ended(current_time(), is_success);
  holder_.log.add(result.message);
  report(trial_ ? "trial" : "running");
}

void Application::give_answer(const RequestAnswer& answer) {
  holder_.status.change([&](StatusReport& report) { add_answer(report, answer); });
  report(trial_ ? "trial" : "running");
}

/// nullopt if the answer comes later.
std::optional<std::string> Application::carry_out(const Request& request) {
  const core::Journal& journal = holder_.swap.journal();
  switch (request.wish) {
    case Wish::apply:
      return change_journal(asking_for(holder_.folder, journal, request.version), request);
    case Wish::rollback:
      return change_journal(going_back(holder_.folder, journal, request.data), request);
    case Wish::skip:
      holder_.swap.change(skipping(journal, request.version));
      return fmt::format("{} is not offered any more", request.version);
    case Wish::confirm:
      return confirm(request);
    case Wish::extend:
      return extend(request);
    default:
      begin_work(request);
      return std::nullopt;
  }
}

void Application::begin_work(const Request& request) {
  if (request.retry && holder_.swap.journal().has_failed(request.version)) {
    holder_.swap.change(forgetting_failure(holder_.swap.journal(), request.version));
    report(trial_ ? "trial" : "running");
  }
  if (!holder_.work.begin(request, holder_.swap.journal())) {
    throw Error(Fault::failed, "a check or a download is already under way");
  }
}

std::string Application::change_journal(const core::Journal& journal, const Request& request) {
  holder_.swap.change(journal);
  trial_.reset();
  if (!request.now) return "it will be done at the next start";
  ended_.start_again = true;
  stop_at_ = Clock::now() + before_stop;
  return "the application is being stopped for it";
}

std::string Application::confirm(const Request& request) {
  if (request.run != run_)
    throw Error(Fault::failed, "it is not the running application that confirms");
  if (trial_) trial_->confirm();
  return "confirmed";
}

std::string Application::extend(const Request& request) {
  if (!trial_) return "no time limit is running";
  const auto most = static_cast<std::uint64_t>(max_extension.count());
  if (request.seconds > most || !trial_->extend(std::chrono::seconds(request.seconds))) {
    throw Error(Fault::failed, fmt::format("more than {} s in all are not possible", most));
  }
  return fmt::format("{} s more", request.seconds);
}

}  // namespace launcher
