// SPDX-License-Identifier: MIT
#include "gitea/webhook.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "core/error.hpp"
#include "core/text.hpp"
#include "gitea/classify.hpp"
#include "gitea/http.hpp"
#include "gitea/words.hpp"

namespace gitea {
namespace {

using core::Error;
using core::Fault;

[[noreturn]] void no_address() {
  throw Error(Fault::workflow, "webhook_url is no address of a webhook (it is a secret: not shown)",
              "Expected is something like https://host:9443/api/stacks/webhooks/…, without a user "
              "name, blanks or a line end.");
}

Error unanswered(const Answer& answer, const Server& server) {
  Server hidden = server;
  hidden.api.host = "(hidden)";
  const core::Reason reason = classify(Operation::call_webhook, answer).reason;
  const Words words = words_of_trouble(reason, answer, hidden);
  const std::string again = answer.tries > 1 ? fmt::format(" (tried {} times)", answer.tries) : "";
  if (answer.delivery == Delivery::unknown) {
    return {Fault::failed, fmt::format("the webhook: {}{}", words.meaning, again),
            "It may have been carried out: look at the container manager. 'timeout' says how long "
            "to wait for its answer."};
  }
  return {
      words.fault, fmt::format("the webhook: {}{}", words.meaning, again),
      "Check that the runner reaches the host in webhook_url (name, port, firewall, proxy), and "
      "give 'ca_cert' where its certificate is signed by an authority of your own."};
}

std::string hint_for(int status) {
  if (status >= 300 && status < 400) {
    return "It is not followed: set webhook_url to the address that it leads to (https instead of "
           "http?).";
  }
  if (status == 401 || status == 403) return "It wants a login, or this address was withdrawn.";
  if (status == 404) return "Nobody knows this address: copy it anew from the container manager.";
  if (status == 405) return "It takes no POST: is it the address of the webhook?";
  return "The container manager's log says why; running it again later may help.";
}

}  // namespace

Webhook::Webhook(const Token& address, const Server& way) : server_(way) {
  server_.token = Token();
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
    no_address();  // that one would show the text
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
