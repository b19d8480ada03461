// SPDX-License-Identifier: MIT
// Changing and deleting releases, on Gitea 1.25.
#include <catch2/catch_test_macros.hpp>

#include "sandbox_tests/json.hpp"
#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::releases_path;
using sandbox_tests::Sandbox;
using sandbox_tests::with_token;

namespace {

constexpr const char* publish = R"({"draft":false})";

Answer edit(const Sandbox& server, const std::string& id, const std::string& json) {
  return server.app("PATCH", "/releases/" + id, json);
}

void check_broken(const Answer& answer) {
  CHECK(answer.status == 500);
  CHECK(answer.at("message").empty());
}

}  // namespace

TEST_CASE("an edit cannot clear a field, only set it") {
  const Sandbox server;
  const std::string id = server.release("v1", R"(,"name":"N","body":"B","prerelease":true)");
  for (const char* nothing : {"{}", R"({"body":"","name":"","tag_name":"","target_commitish":""})",
                              R"({"body":null,"name":null,"draft":null,"prerelease":null})"}) {
    const Answer same = edit(server, id, nothing);
    INFO(nothing);
    CHECK(same.status == 200);
    CHECK(same.at("body") == "B");
    CHECK(same.at("name") == "N");
    CHECK(same.at("tag_name") == "v1");
    CHECK(same.at("prerelease") == "true");
  }
  CHECK(edit(server, id, R"({"body":" ","prerelease":false})").at("body") == " ");
  CHECK(server.show(id).at("prerelease") == "false");
  CHECK(edit(server, "999999", R"({"body":"x"})").status == 404);
}

TEST_CASE("publishing a draft tags the current head of its target") {
  const Sandbox server;
  const std::string id = server.release("v1", R"(,"draft":true)");
  const std::string later = server.commit();
  const Answer published = edit(server, id, publish);
  REQUIRE(published.status == 200);
  CHECK(published.at("draft") == "false");
  CHECK(server.app("GET", "/tags/v1").at("commit.sha") == later);
}

TEST_CASE("a draft that cannot be published is a server error, and stays a draft") {
  const Sandbox server;
  server.app("POST", "/tag_protections",
             R"({"name_pattern":"rel-*","whitelist_usernames":["nobody"]})");
  const std::string lost = server.release("v1", R"(,"draft":true,"target_commitish":"nope")");
  const std::string guarded = server.release("rel-1", R"(,"draft":true)");
  for (const std::string& id : {lost, guarded}) {
    check_broken(edit(server, id, publish));
    CHECK(server.show(id).at("draft") == "true");
  }
  const Answer repaired = edit(server, lost, R"({"draft":false,"target_commitish":"main"})");
  CHECK(repaired.status == 200);
  CHECK(repaired.at("draft") == "false");
}

TEST_CASE("a release cannot take the tag of another row") {
  const Sandbox server;
  server.push_tag("pushed");
  server.release("taken");
  const std::string id = server.release("v1", R"(,"draft":true)");
  for (const char* tag : {"pushed", "taken"}) {
    check_broken(edit(server, id, R"({"tag_name":")" + std::string(tag) + "\"}"));
  }
  CHECK(edit(server, id, R"({"tag_name":"free"})").at("tag_name") == "free");
  edit(server, id, publish);
  CHECK(edit(server, id, R"({"tag_name":"second"})").status == 200);
  CHECK(server.app("GET", "/tags/second").status == 200);
  CHECK(server.app("GET", "/tags/free").status == 200);  // the old tag stays
}

TEST_CASE("an edit without a content type, or as a form, changes nothing and returns 200") {
  const Sandbox server;
  const std::string id = server.release("v1", R"(,"body":"B")");
  const std::string path = releases_path + "/" + id;
  const std::string json = R"({"body":"CHANGED"})";
  const auto patch = [&](const sandbox_tests::Headers& headers) {
    return server.ask("PATCH", path, with_token(server.token(), headers), json);
  };
  for (const Answer& ignored :
       {patch({}), patch({{"Content-Type", "application/x-www-form-urlencoded"}})}) {
    CHECK(ignored.status == 200);
    CHECK(ignored.at("body") == "B");
  }
  CHECK(patch({{"Content-Type", "text/plain"}}).status == 422);
  CHECK(server.show(id).at("body") == "B");
  CHECK(patch({{"Content-Type", "application/json"}}).at("body") == "CHANGED");
}

TEST_CASE("every edit of a draft sets its date to now, no edit of a published release does") {
  const Sandbox server;
  const char* dated = R"(,"annotated":true,"message":"m","date":"2020-02-02T00:00:00Z")";
  server.push_tag("v1", dated);
  const std::string id = server.release("v1");
  CHECK(edit(server, id, R"({"body":"b"})").at("created_at") == "2020-02-02T00:00:00Z");
  const Answer hidden = edit(server, id, R"({"draft":true})");
  CHECK(hidden.at("draft") == "true");
  CHECK(hidden.at("created_at") > "2024-01-01");
  CHECK(server.app("GET", "/tags/v1").status == 200);
  // A push sets an earlier date, the next edit a later one again.
  server.commit();
  server.push_tag("v1", dated);
  CHECK(server.show(id).at("created_at") == "2020-02-02T00:00:00Z");
  edit(server, id, R"({"draft":true})");
  CHECK(edit(server, id, R"({"body":"c"})").at("created_at") > "2024-01-01");
}

TEST_CASE("a deleted release is gone with its assets, and its tag stays") {
  const Sandbox server;
  const std::string id = server.release("v1");
  server.upload(id, "file");
  CHECK(server.app("DELETE", "/releases/" + id).status == 204);
  CHECK(server.show(id).status == 404);
  CHECK(server.app("GET", "/releases/tags/v1").status == 404);
  CHECK(server.app("DELETE", "/releases/" + id).status == 404);
  CHECK(server.app("GET", "/tags/v1").status == 200);
  CHECK(server.get("/demo/app/releases/download/v1/file").status == 404);
  // The row of a tag remains. It accepts assets, which the next release of the tag then has.
  CHECK(server.app("GET", "/releases/" + id + "/assets").body == "[]\n");
  server.upload(id, "early");
  const Answer again = server.app("POST", "/releases", R"({"tag_name":"v1"})");
  CHECK(again.at("id") == id);
  CHECK(server.show(id).at("assets.0.name") == "early");
  CHECK(server.show(id).at("name").empty());
}

TEST_CASE("a release can also be deleted by its tag") {
  const Sandbox server;
  server.release("v1");
  server.push_tag("only-a-tag");
  CHECK(server.app("DELETE", "/releases/tags/v1").status == 204);
  CHECK(server.app("DELETE", "/releases/tags/v1").status == 404);
  CHECK(server.app("DELETE", "/releases/tags/only-a-tag").status == 404);
}

TEST_CASE("a deleted draft leaves a row without a tag, which blocks the next release") {
  const Sandbox server;
  const std::string admin = server.token_of(R"({"user":"root","admin":true})");
  const std::string id = server.release("v1", R"(,"draft":true)");
  CHECK(server.app("DELETE", "/releases/" + id).status == 204);
  CHECK(server.app("GET", "/tags").at("#") == "0");
  CHECK(sandbox_tests::member(server.row("v1"), "is_tag") == "true");
  CHECK(sandbox_tests::member(server.row("v1"), "draft") == "false");
  const std::string without = R"({"tag_name":"v1"})";
  check_broken(server.app("POST", "/releases", without));
  CHECK(server.app("POST", "/releases", without, admin).at("message") ==
        "object does not exist [id: , rel_path: ]");

  // It becomes a draft again, but cannot be published.
  const Answer draft = server.app("POST", "/releases", R"({"tag_name":"v1","draft":true})");
  CHECK(draft.status == 201);
  CHECK(draft.at("id") == id);
  CHECK(draft.at("target_commitish").empty());
  check_broken(edit(server, id, publish));
  server.app("DELETE", "/releases/" + id);

  const Answer targeted =
      server.app("POST", "/releases", R"({"tag_name":"v1","target_commitish":"main"})");
  CHECK(targeted.status == 201);
  CHECK(targeted.at("id") == id);
}

TEST_CASE("deleting the tag removes the row that a deleted draft left") {
  const Sandbox server;
  const std::string id = server.release("v1", R"(,"draft":true)");
  server.app("DELETE", "/releases/" + id);
  CHECK(server.app("DELETE", "/tags/v1").status == 204);
  const Answer made = server.app("POST", "/releases", R"({"tag_name":"v1"})");
  CHECK(made.status == 201);
  CHECK(made.at("id") != id);
}

TEST_CASE("a tag cannot be deleted while it has a release or draft") {
  const Sandbox server;
  const std::string id = server.release("v1");
  server.release("d1", R"(,"draft":true)");
  for (const char* tag : {"v1", "d1"}) {
    const Answer refused = server.app("DELETE", "/tags/" + std::string(tag));
    CHECK(refused.status == 409);
    CHECK(refused.at("message") == "a tag attached to a release cannot be deleted directly");
  }
  server.app("DELETE", "/releases/" + id);
  CHECK(server.app("DELETE", "/tags/v1").status == 204);
  CHECK(server.app("GET", "/tags/v1").status == 404);
  CHECK(server.app("DELETE", "/tags/v1").status == 404);
}
