// SPDX-License-Identifier: MIT
// Packages and their link to a repository, as measured and as read in the source of Gitea 1.25.4
// (routers/api/v1/packages, services/packages).
#include <catch2/catch_test_macros.hpp>

#include "sandbox_tests/profiles.hpp"

using sandbox_tests::Answer;
using sandbox_tests::check;
using sandbox_tests::number;
using sandbox_tests::Sandbox;
using sandbox_tests::with_token;

namespace {

constexpr const char* link_path = "/api/v1/packages/demo/container/app/-/link/app";

void add(const Sandbox& server, const std::string& json) {
  server.control("POST", "repos/demo/app/packages", json);
}

Answer post(const Sandbox& server, const std::string& path, const std::string& token) {
  return server.ask("POST", path, with_token(token));
}

std::string linked(const Sandbox& server) {
  return server.get("/api/v1/packages/demo?type=container&q=app").at("0.repository.full_name");
}

}  // namespace

TEST_CASE("a package is linked once, with all its versions; after that the server returns 400") {
  const Sandbox server;
  add(server, "{}");
  add(server, R"({"version":"1.0"})");
  CHECK(linked(server) == "(absent)");
  CHECK(post(server, link_path, server.token()).status == 201);
  CHECK(linked(server) == "demo/app");
  CHECK(server.get("/api/v1/packages/demo").at("1.repository.full_name") == "demo/app");
  const Answer again = post(server, link_path, server.token());
  CHECK(again.status == 400);
  CHECK(again.at("message") == "invalid argument");
}

TEST_CASE("an unknown package or repository is 404 with a text") {
  const Sandbox server;
  CHECK(post(server, link_path, server.token()).at("message") == "package does not exist");
  add(server, "{}");
  const Answer unknown =
      post(server, "/api/v1/packages/demo/container/APP/-/link/nowhere", server.token());
  CHECK(unknown.status == 404);
  CHECK(unknown.at("message").find("repository does not exist") == 0);
  CHECK(post(server, "/api/v1/packages/nobody/container/app/-/link/app", server.token()).status ==
        404);
}

TEST_CASE("only owners may link packages: not a job's token, nor a collaborator") {
  const Sandbox server;
  add(server, "{}");
  const std::string job = server.token_of(R"({"user":"demo","job_repository":"demo/app"})");
  const std::string writer = server.collaborator("writer", "write");
  for (const std::string& token : {job, writer}) {
    const Answer refused = post(server, link_path, token);
    CHECK(refused.status == 403);
    CHECK(refused.at("message") == "user should have specific permission or be a site admin");
    CHECK(server.get("/api/v1/packages/demo", token).status == 200);
  }
  CHECK(post(server, link_path, "").status == 401);
  const std::string reads = server.token_of(R"({"user":"demo","scopes":["write:repository"]})");
  CHECK(post(server, link_path, reads).at("message").find("required=[write:package]") !=
        std::string::npos);
  const std::string scoped = server.token_of(R"({"user":"demo","scopes":["write:package"]})");
  CHECK(post(server, link_path, scoped).status == 201);
}

TEST_CASE("the list has all versions, newest first, filtered by type and name, in pages") {
  const Sandbox server;
  for (const char* json : {R"({"name":"app"})", R"({"name":"app-gpu"})", R"({"name":"other"})",
                           R"({"name":"app","type":"generic"})"}) {
    add(server, json);
  }
  const Answer list = server.get("/api/v1/packages/demo?type=container&q=APP");
  CHECK(list.at("#") == "2");
  CHECK(list.at("0.name") == "app-gpu");
  CHECK(list.header("x-total-count") == "2");
  CHECK(server.get("/api/v1/packages/demo?limit=3&page=2").at("#") == "1");
}

TEST_CASE("a link to a repository that the reader may not see is not shown") {
  const Sandbox server;
  add(server, "{}");
  post(server, link_path, server.token());
  server.app("PATCH", "", R"({"private":true})");
  const std::string stranger = server.token_of(R"({"user":"stranger"})");
  CHECK(server.get("/api/v1/packages/demo", stranger).at("0.repository") == "null");
  CHECK(linked(server) == "demo/app");
}

TEST_CASE("old servers do not have this path") {
  check({"404", "404", "404", "201", "201", "201", "404", "201", "201"}, [](const Sandbox& server) {
    add(server, "{}");
    return number(post(server, link_path, server.token()));
  });
  const Sandbox old("gitea-1.22");
  CHECK(post(old, link_path, old.token()).body == "404 page not found\n");
}
