// SPDX-License-Identifier: MIT
// Permissions, on Gitea 1.25.
#include <catch2/catch_test_macros.hpp>

#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::basic;
using sandbox_tests::Sandbox;
using sandbox_tests::with_token;

namespace {

Answer post(const Sandbox& server, const std::string& tag, const std::string& token) {
  return server.app("POST", "/releases", R"({"tag_name":")" + tag + "\"}", token);
}

void check_refusal(const Answer& answer, int status, const std::string& message) {
  CHECK(answer.status == status);
  CHECK(answer.at("message") == message);
}

constexpr const char* bad_token = "invalid username, password or token";
constexpr const char* no_unit =
    "user should have specific read permission or be a repo admin or a site admin";

}  // namespace

TEST_CASE("only users on its list can create a protected tag, not even the administrator") {
  const Sandbox server;
  const std::string writer = server.collaborator("writer", "write");
  const std::string admin = server.token_of(R"({"user":"root","admin":true})");
  const std::string json = R"({"name_pattern":"rel-*","whitelist_usernames":["demo"]})";
  CHECK(server.app("POST", "/tag_protections", json).status == 201);
  CHECK(server.app("GET", "/tag_protections").at("0.name_pattern") == "rel-*");
  for (const std::string& token : {writer, admin}) {
    check_refusal(post(server, "rel-1", token), 422,
                  "release tag name is protected [tag_name: rel-1]");
  }
  CHECK(server.row("rel-1") == "{}");
  CHECK(post(server, "other", writer).status == 201);
  CHECK(post(server, "rel-2", server.token()).status == 201);
  server.push_tag("rel-3");
  CHECK(post(server, "rel-3", writer).status == 201);  // the tag already exists
  check_refusal(server.app("POST", "/tags", R"({"tag_name":"rel-4"})", writer), 422,
                "user not allowed to create protected tag");
  server.push_tag("rel-5");
  check_refusal(server.app("DELETE", "/tags/rel-5", "", writer), 422,
                "user not allowed to delete protected tag");
  const std::string id = server.app("GET", "/releases/tags/rel-2").at("id");
  CHECK(server.app("DELETE", "/releases/" + id, "", writer).status == 204);
  CHECK(server.app("GET", "/tag_protections", "", writer).status == 403);
}

TEST_CASE("everybody may read public repositories, and nobody may write without a token") {
  const Sandbox server;
  CHECK(server.app("GET", "/releases", "", "").status == 200);
  const Answer refused = post(server, "v1", "");
  check_refusal(refused, 401, "token is required");
  CHECK(refused.header("www-authenticate") == "(absent)");
  server.app("PATCH", "", R"({"private":true})");
  CHECK(post(server, "v1", "").status == 404);
  CHECK(server.app("GET", "/releases", "", "").status == 404);
}

TEST_CASE("an invalid token is rejected everywhere, even where none is needed") {
  const Sandbox server;
  for (const char* path :
       {"/api/v1/version", "/api/v1/repos/demo/app/releases", "/api/v1/repos/no/such/releases"}) {
    check_refusal(server.get(path, "wrong"), 401, bad_token);
    check_refusal(server.ask("GET", path, {{"Authorization", basic("demo", "wrong")}}), 401,
                  bad_token);
  }
}

TEST_CASE("a server that requires a sign-in rejects everybody else, without its address") {
  const Sandbox server;
  server.set(R"({"require_signin":true})");
  for (const char* path : {"/api/v1/version", "/api/v1/repos/demo/app/releases"}) {
    const Answer refused = server.get(path, "");
    check_refusal(refused, 403, "Only signed in user is allowed to call APIs.");
    CHECK(refused.at("url") == "(absent)");
    CHECK(server.get(path).status == 200);
  }
}

TEST_CASE("the scope of a token is checked before the repository") {
  const Sandbox server;
  const std::string reads = server.token_of(R"({"user":"demo","scopes":["read:repository"]})");
  const std::string other = server.token_of(R"({"user":"demo","scopes":["read:user"]})");
  const std::string message =
      "token does not have at least one of required scope(s), required=[write:repository], token "
      "scope=read:repository";
  check_refusal(post(server, "v1", reads), 403, message);
  check_refusal(server.ask("POST", "/api/v1/repos/no/such/releases", with_token(reads)), 403,
                message);
  CHECK(server.app("GET", "/releases", "", reads).status == 200);
  CHECK(server.app("GET", "/releases", "", other).status == 403);
  CHECK(server.get("/api/v1/user", other).at("login") == "demo");
  CHECK(server.get("/api/v1/user", reads).status == 403);
  CHECK(server.get("/api/v1/version", other).status == 200);
  const std::string writes = server.token_of(R"({"user":"demo","scopes":["write:repository"]})");
  CHECK(server.app("GET", "/releases", "", writes).status == 200);
  CHECK(post(server, "v1", writes).status == 201);
}

TEST_CASE("a token for public repositories does not see the private one") {
  const Sandbox server;
  const std::string token =
      server.token_of(R"({"user":"demo","scopes":["public-only","write:repository"]})");
  CHECK(post(server, "v1", token).status == 201);
  server.app("PATCH", "", R"({"private":true})");
  check_refusal(server.app("GET", "/releases", "", token), 403,
                "token scope is limited to public repos");
}

TEST_CASE("readers and strangers may not write, and a private repository is hidden from them") {
  const Sandbox server;
  const std::string writer = server.collaborator("writer", "write");
  const std::string reader = server.collaborator("reader", "read");
  const std::string stranger = server.token_of(R"({"user":"stranger"})");
  for (const std::string& token : {reader, stranger}) {
    check_refusal(post(server, "v1", token), 403,
                  "user should have a permission to write to a repo");
  }
  CHECK(post(server, "v1", writer).status == 201);
  server.app("PATCH", "", R"({"private":true})");
  CHECK(server.app("GET", "/releases", "", stranger).status == 404);
  CHECK(post(server, "v2", stranger).status == 404);
  CHECK(server.app("GET", "/releases", "", reader).status == 200);
  CHECK(server.app("PATCH", "", R"({"private":false})", writer).status == 403);
  CHECK(server.app("DELETE", "", "", writer).status == 403);
}

TEST_CASE("disabled releases are disabled for all but owners and administrators") {
  const Sandbox server;
  const std::string writer = server.collaborator("writer", "write");
  const std::string reader = server.collaborator("reader", "read");
  const std::string keeper = server.collaborator("keeper", "admin");
  const std::string admin = server.token_of(R"({"user":"root","admin":true})");
  const std::string job = server.token_of(R"({"user":"demo","job_repository":"demo/app"})");
  server.app("PATCH", "", R"({"has_releases":false})");
  for (const std::string& token : {writer, reader, job}) {
    check_refusal(post(server, "v1", token), 403, no_unit);
    check_refusal(server.app("GET", "/releases", "", token), 403, no_unit);
  }
  int number = 0;
  for (const std::string& token : {server.token(), keeper, admin}) {
    CHECK(post(server, "v" + std::to_string(++number), token).status == 201);
  }
  CHECK(server.app("GET", "", "", writer).at("has_releases") == "false");
}

TEST_CASE("a job's token can write to its own repository and sees no other") {
  const Sandbox server;
  const std::string job = server.token_of(R"({"user":"demo","job_repository":"demo/app"})");
  server.ask("POST", "/api/v1/user/repos",
             with_token(server.token(), {{"Content-Type", "application/json"}}),
             R"({"name":"other","auto_init":true})");
  CHECK(server.get("/api/v1/repos/demo/other", job).status == 404);
  const Answer made = post(server, "v1", job);
  CHECK(made.status == 201);
  CHECK(made.at("author.id") == "-2");
  CHECK(made.at("author.login") == "gitea-actions");
  CHECK(server.show(made.at("id")).at("author.login") == "Ghost");
  CHECK(server.app("GET", "", "", job).at("permissions.push") == "true");
  CHECK(server.app("GET", "", "", job).at("permissions.admin") == "false");
  CHECK(server.app("GET", "/tag_protections", "", job).status == 403);
  server.app("POST", "/tag_protections",
             R"({"name_pattern":"rel-*","whitelist_usernames":["demo"]})");
  CHECK(post(server, "rel-1", job).status == 422);
}

TEST_CASE("a job of a fork may only read, and after the job its token is invalid") {
  const Sandbox server;
  const std::string fork =
      server.token_of(R"({"user":"demo","job_repository":"demo/app","job_reads_only":true})");
  CHECK(server.app("GET", "/releases", "", fork).status == 200);
  check_refusal(post(server, "v1", fork), 403, "user should have a permission to write to a repo");
  CHECK(server.app("GET", "", "", fork).at("permissions.push") == "false");
  server.control("DELETE", "tokens/" + fork);
  check_refusal(server.app("GET", "/releases", "", fork), 401, bad_token);
}

// Gitea 1.26 and later.
TEST_CASE("a job's token has the permissions of its workflow") {
  const Sandbox server("gitea-1.26");
  int number = 0;
  // The statuses of: listing releases, creating one, listing tags, creating one, listing pulls.
  const auto statuses = [&](const std::string& permissions) {
    const std::string job = server.token_of(
        R"({"user":"demo","job_repository":"demo/app","job_permissions":)" + permissions + "}");
    const std::string tag = "t" + std::to_string(++number);
    std::string out;
    for (const int status :
         {server.app("GET", "/releases", "", job).status, post(server, "v" + tag, job).status,
          server.app("GET", "/tags", "", job).status,
          server.app("POST", "/tags", R"({"tag_name":")" + tag + "\"}", job).status,
          server.app("GET", "/pulls", "", job).status}) {
      out += std::to_string(status) + " ";
    }
    return out;
  };
  const std::string reads = "200 403 200 403 200 ";
  CHECK(statuses("{}") == reads);  // a public repository
  server.app("PATCH", "", R"({"private":true})");
  CHECK(statuses("{}") == "404 404 404 404 404 ");
  CHECK(statuses(R"({"packages":"write"})") == "403 403 403 403 404 ");
  CHECK(statuses(R"({"contents":"write"})") == "200 201 200 201 404 ");
  CHECK(statuses(R"({"contents":"read","pull-requests":"read"})") == reads);
  CHECK(statuses(R"({"releases":"write"})") == "200 201 403 403 404 ");
  CHECK(statuses(R"({"contents":"write","releases":"read"})") == "200 403 200 201 404 ");
}

TEST_CASE("before Gitea 1.26 and on Forgejo a workflow's permissions change nothing") {
  for (const char* profile : {"gitea-1.25", "forgejo-15"}) {
    const Sandbox server(profile);
    const std::string job = server.token_of(
        R"({"user":"demo","job_repository":"demo/app","job_permissions":{"contents":"read"}})");
    CHECK(post(server, "v1", job).status == 201);
  }
}

TEST_CASE("a token may be sent in many ways") {
  const Sandbox server;
  const std::string& token = server.token();
  const auto user = [&](const std::string& authorization) {
    return server.ask("GET", "/api/v1/user", {{"Authorization", authorization}}).status;
  };
  for (const std::string& form :
       {"token " + token, "Token " + token, "TOKEN " + token, "Bearer " + token, "bearer " + token,
        "token  " + token, "token " + token + " ", basic("demo", token), basic("any", token),
        basic(token, ""), basic(token, "x-oauth-basic"), basic("demo", "demo")}) {
    INFO(form);
    CHECK(user(form) == 200);
  }
  // Missing or unreadable credentials mean an anonymous request, which has no profile.
  for (const std::string& form : {std::string("token "), "Other " + token, token}) {
    INFO(form);
    CHECK(server.ask("GET", "/api/v1/version", {{"Authorization", form}}).status == 200);
    CHECK(user(form) == 401);
  }
  for (const char* name : {"token", "access_token"}) {
    const Answer by_query = server.get("/api/v1/user?" + std::string(name) + "=" + token, "");
    CHECK(by_query.status == 200);
    CHECK(by_query.header("x-gitea-warning") != "(absent)");
  }
  CHECK(server.get("/api/v1/user").header("x-gitea-warning") == "(absent)");
  CHECK(server.get("/api/v1/user?token=wrong", "").status == 401);
}

TEST_CASE("users who may not sign in, or must change their password, may do nothing") {
  const Sandbox server;
  const std::string prohibited = server.token_of(R"({"user":"out","prohibited":true})");
  const std::string expired = server.token_of(R"({"user":"old","must_change_password":true})");
  check_refusal(server.app("GET", "/releases", "", prohibited), 403,
                "This account is prohibited from signing in, please contact your site "
                "administrator.");
  check_refusal(
      server.app("GET", "/releases", "", expired), 403,
      "You must change your password. Change it at: " + server.url() + "//user/change_password");
}
