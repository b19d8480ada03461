// SPDX-License-Identifier: MIT
#include "gitea/explain.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/text/text.hpp"
#include "gitea/answer_text.hpp"
#include "gitea/classify.hpp"
#include "gitea/explanation.hpp"
#include "gitea/http.hpp"
#include "gitea/redirect.hpp"

namespace gitea {
namespace {

using core::Error;
using core::Fault;
using core::Reason;

std::string times(const Answer& answer) {
  return answer.tries > 1 ? fmt::format(", {} times", answer.tries) : "";
}

/// "the server responded 403 (user should …)". An error that is not JSON was not sent by the
/// server.
std::string answered(Reason reason, const Answer& answer) {
  if (reason == Reason::redirected) {
    return fmt::format("the server redirects to {}{}",
                       core::one_line(without_credentials(answer.location)),
                       answer.circles ? " after too many redirects" : "");
  }
  constexpr int first_server_error = 500;
  const Speaker speaker = speaker_of(answer);
  const std::string said = message_in(answer);
  if (reason == Reason::too_many_requests) {
    return "too many requests (429)" + times(answer) + (said.empty() ? "" : ": " + said);
  }
  const bool is_server =
      speaker == Speaker::api || speaker == Speaker::json || answer.status >= first_server_error;
  std::string text = reason == Reason::cloudflare ? "Cloudflare responded "
                     : is_server                  ? "the server responded "
                                                  : "the response was ";
  text += fmt::format("{}", answer.status);
  if (speaker == Speaker::page) {
    text += said.empty() ? " with an HTML page" : fmt::format(" with an HTML page ('{}')", said);
  } else if (!said.empty()) {
    text += fmt::format(" ({})", said);
  }
  return text + times(answer);
}

/// "https://git.example.org/git through the proxy proxy.lan:3128".
std::string way_to(const Server& server) {
  std::string address = server.root().text();
  if (!server.proxy) return address;
  return fmt::format("{} through the proxy {}:{}", address, server.proxy->host, server.proxy->port);
}

Fault fault_of(Verdict verdict, Fault where_it_stops) {
  switch (verdict) {
    case Verdict::check_again:
      return Fault::uncertain;
    case Verdict::retry:  // all attempts have been made
      return Fault::failed;
    default:
      return where_it_stops;
  }
}

Error unanswered(const std::string& asked, const Classified& found, const Request& request,
                 const Answer& answer, const Server& server) {
  Explanation explanation = explain_transport(found.reason, answer, server);
  if (found.reason == Reason::no_answer && request.upload) {
    explanation.hint =
        "If only this file fails, it may exceed a size limit: that of a proxy "
        "('client_max_body_size') or, for raw uploads, that of the server ('[attachment] "
        "MAX_SIZE').";
  }
  std::string message = fmt::format("{}: {}: {}", asked, way_to(server), explanation.meaning);
  if (answer.tries > 1) message += fmt::format(" ({} attempts)", answer.tries);
  return {fault_of(found.verdict, explanation.fault), message, explanation.hint};
}

Error refused(const std::string& asked, const Classified& found, const Request& request,
              const Answer& answer, const Server& server) {
  const Explanation explanation = explain_answer(found.reason, request, answer, server);
  const std::string was_answered = answered(found.reason, answer);
  Error error(
      fault_of(found.verdict, explanation.fault),
      asked + ": " + was_answered + (explanation.meaning.empty() ? "" : ": " + explanation.meaning),
      explanation.hint);
  error.answered = was_answered;
  error.retry_after = answer.retry_after;
  return error;
}

/// For a request that could be retried only after the deadline of the run.
Error too_late(Error error, const Answer& answer, const Server& server) {
  error.fault = Fault::failed;
  error.message +=
      fmt::format("; the response says to retry in {} s, but only {} s of 'timeout' are left",
                  answer.retry_after->count(),
                  std::chrono::floor<std::chrono::seconds>(server.time_left()).count());
  error.hint = "Run it again later, or increase 'timeout'.";
  return error;
}

Error about(Error error, const std::string& asked, const Request& request) {
  error.asked = asked;
  error.operation = request.operation;
  error.notes = request.notes;
  return error;
}

}  // namespace

Error explain(const std::string& asked, const Request& request, const Answer& answer,
              const Server& server) {
  const Classified found = classify(request.operation, answer);
  const auto error_for = answer.delivery == Delivery::answered ? refused : unanswered;
  Error error = error_for(asked, found, request, answer, server);
  error.reason = found.reason;
  const bool may_go_on = found.verdict == Verdict::retry || found.verdict == Verdict::check_again;
  if (may_go_on && asks_for_too_long(answer, server)) {
    error = too_late(std::move(error), answer, server);
  }
  return about(std::move(error), asked, request);
}

Error unreadable(const std::string& asked, const Request& request, const Error& problem) {
  // A write whose response cannot be parsed may or may not have been carried out, as if no response
  // had come.
  const bool is_write = request.method != "GET";
  Error error(is_write ? Fault::uncertain : Fault::failed, asked + ": " + problem.message,
              "A proxy between the runner and the server may have changed the response.");
  error.reason = Reason::unreadable;
  return about(std::move(error), asked, request);
}

}  // namespace gitea
