// SPDX-License-Identifier: MIT
// No answer: what happened on the way.
#include <fmt/format.h>

#include "core/text/text.hpp"
#include "gitea/explanation.hpp"
#include "gitea/trust.hpp"

namespace gitea {
namespace {

using core::Fault;

constexpr const char* unverified = "the server's certificate cannot be verified: ";
constexpr const char* check_the_way =
    "Check that the runner can reach this address (name, firewall, proxy).";

Explanation untrusted(const Answer& answer) {
  const std::string meaning = unverified + answer.detail;
  const bool has_store = bundle_places().empty();  // that of Windows
  if (!has_store && system_bundle().empty()) {
    return {Fault::workflow,
            fmt::format("{}; no bundle of certificate authorities was found (searched: {})",
                        meaning, core::join(bundle_places(), ", ")),
            "Install ca-certificates in the job's image, or set 'ca_cert'."};
  }
  return {Fault::workflow, meaning,
          "Set 'ca_cert' to the certificate of the authority that signed the server's certificate "
          "(PEM text or a path); for a self-signed certificate, set it to that certificate."};
}

std::string in_brackets(const std::string& detail) {
  return detail.empty() ? "" : " (" + detail + ")";
}

Explanation without_tls(const Answer& answer, const Server& server) {
  Url plain = server.root();
  plain.tls = false;
  return {Fault::workflow,
          fmt::format("this port does not speak TLS{}", in_brackets(answer.detail)),
          fmt::format("If the server does not use TLS, set 'server_url' to {}; otherwise set it to "
                      "the https address.",
                      plain.text())};
}

}  // namespace

Explanation explain_transport(core::Reason reason, const Answer& answer, const Server& server) {
  if (reason == core::Reason::plain_http) return without_tls(answer, server);
  switch (answer.transport_error) {
    case TransportError::unresolved:
      return {Fault::failed,
              fmt::format("the name {} cannot be resolved",
                          server.proxy ? server.proxy->host : server.api.host),
              check_the_way};
    case TransportError::refused:
      return {Fault::failed, "the connection was refused", check_the_way};
    case TransportError::timed_out:
      return {Fault::failed, "connecting timed out", check_the_way};
    case TransportError::proxy:
      return {Fault::failed,
              answer.detail.empty() ? "the proxy closed the connection"
                                    : fmt::format("the proxy responded {}", answer.detail),
              "Check HTTPS_PROXY, and add servers that the proxy cannot reach to NO_PROXY."};
    case TransportError::proxy_credentials:
      return {Fault::workflow,
              server.proxy && server.proxy->user.empty()
                  ? "the proxy requires a user name and a password (407)"
                  : "the proxy does not accept the user name and password (407)",
              "Put them into the proxy's address, percent-encoded: http://USER:PASSWORD@HOST:PORT "
              "(HTTPS_PROXY, or http_proxy for a server without TLS)."};
    case TransportError::tls:
      return {
          Fault::failed, "the TLS connection could not be established" + in_brackets(answer.detail),
          "Check 'server_url': the server has to use https on this port, with TLS 1.2 or later."};
    case TransportError::tls_bundle:
      return {Fault::workflow,
              fmt::format("{} does not contain certificates of authorities", answer.detail),
              "It has to be a bundle in PEM format. Set SSL_CERT_FILE to use a different file."};
    case TransportError::tls_untrusted:
      return untrusted(answer);
    case TransportError::tls_out_of_date:
      return {Fault::workflow, unverified + answer.detail,
              "Renew it on the server. If it is valid, check the clock of the runner."};
    case TransportError::tls_other_name:
      return {Fault::workflow,
              fmt::format("the server's certificate is not valid for the name {}", server.api.host),
              "Use a name from the certificate in 'server_url'."};
    case TransportError::broke_off:
      return {Fault::failed, "the connection broke while the request was being sent",
              check_the_way};
    case TransportError::out_of_time:
      return {Fault::failed, "the time limit of the whole run is reached",
              "Increase 'timeout', or find out why the server is slow."};
    case TransportError::stalled:
      return {
          Fault::failed,
          fmt::format("no data was transferred for {} s",
                      std::chrono::ceil<std::chrono::seconds>(server.stall_timeout).count()),
          "Check the network, the server and any proxy. 'stall_timeout' sets how long to wait."};
    case TransportError::no_answer:
      return {Fault::failed, "the request was sent, but no response came",
              "The server may be busy, for example with another large upload. 'answer_timeout' "
              "sets how long to wait."};
    case TransportError::none:
    case TransportError::other:
      break;
  }
  return {Fault::failed, "the connection failed: " + answer.detail, check_the_way};
}

}  // namespace gitea
