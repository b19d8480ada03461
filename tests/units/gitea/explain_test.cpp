// SPDX-License-Identifier: MIT
#include "gitea/explain.hpp"
#include "gitea/message.hpp"

#include <catch2/catch_test_macros.hpp>

using core::Error;
using core::Fault;
using gitea::Answer;
using gitea::Delivery;
using gitea::Request;
using gitea::Trouble;

namespace {

Answer answer(int status, const std::string& body, const std::string& type = "application/json") {
  Answer result;
  result.delivery = Delivery::answered;
  result.status = status;
  result.body = body;
  result.content_type = type;
  return result;
}

Answer said(int status, const std::string& message) {
  return answer(status, "{\"message\":\"" + message + "\",\"url\":\"https://h/api/swagger\"}");
}

Request request(const std::string& method, std::uint64_t upload_size = 0) {
  Request result;
  result.method = method;
  if (upload_size > 0) result.upload = core::Source{upload_size, nullptr};
  return result;
}

Error explained(const Answer& got, const Request& sent = request("POST")) {
  gitea::Server server;
  server.api = gitea::parse_url("https://git.example.org:3000/api/v1", "server_url");
  return gitea::explain("creating the release v1", sent, got, server);
}

/// The fault is as expected, the message begins with what was done and has `message` in it, and the
/// hint has `hint`.
void check(const Error& error, Fault fault, const std::string& message, const std::string& hint) {
  INFO(error.message << " | " << error.hint);
  CHECK(error.fault == fault);
  CHECK(error.message.starts_with("creating the release v1: "));
  CHECK(error.message.find(message) != std::string::npos);
  CHECK(error.hint.find(hint) != std::string::npos);
}

}  // namespace

TEST_CASE("a package's refusals speak of packages") {
  Request link = request("POST");
  link.path = "/packages/owner/container/app/-/link/app";
  check(explained(said(403, "user should have specific permission or be a site admin"), link),
        Fault::workflow, "may not write this package", "scope write:package");
  check(explained(said(403,
                       "token does not have at least one of required scope(s), "
                       "required=[write:package], token scope=all"),
                  link),
        Fault::workflow, "it needs write:package", "with that scope");
  check(explained(said(404, "package does not exist"), link), Fault::workflow,
        "not found (package does not exist)", "Push the package first");
}

TEST_CASE("401: the token is not accepted, and which input to set") {
  const Error error = explained(said(401, "invalid username, password or token"));
  check(error, Fault::workflow, "token is not accepted", "'token'");
  check(error, Fault::workflow, "invalid username", "expired");
  check(explained(answer(401, "")), Fault::workflow, "token is not accepted", "'token'");
}

TEST_CASE("403 for a scope: which one it has and which one it needs") {
  check(explained(said(403,
                       "token does not have at least one of required scope(s), "
                       "required=[write:repository], token scope=read:repository")),
        Fault::workflow, "it needs write:repository and has read:repository", "with that scope");
}

TEST_CASE("403 and 404 on a repository: what lets a token write here") {
  for (const int status : {403, 404}) {
    const Error error = explained(said(status, "user should have a permission to write to a repo"));
    check(error, Fault::workflow, "permission to write", "permissions: contents: write");
    check(error, Fault::workflow, "", "DEPLOY_TOKEN");
  }
}

TEST_CASE("a release that vanished under a write is uncertain: the next look tells") {
  check(explained(said(404, "not found"), request("PATCH")), Fault::uncertain, "not found", "");
  check(explained(said(404, "not found"), request("POST", 5)), Fault::uncertain, "not found", "");
  check(explained(said(404, "not found"), request("GET")), Fault::workflow, "not found",
        "repository");
}

TEST_CASE("Releases that are switched off, an empty repository, a protected tag") {
  check(explained(said(403,
                       "user should have specific read permission or be a repo admin or a site "
                       "admin")),
        Fault::workflow, "switched off", "settings");
  check(explained(said(422, "repo is empty")), Fault::workflow, "empty", "Push");
  check(explained(said(422, "release tag name is protected [tag_name: rel-1]")), Fault::workflow,
        "rel-1", "Tags");
}

TEST_CASE("an archived repository is told as that, with where to switch it") {
  check(explained(said(423, "<Repository 5:me/app> is archived")), Fault::workflow, "is archived",
        "settings");
}

TEST_CASE("an unknown target and attachments that are switched off") {
  check(explained(said(404, "target not found")), Fault::workflow, "target", "target_commitish");
  check(explained(said(404, "Attachment is not enabled"), request("POST", 5)), Fault::workflow,
        "attachments", "[attachment] ENABLED");
}

TEST_CASE("413 tells the server's limit from the proxy's and from a quota") {
  gitea::Request upload = request("POST", 3 << 20);
  upload.file_size = 3 << 20;
  const Error own = explained(said(413, "attachment exceeds limit 1048576"), upload);
  check(own, Fault::workflow, "3.0 MiB", "[attachment] MAX_SIZE");
  check(own, Fault::workflow, "its limit is 1.0 MiB", "FILE_MAX_SIZE");
  check(explained(said(413, "file too large"), upload), Fault::workflow, "file too large",
        "app.ini");
  check(explained(
            answer(413, "<html><title>413 Request Entity Too Large</title></html>", "text/html"),
            request("POST", 5)),
        Fault::workflow, "proxy", "client_max_body_size");
  check(explained(said(413, "quota exceeded"), request("POST", 5)), Fault::workflow, "quota",
        "space");
  gitea::Request notes = request("POST");
  notes.json = std::string(2048, ' ');
  check(explained(said(413, "exceeds limit 1024"), notes), Fault::workflow, "2.0 KiB", "");
}

TEST_CASE("400 for a type that is not allowed: the setting's name") {
  for (const char* text : {"This file cannot be uploaded or modified due to a forbidden file "
                           "extension or type.",
                           "File type is not allowed to be uploaded"}) {
    check(explained(said(400, text), request("POST", 5)), Fault::workflow, "type",
          "[repository.release] ALLOWED_TYPES");
  }
}

TEST_CASE("500 to a write is uncertain, with how often it was tried") {
  Answer got = said(500, "");
  got.tries = 6;
  check(explained(got, request("PATCH")), Fault::uncertain, "500, 6 times", "log");
  check(explained(answer(502, "<html><title>Bad Gateway</title>", "text/html")), Fault::uncertain,
        "502 with an HTML page", "proxy");
}

TEST_CASE("what was repeated already and failed is no longer uncertain") {
  for (const char* method : {"GET", "DELETE"}) {
    CHECK(explained(said(500, ""), request(method)).fault == Fault::failed);
    Answer none;
    none.trouble = Trouble::no_answer;
    CHECK(explained(none, request(method)).fault == Fault::failed);
  }
}

TEST_CASE("an HTML page instead of JSON: status, title, and what stands before the API") {
  for (const int status : {200, 403, 404}) {
    const Error error = explained(
        answer(status, "<!DOCTYPE html>\n<html><head><TITLE>\nSign\tin</TITLE>", "text/html"));
    check(error, Fault::failed, std::to_string(status), "login page");
    check(error, Fault::failed, "'Sign in'", "server_url");
  }
  check(explained(answer(200, "  <html>no title", "")), Fault::failed, "HTML", "proxy");
}

TEST_CASE("redirects that lead in a circle are told as that") {
  gitea::Answer circle = answer(307, "");
  circle.location = "/api/v1/x";
  circle.circles = true;
  check(explained(circle), Fault::workflow, "in a circle (to /api/v1/x", "proxy");
}

TEST_CASE("a redirect to another place is not followed, so that the token stays") {
  Answer got = answer(302, "", "text/plain");
  got.location = "https://elsewhere.example/\nlogin";
  check(explained(got), Fault::workflow, "https://elsewhere.example/ login", "server_url");
}

TEST_CASE("429 says how often it was tried") {
  Answer got = answer(429, "");
  got.tries = 6;
  check(explained(got), Fault::failed, "429), 6 times", "later");
}

TEST_CASE("a conflict is uncertain: the next look decides") {
  check(explained(said(409, "Release is has no Tag")), Fault::uncertain, "409", "");
}

TEST_CASE("every refusal comes with what to do about it") {
  for (const int status : {400, 405, 409, 410, 418, 422, 423}) {
    INFO(status);
    CHECK_FALSE(explained(said(status, "some unknown reason")).hint.empty());
    CHECK(explained(said(status, "some unknown reason")).message.find("some unknown reason") !=
          std::string::npos);
  }
}

TEST_CASE("without an answer: host and port, the reason, and how often it was tried") {
  Answer got;
  got.delivery = Delivery::unsent;
  got.trouble = Trouble::refused;
  got.tries = 6;
  check(explained(got), Fault::failed, "https://git.example.org:3000: the connection was refused",
        "firewall");
  check(explained(got), Fault::failed, "(tried 6 times)", "");
  got.tries = 1;
  CHECK(explained(got).message.find("tried") == std::string::npos);
}

TEST_CASE("every trouble has its own words, and only what may have been carried out is uncertain") {
  struct Case {
    Trouble trouble;
    Delivery delivery;
    Fault fault;
    const char* message;
    const char* hint;
  };
  for (const Case& one :
       {Case{Trouble::unresolved, Delivery::unsent, Fault::failed, "resolved", "name"},
        Case{Trouble::refused, Delivery::unsent, Fault::failed, "refused", "firewall"},
        Case{Trouble::timed_out, Delivery::unsent, Fault::failed, "time", "firewall"},
        Case{Trouble::proxy, Delivery::unsent, Fault::failed, "proxy", "HTTPS_PROXY"},
        Case{Trouble::proxy_credentials, Delivery::unsent, Fault::workflow, "407", "USER:PASSWORD"},
        Case{Trouble::tls, Delivery::unsent, Fault::failed, "TLS", "https"},
        Case{Trouble::tls_untrusted, Delivery::unsent, Fault::workflow, "certificate", "ca_cert"},
        Case{Trouble::tls_out_of_date, Delivery::unsent, Fault::workflow, "the detail", "clock"},
        Case{Trouble::tls_bundle, Delivery::unsent, Fault::workflow, "the detail", "SSL_CERT_FILE"},
        Case{Trouble::tls_other_name, Delivery::unsent, Fault::workflow, "git.example.org",
             "server_url"},
        Case{Trouble::broke_off, Delivery::unknown, Fault::uncertain, "broke off", "runner"},
        Case{Trouble::no_answer, Delivery::unknown, Fault::uncertain, "no answer",
             "answer_timeout"},
        Case{Trouble::other, Delivery::unknown, Fault::uncertain, "the detail", "runner"}}) {
    Answer got;
    got.delivery = one.delivery;
    got.trouble = one.trouble;
    got.detail = "the detail";
    check(explained(got), one.fault, one.message, one.hint);
  }
}

TEST_CASE("the server's own words are found in JSON, HTML and plain text, on one line") {
  CHECK(gitea::message_in(said(422, "a\\nb")) == "a b");
  CHECK(gitea::message_in(answer(500, "<html><title lang=en> Oops </title></html>", "text/html")) ==
        "Oops");
  CHECK(gitea::message_in(answer(500, "plain\ntext\n", "text/plain")) == "plain text");
  CHECK(gitea::message_in(answer(500, "[1]")) == "[1]");
  CHECK(gitea::message_in(answer(500, R"({"message":5})")) == R"({"message":5})");
  CHECK(gitea::message_in(answer(500, std::string(5000, 'x'), "text/plain")).size() < 400);
}
