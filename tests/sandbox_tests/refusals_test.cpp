// SPDX-License-Identifier: MIT
// Releases that cannot be created, on Gitea 1.25.
#include <catch2/catch_test_macros.hpp>
#include <tuple>

#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::releases_path;
using sandbox_tests::Sandbox;
using sandbox_tests::with_token;

TEST_CASE("a name that git rejects is a server error, explained to administrators only") {
  const Sandbox server;
  const std::string admin = server.token_of(R"({"user":"root","admin":true})");
  server.release("v1.0");
  for (const char* tag : {"bad name", "a..b", "-x", "a~1", "x.lock", "v1.0/x"}) {
    const std::string json =
        R"({"target_commitish":"main","tag_name":")" + std::string(tag) + "\"}";
    INFO(tag);
    const Answer refused = server.app("POST", "/releases", json);
    CHECK(refused.status == 500);
    CHECK(refused.at("message").empty());
    const Answer explained = server.app("POST", "/releases", json, admin);
    CHECK(explained.status == 500);
    CHECK(explained.at("message").find(tag) != std::string::npos);
  }
  CHECK(server.app("POST", "/releases", R"({"tag_name":"--dash"})").at("tag_name") == "dash");
  CHECK(server.app("POST", "/releases", R"({"tag_name":"é"})").status == 201);
}

TEST_CASE("an unreadable request is rejected with 422") {
  const Sandbox server;
  const auto post = [&](const std::string& type, const std::string& body) {
    sandbox_tests::Headers headers = with_token(server.token());
    if (!type.empty()) headers.emplace_back("Content-Type", type);
    return server.ask("POST", releases_path, headers, body);
  };
  const std::string json = "application/json";
  const std::tuple<std::string, std::string, std::string> cases[] = {
      {json, "{}", "[TagName]: Required"},
      {json, "", "[TagName]: Required"},
      {json, R"({"tag_name":""})", "[TagName]: Required"},
      {json, "{\"tag_name\":",
       std::string("[]: invalid character '\\u0000' looking for "
                   "beginning of value")},
      {json, R"({"tag_name":5})", "cannot unmarshal number into Go struct field"},
      {"", R"({"tag_name":"q"})", "[]: Empty Content-Type"},
      {"text/plain", R"({"tag_name":"q"})", "[]: Unsupported Content-Type"},
      {"application/x-www-form-urlencoded", R"({"tag_name":"q"})", "[TagName]: Required"}};
  for (const auto& [type, body, message] : cases) {
    const Answer refused = post(type, body);
    INFO(type << ": " << body);
    CHECK(refused.status == 422);
    CHECK(refused.body.find(message) != std::string::npos);
  }
  CHECK(server.app("GET", "/releases").at("#") == "0");
  CHECK(post("application/vnd.x+json", R"({"tag_name":"q","no_such_member":1})").status == 201);
}

TEST_CASE("an empty repository has no releases, and accepts none") {
  const Sandbox server;
  const auto ask = [&](const char* method, const std::string& path, const std::string& json) {
    return server.ask(method, path,
                      with_token(server.token(), {{"Content-Type", "application/json"}}), json);
  };
  CHECK(ask("POST", "/api/v1/user/repos", R"({"name":"empty"})").status == 201);
  const std::string releases = "/api/v1/repos/demo/empty/releases";
  for (const char* draft : {"true", "false"}) {
    const Answer refused =
        ask("POST", releases, R"({"tag_name":"v1","draft":)" + std::string(draft) + "}");
    CHECK(refused.status == 422);
    CHECK(refused.at("message") == "repo is empty");
  }
  const Answer list = server.get(releases);
  CHECK(list.status == 200);
  CHECK(list.body == "[]\n");
}

TEST_CASE("an archived repository rejects releases, and accepts assets and deletions") {
  const Sandbox server;
  const std::string id = server.release("v1");
  const std::string draft = server.release("d1", R"(,"draft":true)");
  const std::string asset = server.upload(id, "old").at("id");
  server.app("PATCH", "", R"({"archived":true})");
  for (const char* json : {R"({"tag_name":"v2"})", R"({"tag_name":"v2","draft":true})"}) {
    const Answer refused = server.app("POST", "/releases", json);
    CHECK(refused.status == 500);
    CHECK(refused.at("message").empty());
  }
  CHECK(server.app("PATCH", "/releases/" + id, R"({"body":"b"})").status == 500);
  CHECK(server.app("PATCH", "/releases/" + draft, R"({"draft":false})").status == 500);
  CHECK(server.upload(id, "new").status == 201);
  const std::string assets = "/releases/" + id + "/assets/" + asset;
  CHECK(server.app("PATCH", assets, R"({"name":"renamed"})").status == 201);
  CHECK(server.app("DELETE", assets).status == 204);
  CHECK(server.app("DELETE", "/releases/" + id).status == 204);
  CHECK(server.app("POST", "/tags", R"({"tag_name":"t"})").status == 423);
}
