// SPDX-License-Identifier: MIT
// Finding releases and tags, and creating tags.
#include <catch2/catch_test_macros.hpp>

#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::Sandbox;

namespace {

/// The tags of a list of releases, in its order.
std::string tags_of(const Answer& list) {
  std::string out;
  for (int i = 0; std::to_string(i) != list.at("#"); ++i) {
    out += (i == 0 ? "" : " ") + list.at(std::to_string(i) + ".tag_name");
  }
  return out;
}

}  // namespace

TEST_CASE("a slash in a tag is one segment of the path, percent-encoded") {
  const Sandbox server;
  server.release("a/b");
  CHECK(server.app("GET", "/releases/tags/a%2Fb").at("tag_name") == "a/b");
  const Answer raw = server.app("GET", "/releases/tags/a/b");
  CHECK(raw.status == 404);
  CHECK(raw.header("content-type").starts_with("text/plain"));
  CHECK(raw.body == "404 page not found\n");
  CHECK(server.app("GET", "/tags/a/b").at("name") == "a/b");  // the route of tags accepts both
}

TEST_CASE("a draft is found by its tag only by users who may write") {
  const Sandbox server;
  const std::string writer = server.collaborator("writer", "write");
  const std::string reader = server.collaborator("reader", "read");
  const std::string reads_only = server.token_of(R"({"user":"demo","scopes":["read:repository"]})");
  const std::string id = server.release("d1", R"(,"draft":true)");
  for (const std::string& token : {server.token(), writer, reads_only}) {
    CHECK(server.app("GET", "/releases/tags/d1", "", token).status == 200);
    CHECK(server.app("GET", "/releases", "", token).at("#") == "1");
  }
  for (const std::string& token : {reader, std::string()}) {
    const Answer hidden = server.app("GET", "/releases/tags/d1", "", token);
    CHECK(hidden.status == 404);
    CHECK(hidden.at("message") == "not found");
    CHECK(hidden.at("errors") == "null");
    CHECK(server.app("GET", "/releases?draft=true", "", token).body == "[]\n");
    CHECK(server.app("GET", "/releases/" + id, "", token).status == 200);  // by id: everybody
  }
  server.push_tag("only-a-tag");
  CHECK(server.app("GET", "/releases/tags/only-a-tag").status == 404);
}

TEST_CASE("lists have pages of 30, at most 50, and a total count") {
  const Sandbox server("gitea-1.25", {"--root-url", "https://git.example.org/sub"});
  server.set(R"({"create_window_ms":0})");
  for (int i = 1; i <= 55; ++i) server.release("v" + std::to_string(i), R"(,"draft":true)");
  const std::pair<const char*, const char*> lengths[] = {
      {"", "30"},           {"?limit=0", "30"}, {"?limit=-1", "30"},       {"?per_page=5", "30"},
      {"?limit=100", "50"}, {"?limit=7", "7"},  {"?limit=50&page=2", "5"}, {"?page=abc", "30"},
      {"?page=0", "30"},    {"?page=2", "25"},  {"?limit=20&page=9", "0"}, {"?limit=50", "50"}};
  for (const auto& [query, length] : lengths) {
    const Answer list = server.app("GET", "/releases" + std::string(query));
    INFO(query);
    CHECK(list.status == 200);
    CHECK(list.at("#") == length);
    CHECK(list.header("x-total-count") == "55");
  }
  const std::string base = "<https://git.example.org/sub/api/v1/repos/demo/app/releases?";
  CHECK(server.app("GET", "/releases?limit=100").header("link") ==
        base + "limit=100&page=2>; rel=\"next\"," + base + "limit=100&page=2>; rel=\"last\"");
  CHECK(server.app("GET", "/releases?limit=20&page=2").header("link") ==
        base + "limit=20&page=3>; rel=\"next\"," + base + "limit=20&page=3>; rel=\"last\"," + base +
            "limit=20&page=1>; rel=\"first\"," + base + "limit=20&page=1>; rel=\"prev\"");
  CHECK(server.app("GET", "/releases?limit=20&page=9").header("link").find("rel=\"first\"") !=
        std::string::npos);
  const Answer tags = server.app("GET", "/tags");
  CHECK(tags.header("link") == "(absent)");
  CHECK(tags.header("x-total-count") == "0");
}

TEST_CASE("a single page has no Link header") {
  const Sandbox server;
  server.release("v1");
  CHECK(server.app("GET", "/releases").header("link") == "(absent)");
}

TEST_CASE("releases are sorted by date, then by id, and filtered by two parameters") {
  const Sandbox server;
  const auto dated = [&](const std::string& tag, const std::string& year) {
    server.push_tag(tag,
                    R"(,"annotated":true,"message":"m","date":")" + year + R"(-01-01T00:00:00Z")");
    server.release(tag, tag == "p1" ? R"(,"prerelease":true)" : "");
  };
  dated("new", "2022");
  dated("old", "2020");
  dated("p1", "2021");
  dated("also-old", "2020");
  server.release("d1", R"(,"draft":true)");
  CHECK(tags_of(server.app("GET", "/releases")) == "d1 new p1 also-old old");
  CHECK(tags_of(server.app("GET", "/releases?draft=true")) == "d1");
  CHECK(tags_of(server.app("GET", "/releases?draft=false")) == "new p1 also-old old");
  CHECK(tags_of(server.app("GET", "/releases?pre-release=true")) == "p1");
  CHECK(tags_of(server.app("GET", "/releases?pre-release=false")) == "d1 new also-old old");
  CHECK(tags_of(server.app("GET", "/releases?prerelease=true")) == "d1 new p1 also-old old");
}

TEST_CASE("the latest release is neither a draft nor a prerelease") {
  const Sandbox server;
  server.release("p1", R"(,"prerelease":true)");
  server.release("d1", R"(,"draft":true)");
  CHECK(server.app("GET", "/releases/latest").status == 404);
  server.release("v1");
  server.push_tag("older", R"(,"annotated":true,"message":"m","date":"2020-01-01T00:00:00Z")");
  server.release("older");
  CHECK(server.app("GET", "/releases/latest").at("tag_name") == "v1");
}

TEST_CASE("a tag is created at a target, once") {
  const Sandbox server;
  const std::string commit = server.app("GET", "/branches/main").at("commit.id");
  const Answer made =
      server.app("POST", "/tags", R"({"tag_name":"t1","target":"main","message":"hello"})");
  CHECK(made.status == 201);
  CHECK(made.at("commit.sha") == commit);
  CHECK(made.at("message") == "hello");
  CHECK(made.at("id") != commit);  // annotated
  const Answer again = server.app("POST", "/tags", R"({"tag_name":"t1"})");
  CHECK(again.status == 409);
  CHECK(again.at("message") == "tag already exists [name: t1]");
  const Answer lost = server.app("POST", "/tags", R"({"tag_name":"t2","target":"nope"})");
  CHECK(lost.status == 404);
  CHECK(lost.at("message") == "target not found: object does not exist [id: nope, rel_path: ]");
  server.release("d1", R"(,"draft":true)");
  CHECK(server.app("POST", "/tags", R"({"tag_name":"d1"})").status == 409);
  // Its release has no target, like that of a pushed tag.
  CHECK(server.app("POST", "/releases", R"({"tag_name":"t1"})").at("target_commitish").empty());
}

TEST_CASE("tags, refs, branches and commits can be read") {
  const Sandbox server;
  const std::string first = server.app("GET", "/branches/main").at("commit.id");
  server.push_tag("light");
  server.push_tag("heavy", R"(,"annotated":true,"message":"m")");
  const std::string second = server.commit();
  CHECK(server.app("GET", "/tags/light").at("commit.sha") == first);
  const Answer none = server.app("GET", "/tags/none");
  CHECK(none.status == 404);
  CHECK(none.at("message") == "tag doesn't exist: none");
  CHECK(server.app("GET", "/git/refs/tags/light").at("object.type") == "commit");
  const Answer heavy = server.app("GET", "/git/refs/tags/heavy");
  CHECK(heavy.at("object.type") == "tag");
  CHECK(server.app("GET", "/git/commits/" + second).at("sha") == second);
  CHECK(server.app("GET", "/git/commits/" + std::string(40, '1')).status == 404);
  const Answer since = server.app("GET", "/commits?sha=main&not=light");
  CHECK(since.at("#") == "1");
  CHECK(since.at("0.sha") == second);
  CHECK(since.header("x-total") == "1");
}
