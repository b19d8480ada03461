// SPDX-License-Identifier: MIT
// Errors for responses of something between runner and server, and for no response.
#include <catch2/catch_test_macros.hpp>

#include "gitea/answer_text.hpp"
#include "gitea/explain.hpp"
#include "units/gitea/explained.hpp"

using core::Error;
using core::Fault;
using explained_responses::answer;
using explained_responses::check;
using explained_responses::explained;
using explained_responses::said;
using explained_responses::upload;
using gitea::Answer;
using gitea::Delivery;
using gitea::Operation;
using gitea::Request;
using gitea::TransportError;

TEST_CASE("403 from a firewall names its page, and does not mention permissions") {
  const Error error = explained(
      answer(403, "<html><title>Request blocked - WAF</title></html>", "text/html"), upload());
  check(error, Fault::failed, "'Request blocked - WAF'", "/api/v1");
  CHECK(error.message.find("Releases") == std::string::npos);
  CHECK(error.hint.find("permissions") == std::string::npos);
}

TEST_CASE("404 from a router or a web server is about 'server_url', never the repository") {
  for (const Answer& one : {answer(404, "404 page not found\n", "text/plain"), answer(404, "", ""),
                            answer(404, "<html><title>404 Not Found</title>", "text/html")}) {
    const Error error = explained(one, Request(Operation::find_release));
    check(error, Fault::failed, "does not come from the server's API", "'server_url'");
    CHECK(error.message.find("repository") == std::string::npos);
  }
}

TEST_CASE("413 that is not JSON comes from a proxy, whatever its text") {
  for (const Answer& one :
       {answer(413, "<html><title>413 Request Entity Too Large</title></html>", "text/html"),
        answer(413, "Payload Too Large", "text/plain"), answer(413, "", "")}) {
    const Error error = explained(one, upload(3000));
    check(error, Fault::workflow, "a proxy in front of the server rejected the upload (2.9 KiB)",
          "client_max_body_size");
    CHECK(error.message.find("of it") == std::string::npos);
    CHECK(error.hint.find("MAX_SIZE'") == std::string::npos);
  }
  // Even without a text, the server's own response gives a sentence.
  CHECK(explained(said(413, ""), upload(3000)).message ==
        "creating the release v1: the server responded 413: the server does not accept 2.9 KiB");
}

TEST_CASE("http to a port that speaks TLS: the address to set") {
  gitea::Server server;
  server.api = gitea::parse_url("http://git.example.org:3000/api/v1", "server_url");
  for (const Answer& one :
       {answer(400, "Client sent an HTTP request to an HTTPS server.\n", ""),
        answer(400, "<html><title>400 The plain HTTP request was sent to HTTPS port</title></html>",
               "text/html")}) {
    const Error error =
        gitea::explain("creating the release v1", Request(Operation::find_release), one, server);
    check(error, Fault::workflow, "this port expects https",
          "Set 'server_url' to https://git.example.org:3000.");
  }
}

TEST_CASE("504 for an upload: the proxy's time limit") {
  check(explained(answer(504, "", ""), upload()), Fault::uncertain, "504", "proxy_read_timeout");
  check(explained(answer(504, "", "")), Fault::uncertain, "504", "run it again later");
}

TEST_CASE("Cloudflare's status codes are explained in Cloudflare's words") {
  for (const int status : {520, 521, 522, 523, 524, 525, 526, 527}) {
    const Error error = explained(answer(status, "error code: 52x", "text/plain"));
    check(error, Fault::uncertain, "Cloudflare responded " + std::to_string(status), "again later");
    CHECK(error.message.find("the server responded") == std::string::npos);
  }
  check(explained(answer(524, "", ""), upload()), Fault::uncertain, "too long to respond", "100 s");
}

TEST_CASE("an HTML page instead of JSON: status, title, and what may be in front of the API") {
  const Answer got =
      answer(200, "<!DOCTYPE html>\n<html><head><TITLE>\nSign\tin</TITLE>", "text/html");
  const Error error = explained(got, Request(Operation::find_release));
  check(error, Fault::failed, "200", "login page");
  check(error, Fault::failed, "'Sign in'", "server_url");
  check(explained(answer(401, "<html><title>Log in</title>", "text/html")), Fault::failed,
        "requires its own login", "/api/v1");
}

TEST_CASE("redirects in a circle are reported as such") {
  gitea::Answer circle = answer(307, "");
  circle.location = "/api/v1/x";
  circle.circles = true;
  check(explained(circle), Fault::workflow, "to /api/v1/x after too many redirects", "proxy");
}

TEST_CASE("a redirect to another host is not followed, so that the token is not sent there") {
  Answer got = answer(302, "", "text/plain");
  got.location = "https://elsewhere.example/\nlogin";
  check(explained(got), Fault::workflow, "https://elsewhere.example/ login", "server_url");
}

TEST_CASE("a redirect with an HTML page is still a redirect, with the address to set") {
  Answer got = answer(301, "<html><title>301 Moved Permanently</title></html>", "text/html");
  got.location = "https://git.example.org/sub/api/v1/repos/me/app/releases/tags/v1";
  check(explained(got), Fault::workflow, "the server redirects to https://git.example.org/sub/api",
        "Set 'server_url' to https://git.example.org/sub.");
}

TEST_CASE("429 is reported with the number of attempts") {
  Answer got = answer(429, "");
  got.tries = 6;
  check(explained(got), Fault::failed, "too many requests (429), 6 times", "later");
}

TEST_CASE("without a response: host and port, the reason, and the number of attempts") {
  Answer got;
  got.delivery = Delivery::unsent;
  got.transport_error = TransportError::refused;
  got.tries = 6;
  check(explained(got), Fault::failed, "https://git.example.org:3000: the connection was refused",
        "firewall");
  check(explained(got), Fault::failed, "(6 attempts)", "");
  got.tries = 1;
  CHECK(explained(got).message.find("tried") == std::string::npos);
}

TEST_CASE(
    "every transport error has its own message, and only possibly completed writes are uncertain") {
  struct Case {
    TransportError transport_error;
    Delivery delivery;
    Fault fault;
    const char* message;
    const char* hint;
  };
  for (const Case& one :
       {Case{TransportError::unresolved, Delivery::unsent, Fault::failed, "resolved", "name"},
        Case{TransportError::refused, Delivery::unsent, Fault::failed, "refused", "firewall"},
        Case{TransportError::timed_out, Delivery::unsent, Fault::failed, "time", "firewall"},
        Case{TransportError::proxy, Delivery::unsent, Fault::failed, "proxy", "HTTPS_PROXY"},
        Case{TransportError::proxy_credentials, Delivery::unsent, Fault::workflow, "407",
             "USER:PASSWORD"},
        Case{TransportError::tls, Delivery::unsent, Fault::failed, "TLS", "https"},
        Case{TransportError::tls_untrusted, Delivery::unsent, Fault::workflow, "certificate",
             "ca_cert"},
        Case{TransportError::tls_out_of_date, Delivery::unsent, Fault::workflow, "the detail",
             "clock"},
        Case{TransportError::tls_bundle, Delivery::unsent, Fault::workflow, "the detail",
             "SSL_CERT_FILE"},
        Case{TransportError::tls_other_name, Delivery::unsent, Fault::workflow, "git.example.org",
             "server_url"},
        Case{TransportError::broke_off, Delivery::unknown, Fault::uncertain, "the connection broke",
             "runner"},
        Case{TransportError::no_answer, Delivery::unknown, Fault::uncertain, "no response came",
             "answer_timeout"},
        Case{TransportError::other, Delivery::unknown, Fault::uncertain, "the detail", "runner"}}) {
    Answer got;
    got.delivery = one.delivery;
    got.transport_error = one.transport_error;
    got.detail = "the detail";
    check(explained(got), one.fault, one.message, one.hint);
  }
}
