// SPDX-License-Identifier: MIT
// Errors for responses of the server.
#include "gitea/explain.hpp"

#include <catch2/catch_test_macros.hpp>

#include "gitea/answer_text.hpp"
#include "units/gitea/explained.hpp"

using core::Effect;
using core::Error;
using core::Fault;
using core::Reason;
using explained_responses::answer;
using explained_responses::check;
using explained_responses::explained;
using explained_responses::said;
using explained_responses::upload;
using gitea::Answer;
using gitea::Operation;
using gitea::Request;
using gitea::TransportError;

TEST_CASE("a message contains the request, the response, and its meaning") {
  const Error error = explained(said(401, "invalid username, password or token"));
  CHECK(error.message ==
        "creating the release v1: the server responded 401 (invalid username, password or token): "
        "the server does not accept the token");
  CHECK(error.asked == "creating the release v1");
  CHECK(error.answered == "the server responded 401 (invalid username, password or token)");
  CHECK(error.reason == Reason::token_not_accepted);
}

TEST_CASE("a refusal that is not JSON is not attributed to the server") {
  CHECK(explained(said(500, "")).answered == "the server responded 500");
  CHECK(explained(answer(500, "oops\n", "text/plain")).answered ==
        "the server responded 500 (oops)");
  CHECK(explained(answer(404, "", "")).answered == "the response was 404");
  CHECK(explained(answer(403, "<html><title>Access denied</title>", "text/html")).answered ==
        "the response was 403 with an HTML page ('Access denied')");
  CHECK(explained(answer(200, "  <html>no title", "")).answered ==
        "the response was 200 with an HTML page");
}

TEST_CASE("messages about packages say package") {
  const Request link(Operation::link_package, "/packages/owner/container/app/-/link/app");
  check(explained(said(403, "user should have specific permission or be a site admin"), link),
        Fault::workflow, "may not write this package", "scope write:package");
  check(explained(said(403,
                       "token does not have at least one of required scope(s), "
                       "required=[write:package], token scope=all"),
                  link),
        Fault::workflow, "it requires write:package", "with this scope");
  check(explained(said(404, "package does not exist"), link), Fault::workflow,
        "(package does not exist)", "Push the package first");
}

TEST_CASE("401: the server does not accept the token, and which input to set") {
  const Error error = explained(said(401, "invalid username, password or token"));
  check(error, Fault::workflow, "does not accept the token", "'token'");
  check(error, Fault::workflow, "invalid username", "expired");
  check(explained(answer(401, "")), Fault::workflow, "does not accept the token", "'token'");
}

TEST_CASE("401 for an upload is a broken transfer: the token was accepted before") {
  check(explained(said(401, "user does not exist [uid: 0, name: ]"), upload()), Fault::uncertain,
        "did not receive the whole upload", "cuts uploads off");
}

TEST_CASE("403 for a scope: which one the token has and which one it needs") {
  check(explained(said(403,
                       "token does not have at least one of required scope(s), "
                       "required=[write:repository], token scope=read:repository")),
        Fault::workflow, "it requires write:repository, and the token has read:repository",
        "with this scope");
  check(explained(said(403, "token does not have at least one of required scope(s): [x]")),
        Fault::workflow, "it requires x", "with this scope");
}

TEST_CASE("403 for permissions: what a token needs to write here") {
  const Error error = explained(said(403, "user should have a permission to write to a repo"));
  check(error, Fault::workflow, "may not write Releases in this repository",
        "permissions: contents: write");
  check(error, Fault::workflow, "permission to write", "DEPLOY_TOKEN");
  check(explained(said(403, "user should have a permission to write to a repo"),
                  Request(Operation::create_tag)),
        Fault::workflow, "may not create tags in this repository", "permissions: contents: write");
}

TEST_CASE("403 for reading code does not mention Releases") {
  const Error error = explained(
      said(403, "user should have specific read permission or be a repo admin or a site admin"),
      Request(Operation::find_tag));
  check(error, Fault::workflow, "may not read the repository's code", "Code");
  CHECK(error.message.find("Releases") == std::string::npos);
}

TEST_CASE("404 for the list of pull requests names the permission that reads it") {
  const Error error = explained(said(404, "not found"), Request(Operation::list_pulls));
  check(error, Fault::workflow, "may not read them", "'pull-requests: read'");
  CHECK(error.message.find("contents: write") == std::string::npos);
}

TEST_CASE("403 because of the user's account says what the user has to do") {
  check(explained(said(403, "This account is prohibited from signing in, please contact …")),
        Fault::workflow, "may not sign in", "administrator");
  check(explained(said(403, "You must change your password. Change it at: http://h//user/x")),
        Fault::workflow, "change the password", "Sign in as that user");
  check(explained(said(403, "You must enable two-factor authentication")), Fault::workflow,
        "two-factor", "set it up");
}

TEST_CASE("403 with an unknown text claims nothing about permissions") {
  const Error error = explained(said(403, "the moon is full"));
  check(error, Fault::workflow, "the moon is full", "If the token lacks a permission");
  CHECK(error.message.find("Releases") == std::string::npos);
}

TEST_CASE("404 for a repository: it does not exist, or the token may not see it") {
  check(explained(said(404, "not found")), Fault::workflow, "may not see it", "'repository'");
}

TEST_CASE("a release that vanished before a write is uncertain: the next snapshot decides") {
  check(explained(said(404, "not found"), Request(Operation::edit_release)), Fault::uncertain,
        "not found", "");
  check(explained(said(404, "not found"), upload()), Fault::uncertain, "not found", "");
}

TEST_CASE("disabled Releases, an empty repository, a protected tag") {
  check(explained(said(403,
                       "user should have specific read permission or be a repo admin or a site "
                       "admin")),
        Fault::workflow, "disabled", "settings");
  check(explained(said(422, "repo is empty")), Fault::workflow, "empty", "Push");
  check(explained(said(422, "release tag name is protected [tag_name: rel-1]")), Fault::workflow,
        "rel-1", "Tags");
}

TEST_CASE("an archived repository is reported as such, with the setting's place") {
  check(explained(said(423, "<Repository 5:me/app> is archived")), Fault::workflow, "is archived",
        "settings");
}

TEST_CASE("an unknown target and disabled attachments") {
  check(explained(said(404, "target not found")), Fault::workflow, "target", "target_commitish");
  check(explained(said(404, "Attachment is not enabled"), upload()), Fault::workflow, "attachments",
        "[attachment] ENABLED");
}

TEST_CASE("the usual 404 of older servers does not mean an unknown target") {
  CHECK(explained(said(404, "The target couldn't be found.")).hint.find("target_commitish") ==
        std::string::npos);
}

TEST_CASE("413 distinguishes the server's limit, a proxy's and a quota") {
  const Request large = upload(3 << 20);
  const Error own = explained(said(413, "attachment exceeds limit 1048576"), large);
  check(own, Fault::workflow, "3.0 MiB", "[attachment] MAX_SIZE");
  check(own, Fault::workflow, "its limit is 1.0 MiB", "from Gitea 1.26");
  check(own, Fault::workflow, "", "[repository.release] FILE_MAX_SIZE");
  check(explained(said(413, "file too large"), large), Fault::workflow, "file too large",
        "app.ini");
  check(explained(said(413, "quota exceeded"), upload()), Fault::workflow, "quota", "larger quota");
  Request notes(Operation::create_release);
  notes.json = std::string(2048, ' ');
  check(explained(said(413, "exceeds limit 1024"), notes), Fault::workflow, "2.0 KiB", "");
}

TEST_CASE("400 for a forbidden file type: the setting's name") {
  for (const char* text : {"This file cannot be uploaded or modified due to a forbidden file "
                           "extension or type.",
                           "File type is not allowed to be uploaded"}) {
    check(explained(said(400, text), upload()), Fault::workflow, "of this type (.exe)",
          "[repository.release] ALLOWED_TYPES");
  }
}

TEST_CASE("500 for a write is uncertain, with the number of attempts") {
  Answer got = said(500, "");
  got.tries = 6;
  check(explained(got, Request(Operation::edit_release)), Fault::uncertain, "500, 6 times", "log");
  check(explained(answer(502, "<html><title>Bad Gateway</title>", "text/html")), Fault::uncertain,
        "502 with an HTML page", "proxy");
}

TEST_CASE("500 for an upload mentions the server's disk and database, not tags or notes") {
  const Error error = explained(said(500, ""), upload());
  check(error, Fault::uncertain, "500", "disk");
  for (const char* word : {"tag", "protected", "notes", "shorter"}) {
    CHECK((error.message + error.hint).find(word) == std::string::npos);
  }
  check(explained(said(500, "write /data/a: no space left on device"), upload()), Fault::failed,
        "disk is full", "disk space");
}

TEST_CASE("a request that failed after retries is no longer uncertain") {
  for (const Operation operation : {Operation::find_release, Operation::delete_asset}) {
    CHECK(explained(said(500, ""), Request(operation)).fault == Fault::failed);
    Answer none;
    none.transport_error = TransportError::no_answer;
    CHECK(explained(none, Request(operation)).fault == Fault::failed);
  }
}

TEST_CASE("a conflict is uncertain: the next snapshot decides") {
  check(explained(said(409, "Release is has no Tag")), Fault::uncertain, "409", "");
}

TEST_CASE("every refusal comes with a remedy") {
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

TEST_CASE("after a failed write an Error says whether only another read can tell the result") {
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

TEST_CASE("an unreadable response is uncertain for a write, and final for a read") {
  const Error problem(Fault::failed, "invalid JSON");
  CHECK(gitea::unreadable("asking", upload(), problem).fault == Fault::uncertain);
  const Error asked = gitea::unreadable("asking", Request(Operation::find_release), problem);
  CHECK(asked.fault == Fault::failed);
  CHECK(asked.message == "asking: invalid JSON");
  CHECK(asked.reason == Reason::unreadable);
}

TEST_CASE("the server's own text is found in JSON, HTML and plain text, on one line") {
  CHECK(gitea::message_in(said(422, "a\\nb")) == "a b");
  CHECK(gitea::message_in(answer(500, "<html><title lang=en> Oops </title></html>", "text/html")) ==
        "Oops");
  CHECK(gitea::message_in(answer(500, "<html><h1>Blocked</h1>", "text/html")) == "Blocked");
  CHECK(gitea::message_in(answer(500, "plain\ntext\n", "text/plain")) == "plain text");
  CHECK(gitea::message_in(answer(500, "[1]")) == "[1]");
  CHECK(gitea::message_in(answer(500, R"({"message":5})")) == R"({"message":5})");
  CHECK(gitea::message_in(answer(500, std::string(5000, 'x'), "text/plain")).size() < 400);
}
