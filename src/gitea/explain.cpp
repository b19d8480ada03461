// SPDX-License-Identifier: MIT
#include "gitea/explain.hpp"

#include <fmt/format.h>

#include "gitea/message.hpp"
#include "gitea/verdict.hpp"

namespace gitea {
namespace {

using core::Error;
using core::Fault;

Verdict html_page(const Answer& answer) {
  const std::string title = message_in(answer);
  const std::string page =
      title.empty() ? "an HTML page" : fmt::format("an HTML page ('{}')", title);
  return {Fault::failed, fmt::format("{} came with status {} instead of JSON", page, answer.status),
          "A proxy or a login page stands before the API: check 'server_url', and let the runner "
          "reach /api/v1 directly."};
}

/// GET and DELETE have been repeated already: another look would only do the same.
bool was_repeated(const Request& request) {
  return request.method == "GET" || request.method == "DELETE";
}

Verdict server_error(const Request& request, const Answer& answer) {
  const std::string said = message_in(answer);
  std::string meaning = fmt::format("the server answered {}", answer.status);
  if (is_html(answer)) {
    meaning += said.empty() ? " with an HTML page" : fmt::format(" with an HTML page ('{}')", said);
  } else if (!said.empty()) {
    meaning += fmt::format(" ({})", said);
  }
  if (answer.tries > 1) meaning += fmt::format(", {} times", answer.tries);
  const bool from_a_proxy = answer.status == 502 || answer.status == 503 || answer.status == 504;
  return {was_repeated(request) ? Fault::failed : Fault::uncertain, meaning,
          from_a_proxy ? "The server, or the proxy before it, is in trouble: run it again later."
                       : "The server's log says why; running it again later may help."};
}

}  // namespace

Error explain(const std::string& doing, const Request& request, const Answer& answer,
              const Server& server) {
  if (answer.delivery != Delivery::answered) {
    Verdict verdict = trouble(answer, server);
    if (verdict.fault == Fault::uncertain && request.upload) {
      verdict.hint =
          "If it happens with this file only, it may be above a limit: a proxy's "
          "('client_max_body_size') or, for raw uploads, the server's ('[attachment] MAX_SIZE').";
    }
    if (verdict.fault == Fault::uncertain && was_repeated(request)) verdict.fault = Fault::failed;
    std::string place = server.api.origin();
    if (server.proxy) {
      place += fmt::format(" through the proxy {}:{}", server.proxy->host, server.proxy->port);
    }
    std::string message = fmt::format("{}: {}: {}", doing, place, verdict.meaning);
    if (answer.tries > 1) message += fmt::format(" (tried {} times)", answer.tries);
    return {verdict.fault, message, verdict.hint};
  }
  Verdict verdict;
  if (answer.status == 429) {
    verdict = {Fault::failed, fmt::format("too many requests (429), {} times", answer.tries),
               "Run it again later, or ask the administrator about the limit."};
  } else if (answer.status >= 500) {
    verdict = server_error(request, answer);
  } else if (is_html(answer) && answer.status != 413) {
    verdict = html_page(answer);
  } else {
    verdict = refusal(request, answer);
  }
  Error error(verdict.fault, doing + ": " + verdict.meaning, verdict.hint);
  error.status = answer.status;
  error.retry_after = answer.retry_after;
  return error;
}

}  // namespace gitea
