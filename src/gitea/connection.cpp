// SPDX-License-Identifier: MIT
#include "gitea/connection.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace gitea {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;
using std::chrono::steady_clock;

constexpr seconds connect_timeout{30};

/// The library sees a broken connection when the watchdog cuts it; the watchdog knows why.
TransportError transport_error_of(Watchdog::Cut cut, TransportError seen_by_library) {
  switch (cut) {
    case Watchdog::Cut::deadline:
      return TransportError::out_of_time;
    case Watchdog::Cut::connecting:
      return TransportError::timed_out;
    case Watchdog::Cut::stalled:
      return TransportError::stalled;
    case Watchdog::Cut::unanswered:
      return TransportError::no_answer;
    case Watchdog::Cut::none:
      break;
  }
  return seen_by_library;
}

}  // namespace

milliseconds answer_timeout_for(const Request& request, const Server& server) {
  constexpr seconds small{120};
  constexpr std::uint64_t bytes_stored_a_second = std::uint64_t{2} << 20;
  if (request.operation == Operation::call_webhook) return server.answer_timeout;
  const std::uint64_t size = request.upload ? request.upload->size : 0;
  const seconds storing(static_cast<seconds::rep>(size / bytes_stored_a_second));
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
                       // Otherwise the library would wait for a response to half a request.
                       [this] { watchdog_.cut(); }}) {}

Answer Connection::transfer(const Request& request, const std::string& path, UploadBody* body,
                            Intake& intake) {
  // Rounded up: to the library 0 means no limit.
  const auto left = std::chrono::ceil<milliseconds>(server_.deadline - steady_clock::now());
  if (left <= milliseconds(0)) {
    Answer answer;
    answer.delivery = Delivery::unsent;
    answer.transport_error = TransportError::out_of_time;
    return answer;
  }
  const milliseconds answer_timeout = answer_timeout_for(request, server_);
  traffic_.sent = 0;
  traffic_.received = 0;
  traffic_.total = request.upload ? request.upload->size : 0;
  traffic_.moved_at = now_ms();
  traffic_.phase = Traffic::Phase::connecting;
  watchdog_.begin({server_.deadline, 2 * connect_timeout, server_.stall_timeout, answer_timeout});
  // The library's limits are longer, so that the watchdog, which knows the reason, acts first. They end a wait that the
  // watchdog does not: wine goes on waiting for a socket that was shut down.
  constexpr seconds later{1};
  Answer answer = client_.send(
      request, path, body, intake,
      {std::min<milliseconds>(connect_timeout, left), std::min(answer_timeout, left) + later,
       std::min<milliseconds>(server_.stall_timeout, left) + later});
  traffic_.phase = Traffic::Phase::idle;
  const Watchdog::Cut cut = watchdog_.end();
  if (answer.delivery == Delivery::answered) return answer;
  const bool is_late = server_.deadline <= steady_clock::now();
  answer.transport_error =
      transport_error_of(is_late ? Watchdog::Cut::deadline : cut, answer.transport_error);
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
                      fmt::format("the server's response to {} {} is larger than {}",
                                  request.method, path, core::human_size(Intake::limit)),
                      strange_answer);
  }
  if (intake.has_enough()) {
    answer.delivery = Delivery::answered;
    answer.status = 200;
  }
  return answer;
}

}  // namespace gitea
