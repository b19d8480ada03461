// SPDX-License-Identifier: MIT
// Somebody between the runner and the server's API answered: a proxy, a firewall, a login page.
#include <fmt/format.h>

#include <utility>

#include "core/text.hpp"
#include "gitea/message.hpp"
#include "gitea/words.hpp"

namespace gitea {
namespace {

using core::Fault;
using core::Reason;

/// "https://new.example.org/git", where `location` is an address of an API; else "".
std::string server_at(const std::string& location) {
  const auto api = location.find("/api/v1");
  const bool is_absolute = location.starts_with("http://") || location.starts_with("https://");
  return is_absolute && api != std::string::npos ? core::one_line(location.substr(0, api)) : "";
}

Words redirected(const Answer& answer) {
  if (answer.circles) {
    return {
        Fault::workflow, "",
        "Check 'server_url' (http or https?), and the rules of a proxy in front of the server."};
  }
  const std::string why =
      "Only redirects on the same server are followed, so that the token stays there";
  const std::string server = server_at(answer.location);
  return {Fault::workflow, "",
          server.empty() ? why + ": set 'server_url' or 'repository' to the new place."
                         : fmt::format("Set 'server_url' to {}. {}.", server, why)};
}

Words https_expected(const Server& server) {
  Url secure = server.root();
  secure.tls = true;
  return {Fault::workflow, "this port speaks https",
          fmt::format("Set 'server_url' to {}.", secure.text())};
}

Words not_the_api(const Answer& answer, const Server& server) {
  constexpr int ok = 299;
  if (answer.status <= ok) {
    return {Fault::failed, "that is not the server's API",
            "A proxy or a login page stands before the API: check 'server_url', and let the runner "
            "reach /api/v1 directly."};
  }
  return {
      Fault::failed,
      fmt::format("whoever answers at {} is not the server's API", server.api.text()),
      "Check that 'server_url' leads to a Gitea or Forgejo server. If it does, a proxy in front "
      "of it answered, as while the server restarts: run it again."};
}

Words gateway(const Request& request, const Answer& answer) {
  constexpr int timeout = 504;
  if (request.upload && answer.status == timeout) {
    return {Fault::failed, "",
            "The server takes its time to store a large file; a proxy has to wait for it "
            "('proxy_read_timeout' in nginx)."};
  }
  return {Fault::failed, "",
          "The server, or the proxy before it, is in trouble: run it again later."};
}

const char* meaning_of_cloudflare(int status) {
  switch (status) {
    case 521:
      return "the server behind it refuses connections";
    case 522:
    case 523:
      return "the server behind it cannot be reached";
    case 524:
      return "the server behind it took too long to answer";
    case 525:
    case 526:
      return "it does not accept the TLS of the server behind it";
    default:
      return "the server behind it gave no good answer";
  }
}

Words cloudflare(const Request& request, const Answer& answer) {
  constexpr int took_too_long = 524;
  const bool is_upload = request.upload && answer.status == took_too_long;
  return {Fault::failed, meaning_of_cloudflare(answer.status),
          is_upload ? "Cloudflare waits 100 s for an answer: set 'server_url' to an address that "
                      "leads to the server directly."
                    : "The server is in trouble, or Cloudflare's settings for it are wrong: run it "
                      "again later."};
}

std::string size_of(const Request& request) {
  return core::human_size(request.upload ? request.file_size : request.json.size());
}

}  // namespace

Words words_of_others(Reason reason, const Request& request, const Answer& answer,
                      const Server& server) {
  switch (reason) {
    case Reason::redirected:
      return redirected(answer);
    case Reason::https_expected:
      return https_expected(server);
    case Reason::not_the_api:
      return not_the_api(answer, server);
    case Reason::gateway:
      return gateway(request, answer);
    case Reason::cloudflare:
      return cloudflare(request, answer);
    case Reason::blocked:
      return {Fault::failed, "that is not the server's API: a proxy or a firewall refused it",
              "Whoever runs it has to let requests to /api/v1 through, uploads too."};
    case Reason::login_in_front:
      return {Fault::failed, "a proxy in front of the server wants a login of its own",
              "Let the runner reach /api/v1 without it: the token is for the server alone."};
    case Reason::request_timeout:
      return {Fault::failed, "the request took too long to arrive",
              "The connection is slow, or a proxy's patience short ('client_body_timeout' in "
              "nginx)."};
    case Reason::misdirected:
      return {Fault::failed, "this connection does not lead to that server",
              "A proxy mixes up its servers: run it again later, or tell whoever runs it."};
    case Reason::expectation:
      return {Fault::failed, "something in front of the server refuses large uploads",
              "It has to pass on 'Expect: 100-continue', or to ignore it."};
    case Reason::method_refused:
      return {Fault::failed,
              fmt::format("requests of the method {} are not let through", request.method),
              "Check 'server_url'. A proxy in front of the server has to let GET, POST, PATCH and "
              "DELETE through."};
    case Reason::too_large_for_proxy:
      return {Fault::workflow,
              fmt::format("a proxy in front of the server refused {}", size_of(request)),
              "Raise the proxy's limit: 'client_max_body_size' in nginx; Cloudflare has one for "
              "each plan."};
    case Reason::too_many_requests:
      return {Fault::failed, "", "Run it again later, or ask the administrator about the limit."};
    default:
      return {Fault::failed, "", "Running it again later may help."};
  }
}

}  // namespace gitea
