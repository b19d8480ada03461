// SPDX-License-Identifier: MIT
// What a git push does to releases.
#include <catch2/catch_test_macros.hpp>
#include <chrono>

#include "sandbox_tests/json.hpp"
#include "sandbox_tests/sandbox.hpp"
#include "sanitized.hpp"

using sandbox_tests::all_profiles;
using sandbox_tests::Answer;
using sandbox_tests::member;
using sandbox_tests::Sandbox;

namespace {

const std::string dated = R"(,"annotated":true,"message":"m","date":"2020-02-02T00:00:00Z")";

/// Reads until the release's member is `wanted`, for five seconds; returns the last response.
Answer until(const Sandbox& server, const std::string& id, const std::string& key,
             const std::string& wanted) {
  const auto give_up = std::chrono::steady_clock::now() + std::chrono::seconds(5);
  Answer shown = server.show(id);
  while (shown.at(key) != wanted && std::chrono::steady_clock::now() < give_up) {
    shown = server.show(id);
  }
  return shown;
}

}  // namespace

TEST_CASE("a push of its tag publishes a draft, except on Forgejo 7") {
  for (const std::string& profile : all_profiles) {
    const Sandbox server(profile);
    const std::string writer = server.collaborator("writer", "write");
    const std::string id =
        server
            .app("POST", "/releases", R"({"tag_name":"v1","draft":true,"name":"N","body":"B"})",
                 writer)
            .at("id");
    server.upload(id, "f");
    server.push_tag("v1", dated);
    const Answer shown = server.show(id);
    const bool flips = profile != "forgejo-7";
    INFO(profile);
    CHECK(shown.at("draft") == (flips ? "false" : "true"));
    CHECK((shown.at("created_at") == "2020-02-02T00:00:00Z") == flips);
    CHECK(shown.at("name") == "N");
    CHECK(shown.at("body") == "B");
    CHECK(shown.at("assets.#") == "1");
    const bool keeps = (profile.starts_with("gitea") && profile < "gitea-1.25") || !flips;
    CHECK(shown.at("author.login") == (keeps ? "writer" : "demo"));
  }
}

TEST_CASE("a moved tag publishes its draft, and does not change a release") {
  const Sandbox server;
  server.push_tag("v1", dated);
  server.push_tag("d1", dated);
  const std::string id = server.release("v1");
  const std::string draft = server.release("d1", R"(,"draft":true)");
  server.commit();
  const std::string later = R"(,"annotated":true,"message":"m","date":"2021-01-01T00:00:00Z")";
  server.push_tag("v1", later);
  server.push_tag("d1", later);
  CHECK(server.show(id).at("created_at") == "2020-02-02T00:00:00Z");
  CHECK(server.show(draft).at("draft") == "false");
  CHECK(server.show(draft).at("created_at") == "2021-01-01T00:00:00Z");
}

TEST_CASE("a deleted tag turns its release into a draft, and removes the row of a plain tag") {
  const Sandbox server;
  server.push_tag("v1");
  server.push_tag("t1");
  const std::string id = server.release("v1");
  server.push_tag("v1", R"(,"delete":true)");
  server.push_tag("t1", R"(,"delete":true)");
  CHECK(server.show(id).at("draft") == "true");
  CHECK(server.row("t1") == "{}");
  CHECK(server.app("GET", "/tags").at("#") == "0");
}

TEST_CASE("a draft that is created between a push and its row is published with the row") {
  for (const std::string& profile : all_profiles) {
    const Sandbox server(profile);
    server.push_tag(
        "v1", dated + (support::sanitized ? R"(,"row_delay_ms":1500)" : R"(,"row_delay_ms":60)"));
    CHECK(server.app("GET", "/tags/v1").status == 200);
    CHECK(server.row("v1") == "{}");
    const Answer made = server.app("POST", "/releases", R"({"tag_name":"v1","draft":true})");
    INFO(profile);
    REQUIRE(made.status == 201);
    CHECK(made.at("draft") == "true");
    CHECK(made.at("target_commitish") == "main");  // "" would mean that the row existed
    if (profile != "forgejo-7") {
      const Answer shown = until(server, made.at("id"), "draft", "false");
      CHECK(shown.at("draft") == "false");
      CHECK(shown.at("created_at") == "2020-02-02T00:00:00Z");
      const Answer hidden = server.app("PATCH", "/releases/" + made.at("id"), R"({"draft":true})");
      CHECK(hidden.at("draft") == "true");
      continue;
    }
    // The queue works in order: when a later tag has its row, the earlier one has been processed.
    server.push_tag("later", R"(,"row_delay_ms":61)");
    while (server.row("later") == "{}") {
    }
    CHECK(server.show(made.at("id")).at("draft") == "true");
  }
}

TEST_CASE(
    "a release that is created between a push and its row is dated 1970 until the row exists") {
  const Sandbox server;
  server.push_tag("v1", dated + R"(,"row_delay_ms":60)");
  const Answer made = server.app("POST", "/releases", R"({"tag_name":"v1"})");
  CHECK(made.at("created_at") == "1970-01-01T00:00:00Z");
  CHECK(until(server, made.at("id"), "created_at", "2020-02-02T00:00:00Z").at("created_at") ==
        "2020-02-02T00:00:00Z");
}

TEST_CASE("a tag that is created between a push and its row is broken for ever") {
  for (const std::string& profile : all_profiles) {
    const Sandbox server(profile);
    const std::string admin = server.token_of(R"({"user":"root","admin":true})");
    server.push_tag("v1", R"(,"row_delay_ms":3600000)");
    INFO(profile);
    CHECK(server.app("POST", "/tags", R"({"tag_name":"v1"})").status == 201);
    const auto check_poisoned = [&] {
      const Answer refused = server.app("POST", "/releases", R"({"tag_name":"v1"})", admin);
      CHECK(refused.status == 500);
      CHECK(refused.at("message") == "UNIQUE constraint failed: release.repo_id, release.tag_name");
      CHECK(server.app("GET", "/releases/tags/v1").status == 404);
      CHECK(server.app("DELETE", "/tags/v1").status == 404);
    };
    check_poisoned();
    server.push_tag("v1", R"(,"delete":true)");
    server.push_tag("v1");
    check_poisoned();
    CHECK(member(server.row("v1"), "lower_tag_name").empty());
  }
}

TEST_CASE("a name in different case creates a second tag in the window after a push") {
  const Sandbox server;
  server.push_tag("v1", R"(,"row_delay_ms":3600000)");
  const Answer made = server.app("POST", "/releases", R"({"tag_name":"V1"})");
  CHECK(made.at("tag_name") == "V1");
  CHECK(server.app("GET", "/tags").at("#") == "2");
}
