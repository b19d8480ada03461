// SPDX-License-Identifier: MIT
#include "gitea/webhook.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "gitea/classify.hpp"
#include "gitea/explanation.hpp"
#include "gitea/http.hpp"

namespace gitea {
namespace {

using core::Error;
using core::Fault;

[[noreturn]] void no_address() {
  throw Error(Fault::workflow, "webhook_url is not a valid address (it is a secret and not shown)",
              "Use an address such as https://host:9443/api/stacks/webhooks/…, without a user "
              "name, blanks or line breaks.");
}

Error unanswered(const Answer& answer, const Server& server) {
  Server hidden = server;
  hidden.api.host = "(hidden)";
  const core::Reason reason = classify(Operation::call_webhook, answer).reason;
  const Explanation explanation = explain_transport(reason, answer, hidden);
  const std::string again = answer.tries > 1 ? fmt::format(" ({} attempts)", answer.tries) : "";
  if (answer.delivery == Delivery::unknown) {
    return {Fault::failed, fmt::format("the webhook: {}{}", explanation.meaning, again),
            "The redeployment may have started: check the container manager. 'timeout' limits how "
            "long to wait for the response."};
  }
  return {explanation.fault, fmt::format("the webhook: {}{}", explanation.meaning, again),
          "Check that the runner can reach the host in webhook_url (name, port, firewall, proxy), "
          "and set 'ca_cert' if a private authority signed its certificate."};
}

std::string hint_for(int status) {
  if (status >= 300 && status < 400) {
    return "Redirects are not followed: set webhook_url to the final address (https instead of "
           "http?).";
  }
  if (status == 401 || status == 403) return "The address requires a login or has been revoked.";
  if (status == 404) return "The address does not exist: copy it again from the container manager.";
  if (status == 405)
    return "It does not accept POST: check that this is the address of the webhook.";
  return "See the log of the container manager, or run it again later.";
}

}  // namespace

Webhook::Webhook(const core::Token& address, const Server& way) : server_(way) {
  server_.token = core::Token();
  const std::string_view text = core::trim(address.secret_);
  const auto scheme = text.find("://");
  const auto slash =
      scheme == std::string_view::npos ? scheme : text.find_first_of("/?", scheme + 3);
  const std::string_view path = slash == std::string_view::npos ? "" : text.substr(slash);
  const bool is_plain =
      std::all_of(path.begin(), path.end(), [](char c) { return c > ' ' && c < 0x7F && c != '#'; });
  if (!is_plain) no_address();
  path_ = path.starts_with('/') ? std::string(path) : "/" + std::string(path);
  try {
    server_.api = parse_url(text.substr(0, slash), "webhook_url");
  } catch (const Error&) {
    no_address();  // the error of parse_url would show the text
  }
}

void Webhook::call() {
  const Request request(Operation::call_webhook, path_);
  const Answer answer = Http(server_).send(request);
  if (answer.delivery != Delivery::answered) throw unanswered(answer, server_);
  if (answer.status >= 200 && answer.status < 300) return;
  const std::string what = answer.status >= 300 && answer.status < 400 ? "redirects" : "answered";
  const bool is_ours = answer.status < 500 && answer.status != 429 && answer.status != 408;
  throw Error(is_ours ? Fault::workflow : Fault::failed,
              fmt::format("the webhook {} ({})", what, answer.status), hint_for(answer.status));
}

}  // namespace gitea
