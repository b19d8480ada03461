// SPDX-License-Identifier: MIT
#include "gitea/explain.hpp"
#include "gitea/message.hpp"

#include <catch2/catch_test_macros.hpp>

using core::Effect;
using core::Error;
using core::Fault;
using core::Reason;
using gitea::Answer;
using gitea::Delivery;
using gitea::Operation;
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

Request upload(std::uint64_t size = 5) {
  Request result(Operation::upload_asset);
  result.upload = core::Source{size, nullptr};
  result.file_size = size;
  result.file_name = "setup.exe";
  return result;
}

Error explained(const Answer& got, const Request& sent = Request(Operation::create_release)) {
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

TEST_CASE("a refusal says what was asked, what was answered, and what that means") {
  const Error error = explained(said(401, "invalid username, password or token"));
  CHECK(error.message ==
        "creating the release v1: the server answered 401 (invalid username, password or token): "
        "the token is not accepted");
  CHECK(error.asked == "creating the release v1");
  CHECK(error.answered == "the server answered 401 (invalid username, password or token)");
  CHECK(error.reason == Reason::token_not_accepted);
}

TEST_CASE("a refusal that is no JSON is not called the server's") {
  CHECK(explained(said(500, "")).answered == "the server answered 500");
  CHECK(explained(answer(500, "oops\n", "text/plain")).answered ==
        "the server answered 500 (oops)");
  CHECK(explained(answer(404, "", "")).answered == "the answer was 404");
  CHECK(explained(answer(403, "<html><title>Access denied</title>", "text/html")).answered ==
        "the answer was 403 with an HTML page ('Access denied')");
  CHECK(explained(answer(200, "  <html>no title", "")).answered ==
        "the answer was 200 with an HTML page");
}

TEST_CASE("a package's refusals speak of packages") {
  const Request link(Operation::link_package, "/packages/owner/container/app/-/link/app");
  check(explained(said(403, "user should have specific permission or be a site admin"), link),
        Fault::workflow, "may not write this package", "scope write:package");
  check(explained(said(403,
                       "token does not have at least one of required scope(s), "
                       "required=[write:package], token scope=all"),
                  link),
        Fault::workflow, "it needs write:package", "with that scope");
  check(explained(said(404, "package does not exist"), link), Fault::workflow,
        "(package does not exist)", "Push the package first");
}

TEST_CASE("401: the token is not accepted, and which input to set") {
  const Error error = explained(said(401, "invalid username, password or token"));
  check(error, Fault::workflow, "token is not accepted", "'token'");
  check(error, Fault::workflow, "invalid username", "expired");
  check(explained(answer(401, "")), Fault::workflow, "token is not accepted", "'token'");
}

TEST_CASE("401 to an upload is a transfer that broke: the token was accepted before") {
  check(explained(said(401, "user does not exist [uid: 0, name: ]"), upload()), Fault::uncertain,
        "did not arrive whole", "cuts uploads off");
}

TEST_CASE("403 for a scope: which one it has and which one it needs") {
  check(explained(said(403,
                       "token does not have at least one of required scope(s), "
                       "required=[write:repository], token scope=read:repository")),
        Fault::workflow, "it needs write:repository and has read:repository", "with that scope");
  check(explained(said(403, "token does not have at least one of required scope(s): [x]")),
        Fault::workflow, "it needs x", "with that scope");
}

TEST_CASE("403 for rights: what lets a token write here") {
  const Error error = explained(said(403, "user should have a permission to write to a repo"));
  check(error, Fault::workflow, "may not write Releases here", "permissions: contents: write");
  check(error, Fault::workflow, "permission to write", "DEPLOY_TOKEN");
  check(explained(said(403, "user should have a permission to write to a repo"),
                  Request(Operation::create_tag)),
        Fault::workflow, "may not make tags here", "permissions: contents: write");
}

TEST_CASE("403 to a question about code does not speak of Releases") {
  const Error error = explained(
      said(403, "user should have specific read permission or be a repo admin or a site admin"),
      Request(Operation::find_tag));
  check(error, Fault::workflow, "may not read the repository's code", "Code");
  CHECK(error.message.find("Releases") == std::string::npos);
}

TEST_CASE("403 about the account of the token's user says what that user has to do") {
  check(explained(said(403, "This account is prohibited from signing in, please contact …")),
        Fault::workflow, "may not sign in", "administrator");
  check(explained(said(403, "You must change your password. Change it at: http://h//user/x")),
        Fault::workflow, "change the password", "Sign in as that user");
  check(explained(said(403, "You must enable two-factor authentication")), Fault::workflow,
        "two-factor", "set it up");
}

TEST_CASE("403 in unknown words claims nothing about rights") {
  const Error error = explained(said(403, "the moon is full"));
  check(error, Fault::workflow, "the moon is full", "If it is about the rights");
  CHECK(error.message.find("Releases") == std::string::npos);
}

TEST_CASE("403 of a firewall names its page, and says nothing of rights") {
  const Error error = explained(
      answer(403, "<html><title>Request blocked - WAF</title></html>", "text/html"), upload());
  check(error, Fault::failed, "'Request blocked - WAF'", "/api/v1");
  CHECK(error.message.find("Releases") == std::string::npos);
  CHECK(error.hint.find("permissions") == std::string::npos);
}

TEST_CASE("404 to a repository: it is not found, or the token may not see it") {
  check(explained(said(404, "not found")), Fault::workflow, "may not see it", "'repository'");
}

TEST_CASE("a release that vanished under a write is uncertain: the next look tells") {
  check(explained(said(404, "not found"), Request(Operation::edit_release)), Fault::uncertain,
        "not found", "");
  check(explained(said(404, "not found"), upload()), Fault::uncertain, "not found", "");
}

TEST_CASE("404 of a router, a web server or nobody is about 'server_url', never a repository") {
  for (const Answer& one : {answer(404, "404 page not found\n", "text/plain"), answer(404, "", ""),
                            answer(404, "<html><title>404 Not Found</title>", "text/html")}) {
    const Error error = explained(one, Request(Operation::find_release));
    check(error, Fault::failed, "https://git.example.org:3000/api/v1 is not the server's API",
          "'server_url'");
    CHECK(error.message.find("repository") == std::string::npos);
  }
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
  check(explained(said(404, "Attachment is not enabled"), upload()), Fault::workflow, "attachments",
        "[attachment] ENABLED");
}

TEST_CASE("the usual 404 of older servers is no unknown target") {
  CHECK(explained(said(404, "The target couldn't be found.")).hint.find("target_commitish") ==
        std::string::npos);
}

TEST_CASE("413 tells the server's limit from the proxy's and from a quota") {
  const Request large = upload(3 << 20);
  const Error own = explained(said(413, "attachment exceeds limit 1048576"), large);
  check(own, Fault::workflow, "3.0 MiB", "[attachment] MAX_SIZE");
  check(own, Fault::workflow, "its limit is 1.0 MiB", "from Gitea 1.26");
  check(own, Fault::workflow, "", "[repository.release] FILE_MAX_SIZE");
  check(explained(said(413, "file too large"), large), Fault::workflow, "file too large",
        "app.ini");
  check(explained(said(413, "quota exceeded"), upload()), Fault::workflow, "quota", "space");
  Request notes(Operation::create_release);
  notes.json = std::string(2048, ' ');
  check(explained(said(413, "exceeds limit 1024"), notes), Fault::workflow, "2.0 KiB", "");
}

TEST_CASE("413 that is no JSON is a proxy's, whatever it says or does not say") {
  for (const Answer& one :
       {answer(413, "<html><title>413 Request Entity Too Large</title></html>", "text/html"),
        answer(413, "Payload Too Large", "text/plain"), answer(413, "", "")}) {
    const Error error = explained(one, upload(3000));
    check(error, Fault::workflow, "a proxy in front of the server refused 2.9 KiB",
          "client_max_body_size");
    CHECK(error.message.find("of it") == std::string::npos);
    CHECK(error.hint.find("MAX_SIZE'") == std::string::npos);
  }
  // Without words, the server's own is still a sentence.
  CHECK(explained(said(413, ""), upload(3000)).message ==
        "creating the release v1: the server answered 413: it does not take 2.9 KiB");
}

TEST_CASE("400 for a type that is not allowed: the setting's name") {
  for (const char* text : {"This file cannot be uploaded or modified due to a forbidden file "
                           "extension or type.",
                           "File type is not allowed to be uploaded"}) {
    check(explained(said(400, text), upload()), Fault::workflow, "of this type (.exe)",
          "[repository.release] ALLOWED_TYPES");
  }
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
    check(error, Fault::workflow, "this port speaks https",
          "Set 'server_url' to https://git.example.org:3000.");
  }
}

TEST_CASE("500 to a write is uncertain, with how often it was tried") {
  Answer got = said(500, "");
  got.tries = 6;
  check(explained(got, Request(Operation::edit_release)), Fault::uncertain, "500, 6 times", "log");
  check(explained(answer(502, "<html><title>Bad Gateway</title>", "text/html")), Fault::uncertain,
        "502 with an HTML page", "proxy");
}

TEST_CASE("500 to an upload speaks of the server's disk and database, not of tags or notes") {
  const Error error = explained(said(500, ""), upload());
  check(error, Fault::uncertain, "500", "disk");
  for (const char* word : {"tag", "protected", "notes", "shorter"}) {
    CHECK((error.message + error.hint).find(word) == std::string::npos);
  }
  check(explained(said(500, "write /data/a: no space left on device"), upload()), Fault::failed,
        "disk is full", "room");
}

TEST_CASE("504 to an upload: the proxy's patience") {
  check(explained(answer(504, "", ""), upload()), Fault::uncertain, "504", "proxy_read_timeout");
  check(explained(answer(504, "", "")), Fault::uncertain, "504", "run it again later");
}

TEST_CASE("what Cloudflare says is told as Cloudflare's") {
  for (const int status : {520, 521, 522, 523, 524, 525, 526, 527}) {
    const Error error = explained(answer(status, "error code: 52x", "text/plain"));
    check(error, Fault::uncertain, "Cloudflare answered " + std::to_string(status), "again later");
    CHECK(error.message.find("the server answered") == std::string::npos);
  }
  check(explained(answer(524, "", ""), upload()), Fault::uncertain, "too long to answer", "100 s");
}

TEST_CASE("what was repeated already and failed is no longer uncertain") {
  for (const Operation operation : {Operation::find_release, Operation::delete_asset}) {
    CHECK(explained(said(500, ""), Request(operation)).fault == Fault::failed);
    Answer none;
    none.trouble = Trouble::no_answer;
    CHECK(explained(none, Request(operation)).fault == Fault::failed);
  }
}

TEST_CASE("an HTML page instead of JSON: status, title, and what stands before the API") {
  const Answer got =
      answer(200, "<!DOCTYPE html>\n<html><head><TITLE>\nSign\tin</TITLE>", "text/html");
  const Error error = explained(got, Request(Operation::find_release));
  check(error, Fault::failed, "200", "login page");
  check(error, Fault::failed, "'Sign in'", "server_url");
  check(explained(answer(401, "<html><title>Log in</title>", "text/html")), Fault::failed,
        "wants a login of its own", "/api/v1");
}

TEST_CASE("redirects that lead in a circle are told as that") {
  gitea::Answer circle = answer(307, "");
  circle.location = "/api/v1/x";
  circle.circles = true;
  check(explained(circle), Fault::workflow, "in a circle, at last to /api/v1/x", "proxy");
}

TEST_CASE("a redirect to another place is not followed, so that the token stays") {
  Answer got = answer(302, "", "text/plain");
  got.location = "https://elsewhere.example/\nlogin";
  check(explained(got), Fault::workflow, "https://elsewhere.example/ login", "server_url");
}

TEST_CASE("a redirect whose body is a page is still a redirect, with the address to set") {
  Answer got = answer(301, "<html><title>301 Moved Permanently</title></html>", "text/html");
  got.location = "https://git.example.org/sub/api/v1/repos/me/app/releases/tags/v1";
  check(explained(got), Fault::workflow, "the server redirects to https://git.example.org/sub/api",
        "Set 'server_url' to https://git.example.org/sub.");
}

TEST_CASE("429 says how often it was tried") {
  Answer got = answer(429, "");
  got.tries = 6;
  check(explained(got), Fault::failed, "too many requests (429), 6 times", "later");
}

TEST_CASE("a conflict is uncertain: the next look decides") {
  check(explained(said(409, "Release is has no Tag")), Fault::uncertain, "409", "");
}

TEST_CASE("every refusal comes with what to do about it") {
  for (int status = 400; status < 600; ++status) {
    for (const Operation operation :
         {Operation::find_release, Operation::find_tag, Operation::create_release,
          Operation::create_tag, Operation::edit_release, Operation::delete_asset}) {
      INFO(status);
      const Error error = explained(said(status, "some unknown reason"), Request(operation));
      CHECK_FALSE(error.hint.empty());
      CHECK(error.message.find("some unknown reason") != std::string::npos);
      CHECK(error.message.find(std::to_string(status)) != std::string::npos);
    }
  }
}

TEST_CASE("what a failed write did: an Error tells whether only a look can say") {
  CHECK(effect_of(explained(said(400, "a forbidden file extension"), upload())) ==
        Effect::refused_for_good);
  CHECK(effect_of(explained(said(413, "exceeds limit 1"), upload())) == Effect::refused_for_good);
  CHECK(effect_of(explained(said(409, "it exists"))) == Effect::refused_for_now);
  CHECK(effect_of(explained(said(401, ""), upload())) == Effect::refused_for_now);
  CHECK(effect_of(explained(said(500, ""), upload())) == Effect::unknown);
  CHECK(effect_of(explained(answer(504, "", ""), upload())) == Effect::unknown);
  CHECK(effect_of(explained(Answer(), upload())) == Effect::unknown);
  CHECK(effect_of(gitea::unreadable("x", upload(), Error(Fault::failed, "y"))) == Effect::unknown);
  CHECK(effect_of(Error(Fault::workflow, "no file")) == Effect::refused_for_good);
}

TEST_CASE("an answer that cannot be read is uncertain of a write, and final of a question") {
  const Error problem(Fault::failed, "no valid JSON");
  CHECK(gitea::unreadable("asking", upload(), problem).fault == Fault::uncertain);
  const Error asked = gitea::unreadable("asking", Request(Operation::find_release), problem);
  CHECK(asked.fault == Fault::failed);
  CHECK(asked.message == "asking: no valid JSON");
  CHECK(asked.reason == Reason::unreadable);
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
  CHECK(gitea::message_in(answer(500, "<html><h1>Blocked</h1>", "text/html")) == "Blocked");
  CHECK(gitea::message_in(answer(500, "plain\ntext\n", "text/plain")) == "plain text");
  CHECK(gitea::message_in(answer(500, "[1]")) == "[1]");
  CHECK(gitea::message_in(answer(500, R"({"message":5})")) == R"({"message":5})");
  CHECK(gitea::message_in(answer(500, std::string(5000, 'x'), "text/plain")).size() < 400);
}
