// SPDX-License-Identifier: MIT
#include "gitea/connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "core/text.hpp"

namespace gitea {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds connect_timeout{30};

/// To the library a cut is a connection that broke: the watchdog knows better.
Trouble trouble_of(Watchdog::Cut cut, Trouble seen_by_library) {
  switch (cut) {
    case Watchdog::Cut::deadline:
      return Trouble::out_of_time;
    case Watchdog::Cut::connecting:
      return Trouble::timed_out;
    case Watchdog::Cut::stalled:
      return Trouble::stalled;
    case Watchdog::Cut::unanswered:
      return Trouble::no_answer;
    case Watchdog::Cut::none:
      break;
  }
  return seen_by_library;
}

}  // namespace

milliseconds answer_timeout_for(const Request& request, const Server& server) {
  constexpr seconds small{120};
  constexpr std::uint64_t stored_in_a_second = std::uint64_t{2} << 20;  // bytes
  if (request.operation == Operation::call_webhook) return server.answer_timeout;
  const std::uint64_t size = request.upload ? request.upload->size : 0;
  const seconds storing(static_cast<seconds::rep>(size / stored_in_a_second));
  return std::min<milliseconds>(server.answer_timeout, small + storing);
}

Connection::Connection(const Server& server)
    : server_(server),
      watchdog_(traffic_),
      client_(server, {[this](int socket) {
                         watchdog_.take(socket);
                         traffic_.moved_at = now_ms();
                       },
                       [this] {
                         traffic_.moved_at = now_ms();
                         traffic_.phase =
                             traffic_.total > 0 ? Traffic::Phase::sending : Traffic::Phase::waiting;
                       },
                       // Else the library waits for an answer to half a request.
                       [this] { watchdog_.cut(); }}) {}

Answer Connection::transfer(const Request& request, const std::string& path, UploadBody* body,
                            Intake& intake) {
  // Rounded up: the library takes a time of 0 for no limit.
  const auto left = std::chrono::ceil<milliseconds>(server_.deadline - steady_clock::now());
  if (left <= milliseconds(0)) {
    Answer answer;
    answer.delivery = Delivery::unsent;
    answer.trouble = Trouble::out_of_time;
    return answer;
  }
  const milliseconds answer_timeout = answer_timeout_for(request, server_);
  traffic_.sent = 0;
  traffic_.total = request.upload ? request.upload->size : 0;
  traffic_.moved_at = now_ms();
  traffic_.phase = Traffic::Phase::connecting;
  watchdog_.begin({server_.deadline, 2 * connect_timeout, server_.stall_timeout, answer_timeout});
  // The library's limits are later than the watchdog's, which says why it ended a transfer.
  Answer answer = client_.send(request, path, body, intake,
                               {std::min<milliseconds>(connect_timeout, left),
                                answer_timeout + seconds(1), server_.stall_timeout + seconds(1)});
  traffic_.phase = Traffic::Phase::idle;
  const Watchdog::Cut cut = watchdog_.end();
  if (answer.delivery == Delivery::answered) return answer;
  const bool is_late = server_.deadline <= steady_clock::now();
  answer.trouble = trouble_of(is_late ? Watchdog::Cut::deadline : cut, answer.trouble);
  return answer;
}

Answer Connection::attempt(const Request& request, const std::string& path) {
  std::optional<UploadBody> body;
  if (request.upload) body.emplace(*request.upload, traffic_);
  Intake intake(request, traffic_);
  Answer answer = transfer(request, path, body ? &*body : nullptr, intake);
  answer.path = path;
  if (body) {
    body->rethrow_failure();
    answer.upload_begun = body->begun();
  }
  if (intake.is_too_large()) {
    throw core::Error(core::Fault::failed,
                      fmt::format("the server's answer to {} {} is larger than {}", request.method,
                                  path, core::human_size(Intake::limit)),
                      strange_answer);
  }
  if (intake.has_enough()) {
    answer.delivery = Delivery::answered;
    answer.status = 200;
  }
  return answer;
}

}  // namespace gitea
