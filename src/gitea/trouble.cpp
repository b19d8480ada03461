// SPDX-License-Identifier: MIT
// No answer: what happened on the way.
#include <fmt/format.h>

#include "core/text.hpp"
#include "gitea/trust.hpp"
#include "gitea/words.hpp"

namespace gitea {
namespace {

using core::Fault;

constexpr const char* unverified = "its certificate cannot be verified: ";
constexpr const char* check_the_way =
    "Check that the runner reaches this address (name, firewall, proxy).";

Words untrusted(const Answer& answer) {
  const std::string meaning = unverified + answer.detail;
  if (system_bundle().empty()) {
    return {Fault::workflow,
            fmt::format("{}; no bundle of authorities was found (looked for {})", meaning,
                        core::join(bundle_places(), ", ")),
            "Install ca-certificates in the job's image, or give 'ca_cert'."};
  }
  return {Fault::workflow, meaning,
          "Give the authority that signed the server's certificate as 'ca_cert' (PEM text or a "
          "path); of a self-signed certificate, itself."};
}

std::string in_brackets(const std::string& detail) {
  return detail.empty() ? "" : " (" + detail + ")";
}

Words without_tls(const Answer& answer, const Server& server) {
  Url plain = server.root();
  plain.tls = false;
  return {
      Fault::workflow, fmt::format("this port does not speak TLS{}", in_brackets(answer.detail)),
      fmt::format("If the server has no TLS, set 'server_url' to {}; else to its https address.",
                  plain.text())};
}

}  // namespace

Words words_of_trouble(core::Reason reason, const Answer& answer, const Server& server) {
  if (reason == core::Reason::plain_http) return without_tls(answer, server);
  switch (answer.trouble) {
    case Trouble::unresolved:
      return {Fault::failed,
              fmt::format("the name {} cannot be resolved",
                          server.proxy ? server.proxy->host : server.api.host),
              check_the_way};
    case Trouble::refused:
      return {Fault::failed, "the connection was refused", check_the_way};
    case Trouble::timed_out:
      return {Fault::failed, "no connection came about in time", check_the_way};
    case Trouble::proxy:
      return {Fault::failed,
              answer.detail.empty() ? "the proxy closed the connection"
                                    : fmt::format("the proxy answered {}", answer.detail),
              "Check HTTPS_PROXY, and name servers that it does not lead to in NO_PROXY."};
    case Trouble::proxy_credentials:
      return {Fault::workflow,
              server.proxy && server.proxy->user.empty()
                  ? "the proxy asks for a user name and a password (407)"
                  : "the proxy does not accept the user name and password (407)",
              "Write them into its address, percent-encoded: http://USER:PASSWORD@HOST:PORT "
              "(HTTPS_PROXY, or http_proxy for a server without TLS)."};
    case Trouble::tls:
      return {Fault::failed, "no TLS connection could be made" + in_brackets(answer.detail),
              "Check 'server_url': the server has to speak https on this port, TLS 1.2 or newer."};
    case Trouble::tls_bundle:
      return {Fault::workflow,
              fmt::format("{} holds no certificates of authorities", answer.detail),
              "It has to be a bundle in PEM; SSL_CERT_FILE names another one."};
    case Trouble::tls_untrusted:
      return untrusted(answer);
    case Trouble::tls_out_of_date:
      return {Fault::workflow, unverified + answer.detail,
              "Renew it on the server; if it is valid, look at the clock of the runner."};
    case Trouble::tls_other_name:
      return {Fault::workflow,
              fmt::format("its certificate is for another name than {}", server.api.host),
              "Use the name that the certificate is for in 'server_url'."};
    case Trouble::broke_off:
      return {Fault::failed, "the connection broke off while the request was sent", check_the_way};
    case Trouble::out_of_time:
      return {Fault::failed, "the time for the whole run is up",
              "Raise 'timeout', or look at why the server is slow."};
    case Trouble::stalled:
      return {
          Fault::failed,
          fmt::format("nothing moved on the connection for {} s",
                      std::chrono::ceil<std::chrono::seconds>(server.stall_timeout).count()),
          "The network, the server or a proxy is stuck; 'stall_timeout' says how long to wait."};
    case Trouble::no_answer:
      return {Fault::failed, "no answer came to a request that was sent",
              "The server may be busy, as with somebody's large upload; 'answer_timeout' says how "
              "long to wait for it."};
    case Trouble::none:
    case Trouble::other:
      break;
  }
  return {Fault::failed, "the connection failed: " + answer.detail, check_the_way};
}

}  // namespace gitea
