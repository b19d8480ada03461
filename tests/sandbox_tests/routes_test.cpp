// SPDX-License-Identifier: MIT
// Addresses, on Gitea 1.25.
#include <catch2/catch_test_macros.hpp>

#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::releases_path;
using sandbox_tests::Sandbox;
using sandbox_tests::with_token;

TEST_CASE("invalid HTTP, such as TLS on the plain port, is rejected at its first line") {
  const Sandbox server;
  sandbox_tests::Socket socket(server.port());
  socket.send("\x16\x03\x01\x02\n");
  CHECK(socket.read().status == 400);
}

TEST_CASE("a renamed repository redirects with 301, its renamed owner with 307") {
  const Sandbox server;
  server.upload(server.release("v1"), "f");
  server.app("PATCH", "", R"({"name":"new"})");
  const Answer moved = server.app("GET", "/releases?limit=3");
  CHECK(moved.status == 301);
  CHECK(moved.header("location") == "/api/v1/repos/demo/new/releases?limit=3");
  CHECK(moved.body ==
        "<a href=\"/api/v1/repos/demo/new/releases?limit=3\">Moved Permanently</a>.\n\n");
  for (const char* method : {"POST", "PATCH", "DELETE"}) {
    const Answer other = server.app(method, "/releases/1", R"({"tag_name":"v2"})");
    if (std::string(method) == "POST") {
      CHECK(other.status == 405);  // no such route: the path is checked first
      continue;
    }
    CHECK(other.status == 301);
    CHECK(other.body.empty());
  }
  CHECK(server.app("POST", "/releases", R"({"tag_name":"v2"})").status == 301);
  CHECK(server.app("GET", "/releases", "", "").status == 301);
  const Answer web = server.get("/demo/app/releases/download/v1/f", "");
  CHECK(web.status == 301);
  CHECK(web.header("location") == "/demo/new/releases/download/v1/f");
  CHECK(server.get("/api/v1/repos/demo/new/releases").at("#") == "1");
  CHECK(server.get("/demo/new/releases/download/v1/f", "").body == "x");

  server.control("PATCH", "users/demo", R"({"name":"other"})");
  const Answer owner = server.get("/api/v1/repos/demo/new/releases?x=1");
  CHECK(owner.status == 307);
  CHECK(owner.header("location") == "/api/v1/repos/other/new/releases?x=1");
}

TEST_CASE("a deleted repository is 404, with another text than for an unknown owner") {
  const Sandbox server;
  CHECK(server.get("/api/v1/repos/demo/none/releases").at("message") == "not found");
  const Answer owner = server.get("/api/v1/repos/none/app/releases");
  CHECK(owner.status == 404);
  CHECK(owner.at("message") == "GetUserByName");
  server.app("PATCH", "", R"({"name":"new"})");
  CHECK(server.ask("DELETE", "/api/v1/repos/demo/new", with_token(server.token())).status == 204);
  CHECK(server.app("GET", "/releases").status == 404);  // its redirect is gone too
}

TEST_CASE("a wrong method is 405, and the response lists an allowed one") {
  const Sandbox server;
  const std::tuple<std::string, std::string, std::string> cases[] = {
      {"HEAD", releases_path, "POST"},         {"PUT", releases_path, "POST"},
      {"PUT", releases_path + "/1", "DELETE"}, {"POST", releases_path + "/1", "DELETE"},
      {"OPTIONS", releases_path, "POST"},      {"DELETE", "/api/v1/version", "GET"}};
  for (const auto& [method, path, allowed] : cases) {
    const Answer refused = server.ask(method, path, with_token(server.token()));
    INFO(method << " " << path);
    CHECK(refused.status == 405);
    CHECK(refused.header("allow") == allowed);
    CHECK(refused.body.empty());
  }
}

TEST_CASE("an unknown path gets a text, an unknown id JSON") {
  const Sandbox server;
  for (const char* path : {"/api/v1/nosuch", "/api/v1", "/api/v1/", "/api/v1/repos"}) {
    const Answer none = server.get(path);
    INFO(path);
    CHECK(none.status == 404);
    CHECK(none.header("content-type") == "text/plain; charset=utf-8");
    CHECK(none.body == "404 page not found\n");
  }
  CHECK(server.get("/api/v2/version").body == "Not found.\n");
  for (const char* id : {"abc", "0", "-1", "99999999999999999999"}) {
    const Answer none = server.show(id);
    INFO(id);
    CHECK(none.status == 404);
    CHECK(none.at("errors") == "null");
    CHECK(none.at("message") == "not found");
    CHECK(none.at("url") == server.url() + "/api/swagger");
  }
  CHECK(server.get("//api/v1//version/").at("version") == "1.25.4");
  CHECK(server.app("GET", "/releases/").body == "[]\n");
}

TEST_CASE("JSON responses have the usual headers of the server") {
  const Sandbox server;
  const Answer answer = server.app("GET", "/releases");
  CHECK(answer.header("content-type") == "application/json;charset=utf-8");
  CHECK(answer.header("x-content-type-options") == "nosniff");
  CHECK(answer.header("x-frame-options") == "SAMEORIGIN");
  CHECK(answer.header("cache-control") == "max-age=0, private, must-revalidate, no-transform");
  CHECK(answer.body.ends_with("\n"));
}

TEST_CASE("every address in a response is below the root URL, whatever host was requested") {
  const Sandbox server("gitea-1.25", {"--root-url", "https://git.example.org/sub"});
  const std::string root = "https://git.example.org/sub/";
  const std::string id = server.release("v/1");
  const std::string uuid = server.upload(id, "f").at("uuid");
  const Answer shown = server.ask(
      "GET", releases_path + "/" + id,
      with_token(server.token(), {{"X-Forwarded-Proto", "http"}, {"X-Forwarded-Host", "other"}}));
  CHECK(shown.at("url") == root + "api/v1/repos/demo/app/releases/" + id);
  CHECK(shown.at("upload_url") == root + "api/v1/repos/demo/app/releases/" + id + "/assets");
  CHECK(shown.at("html_url") == root + "demo/app/releases/tag/v/1");
  CHECK(shown.at("tarball_url") == root + "demo/app/archive/v/1.tar.gz");
  CHECK(shown.at("zipball_url") == root + "demo/app/archive/v/1.zip");
  CHECK(shown.at("assets.0.browser_download_url") == root + "demo/app/releases/download/v%2F1/f");
  CHECK(shown.at("author.avatar_url").starts_with(root + "avatars/"));
  CHECK(server.app("GET", "/releases/tags/none").at("url") == root + "api/swagger");
  CHECK(server.upload(id, "g").at("browser_download_url").starts_with(root + "attachments/"));
  server.app("PATCH", "", R"({"name":"new"})");
  CHECK(server.app("GET", "/releases").header("location") == "/sub/api/v1/repos/demo/new/releases");
  CHECK(server.get("/sub/api/v1/version").status == 404);  // a proxy removes this path
}

TEST_CASE("with a base path the server answers only below it") {
  const Sandbox server("gitea-1.25", {"--base-path", "/git"});
  CHECK(server.url().ends_with("/git"));
  const std::string id = server.release("v1");
  server.upload(id, "f");
  const Answer shown = server.show(id);
  CHECK(shown.at("url") == server.url() + "/api/v1/repos/demo/app/releases/" + id);
  const std::string download = shown.at("assets.0.browser_download_url");
  CHECK(download == server.url() + "/demo/app/releases/download/v1/f");
  CHECK(server.get("/demo/app/releases/download/v1/f", "").body == "x");
  sandbox_tests::Socket outside(server.port());
  outside.send(sandbox_tests::request_head("GET", "/api/v1/version", {}));
  CHECK(outside.read().status == 404);
}

TEST_CASE("the version can differ from the profile's") {
  const Sandbox server;
  CHECK(server.get("/api/v1/version", "").at("version") == "1.25.4");
  server.set(R"({"version":"1.99.0"})");
  CHECK(server.get("/api/v1/version", "").at("version") == "1.99.0");
  const Answer settings = server.get("/api/v1/settings/api", "");
  CHECK(settings.at("max_response_items") == "50");
  CHECK(settings.at("default_paging_num") == "30");
  CHECK(server.get("/api/v1/settings/attachment", "").at("max_size") == "2048");
}

TEST_CASE("a connection serves many requests, sequential or pipelined") {
  const Sandbox server;
  sandbox_tests::Socket socket(server.port());
  const std::string refused = sandbox_tests::request_head(
      "POST", releases_path,
      with_token(server.token(), {{"Content-Type", "application/json"}, {"Content-Length", "2"}}));
  const std::string fine = sandbox_tests::request_head("GET", "/api/v1/version", {});
  socket.send(refused + "{}" + fine + refused + "{}");
  CHECK(socket.read().status == 422);
  CHECK(socket.read().at("version") == "1.25.4");
  CHECK(socket.read().status == 422);
  socket.send("nonsense\r\n\r\n");
  CHECK(socket.read().status == 400);
}
