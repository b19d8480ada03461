// SPDX-License-Identifier: MIT
// Creating releases, on Gitea 1.25.
#include <catch2/catch_test_macros.hpp>

#include "sandbox_tests/json.hpp"
#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::member;
using sandbox_tests::Sandbox;

namespace {

/// The commit that a tag has in git, or "" if there is no such tag.
std::string tagged(const Sandbox& server, const std::string& tag) {
  const Answer answer = server.app("GET", "/tags/" + tag);
  return answer.status == 200 ? answer.at("commit.sha") : "";
}

std::string head(const Sandbox& server) {
  return server.app("GET", "/branches/main").at("commit.id");
}

}  // namespace

TEST_CASE("a release with a new tag creates the tag at its target") {
  const Sandbox server;
  const Answer made = server.app("POST", "/releases", R"({"tag_name":"v1","name":"One",
      "body":"Text","target_commitish":"main","prerelease":true})");
  REQUIRE(made.status == 201);
  CHECK(made.at("tag_name") == "v1");
  CHECK(made.at("name") == "One");
  CHECK(made.at("body") == "Text");
  CHECK(made.at("draft") == "false");
  CHECK(made.at("prerelease") == "true");
  CHECK(made.at("assets") == "[]");
  CHECK(made.at("author.login") == "demo");
  CHECK(made.at("created_at") == made.at("published_at"));
  CHECK(made.at("created_at") > "2024-01-01");
  CHECK(tagged(server, "v1") == head(server));
  CHECK(server.show(made.at("id")).body == made.body);
}

TEST_CASE("a second release for a tag is rejected, draft or not") {
  const Sandbox server;
  server.release("v1");
  server.release("d1", R"(,"draft":true)");
  for (const char* again : {R"({"tag_name":"v1"})", R"({"tag_name":"v1","draft":true})",
                            R"({"tag_name":"d1"})", R"({"tag_name":"d1","draft":true})"}) {
    const Answer refused = server.app("POST", "/releases", again);
    CHECK(refused.status == 409);
    CHECK(refused.at("message") == "Release is has no Tag");
  }
  CHECK(server.app("GET", "/releases").at("#") == "2");
}

TEST_CASE("a release for a pushed tag takes over the tag's row, with its date") {
  const Sandbox server;
  server.push_tag("v1", R"(,"annotated":true,"message":"m","date":"2020-02-02T00:00:00Z")");
  const std::string row = server.row("v1");
  CHECK(member(row, "is_tag") == "true");
  const Answer made = server.app("POST", "/releases", R"({"tag_name":"v1"})");
  REQUIRE(made.status == 201);
  CHECK(made.at("target_commitish").empty());
  CHECK(made.at("created_at") == "2020-02-02T00:00:00Z");
  CHECK(made.at("published_at") == "2020-02-02T00:00:00Z");
  CHECK(made.at("id") == member(row, "id"));
}

TEST_CASE("a draft for a pushed tag is dated now, and keeps that date on publication") {
  const Sandbox server;
  server.push_tag("v1", R"(,"annotated":true,"message":"m","date":"2020-02-02T00:00:00Z")");
  const std::string id = server.release("v1", R"(,"draft":true)");
  CHECK(server.show(id).at("created_at") > "2024-01-01");
  const Answer published = server.app("PATCH", "/releases/" + id, R"({"draft":false})");
  CHECK(published.at("draft") == "false");
  CHECK(published.at("created_at") > "2024-01-01");
}

TEST_CASE("a release for a tag without a row is dated 1970") {
  const Sandbox server;
  server.push_tag("v1", R"(,"row_delay_ms":3600000)");
  const Answer made = server.app("POST", "/releases", R"({"tag_name":"v1"})");
  REQUIRE(made.status == 201);
  CHECK(made.at("created_at") == "1970-01-01T00:00:00Z");
  CHECK(made.at("target_commitish") == "main");
  const Answer edited = server.app("PATCH", "/releases/" + made.at("id"), R"({"body":"b"})");
  CHECK(edited.at("created_at") == "1970-01-01T00:00:00Z");
  server.release("older");
  CHECK(server.app("GET", "/releases/latest").at("tag_name") == "older");
}

TEST_CASE("tags that differ only in case are one release") {
  const Sandbox server;
  server.release("v1");
  CHECK(server.app("POST", "/releases", R"({"tag_name":"V1"})").status == 409);
  CHECK(server.app("GET", "/releases/tags/V1").at("tag_name") == "v1");
  server.push_tag("v2");
  const Answer made = server.app("POST", "/releases", R"({"tag_name":"V2"})");
  REQUIRE(made.status == 201);
  CHECK(made.at("tag_name") == "v2");
  CHECK(tagged(server, "V2").empty());
}

TEST_CASE("neither the target nor the tag of a draft is checked") {
  const Sandbox server;
  for (const char* tag : {"d1", "bad name", "a..b"}) {
    const Answer made = server.app(
        "POST", "/releases",
        R"({"draft":true,"target_commitish":"nope","tag_name":")" + std::string(tag) + "\"}");
    REQUIRE(made.status == 201);
    CHECK(made.at("draft") == "true");
    CHECK(made.at("target_commitish") == "nope");
  }
  CHECK(tagged(server, "d1").empty());
  CHECK(server.app("GET", "/tags").at("#") == "0");
}

TEST_CASE("an unknown target is rejected, and leaves nothing behind") {
  const Sandbox server;
  const Answer refused =
      server.app("POST", "/releases", R"({"tag_name":"v1","target_commitish":"x"})");
  CHECK(refused.status == 404);
  CHECK(refused.at("message") ==
        "target \"x\" not found: object does not exist [id: x, rel_path: ]");
  CHECK(server.row("v1") == "{}");
  CHECK(server.release("v1") != "");
}

TEST_CASE("a target may be a branch, a tag, a commit or a ref, and is stored unchanged") {
  const Sandbox server;
  server.release("base");
  const std::string first = head(server);
  const std::string second = server.commit();
  const std::pair<std::string, std::string> targets[] = {{"main", second},
                                                         {"base", first},
                                                         {first, first},
                                                         {first.substr(0, 8), first},
                                                         {"refs/heads/main", second},
                                                         {"HEAD", second},
                                                         {"main~1", first}};
  int number = 0;
  for (const auto& [target, commit] : targets) {
    const std::string tag = "t" + std::to_string(++number);
    const Answer made =
        server.app("POST", "/releases",
                   R"({"tag_name":")" + tag + R"(","target_commitish":")" + target + "\"}");
    INFO(target);
    CHECK(made.status == 201);
    CHECK(made.at("target_commitish") == target);
    CHECK(tagged(server, tag) == commit);
  }
}

TEST_CASE("the target is ignored if the tag exists") {
  const Sandbox server;
  server.push_tag("row");
  server.push_tag("no-row", R"(,"row_delay_ms":3600000)");
  for (const std::string tag : {"row", "no-row"}) {
    const Answer made =
        server.app("POST", "/releases", R"({"target_commitish":"nope","tag_name":")" + tag + "\"}");
    CHECK(made.status == 201);
    CHECK(made.at("target_commitish") == "nope");
  }
}

TEST_CASE("a long name is truncated, and an empty one stays empty") {
  const Sandbox server;
  const std::string longest(255, 'n');
  const Answer kept =
      server.app("POST", "/releases", R"({"tag_name":"v1","name":")" + longest + "\"}");
  CHECK(kept.at("name") == longest);
  const Answer cut = server.app("POST", "/releases",
                                R"({"tag_name":"v2","name":")" + std::string(300, 'n') + "\"}");
  CHECK(cut.status == 201);
  CHECK(cut.at("name") == std::string(252, 'n') + "…");
  CHECK(server.app("POST", "/releases", R"({"tag_name":"v3"})").at("name").empty());
}

TEST_CASE("a tag message creates an annotated tag, but not for a draft") {
  const Sandbox server;
  server.release("v1", R"(,"tag_message":"hello tag")");
  CHECK(server.app("GET", "/git/refs/tags/v1").at("object.type") == "tag");
  CHECK(server.app("GET", "/tags/v1").at("message") == "hello tag");
  const std::string id = server.release("v2", R"(,"draft":true,"tag_message":"lost")");
  CHECK(server.app("PATCH", "/releases/" + id, R"({"draft":false})").status == 200);
  CHECK(server.app("GET", "/git/refs/tags/v2").at("object.type") == "commit");
}
