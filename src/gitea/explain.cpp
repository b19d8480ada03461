// SPDX-License-Identifier: MIT
#include "gitea/explain.hpp"

#include <fmt/format.h>

#include <utility>

#include "core/text.hpp"
#include "gitea/classify.hpp"
#include "gitea/http.hpp"
#include "gitea/message.hpp"
#include "gitea/redirect.hpp"
#include "gitea/words.hpp"

namespace gitea {
namespace {

using core::Error;
using core::Fault;
using core::Reason;

std::string times(const Answer& answer) {
  return answer.tries > 1 ? fmt::format(", {} times", answer.tries) : "";
}

/// "the server answered 403 (user should …)". A refusal that is no JSON is not the server's.
std::string answered(Reason reason, const Answer& answer) {
  if (reason == Reason::redirected) {
    return fmt::format("the server redirects {}{}",
                       answer.circles ? "in a circle, at last to " : "to ",
                       core::one_line(without_credentials(answer.location)));
  }
  constexpr int first_server_error = 500;
  const Speaker speaker = speaker_of(answer);
  const std::string said = message_in(answer);
  if (reason == Reason::too_many_requests) {
    return "too many requests (429)" + times(answer) + (said.empty() ? "" : ": " + said);
  }
  const bool is_server =
      speaker == Speaker::api || speaker == Speaker::json || answer.status >= first_server_error;
  std::string text = reason == Reason::cloudflare ? "Cloudflare answered "
                     : is_server                  ? "the server answered "
                                                  : "the answer was ";
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
  std::string place = server.root().text();
  if (!server.proxy) return place;
  return fmt::format("{} through the proxy {}:{}", place, server.proxy->host, server.proxy->port);
}

Fault fault_of(Verdict verdict, Fault where_it_stops) {
  switch (verdict) {
    case Verdict::look_again:
      return Fault::uncertain;
    case Verdict::retry:  // as often as may be: it has been
      return Fault::failed;
    default:
      return where_it_stops;
  }
}

Error unanswered(const std::string& asked, const Classified& found, const Request& request,
                 const Answer& answer, const Server& server) {
  Words words = words_of_trouble(found.reason, answer, server);
  if (found.reason == Reason::no_answer && request.upload) {
    words.hint =
        "If it happens with this file only, it may be above a limit: a proxy's "
        "('client_max_body_size') or, for raw uploads, the server's ('[attachment] MAX_SIZE').";
  }
  std::string message = fmt::format("{}: {}: {}", asked, way_to(server), words.meaning);
  if (answer.tries > 1) message += fmt::format(" (tried {} times)", answer.tries);
  return {fault_of(found.verdict, words.fault), message, words.hint};
}

Error refused(const std::string& asked, const Classified& found, const Request& request,
              const Answer& answer, const Server& server) {
  const Words words = core::is_of_server(found.reason)
                          ? words_of_server(found.reason, request, answer)
                          : words_of_others(found.reason, request, answer, server);
  const std::string was_answered = answered(found.reason, answer);
  Error error(fault_of(found.verdict, words.fault),
              asked + ": " + was_answered + (words.meaning.empty() ? "" : ": " + words.meaning),
              words.hint);
  error.answered = was_answered;
  error.retry_after = answer.retry_after;
  return error;
}

/// What could be tried again only when the run's time is up.
Error too_late(Error error, const Answer& answer, const Server& server) {
  error.fault = Fault::failed;
  error.message +=
      fmt::format("; it asks to be tried again in {} s, and of 'timeout' {} s are left",
                  answer.retry_after->count(),
                  std::chrono::floor<std::chrono::seconds>(server.time_left()).count());
  error.hint = "Run it again later, or raise 'timeout'.";
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
  const auto words = answer.delivery == Delivery::answered ? refused : unanswered;
  Error error = words(asked, found, request, answer, server);
  error.reason = found.reason;
  const bool may_go_on = found.verdict == Verdict::retry || found.verdict == Verdict::look_again;
  if (may_go_on && asks_for_too_long(answer, server)) {
    error = too_late(std::move(error), answer, server);
  }
  return about(std::move(error), asked, request);
}

Error unreadable(const std::string& asked, const Request& request, const Error& problem) {
  // A write that was carried out, but whose answer cannot be read, is as good as not answered.
  const bool is_write = request.method != "GET";
  Error error(is_write ? Fault::uncertain : Fault::failed, asked + ": " + problem.message,
              "A proxy between the runner and the server may have changed its answer.");
  error.reason = Reason::unreadable;
  return about(std::move(error), asked, request);
}

}  // namespace gitea
