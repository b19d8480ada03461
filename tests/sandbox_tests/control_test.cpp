// SPDX-License-Identifier: MIT
// The control plane: the log of requests, the stored rows, and what it rejects.
#include <catch2/catch_test_macros.hpp>

#include "sandbox_tests/json.hpp"
#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::member;
using sandbox_tests::releases_path;
using sandbox_tests::Sandbox;

TEST_CASE("a fault of an unknown kind is rejected, with the list of kinds") {
  const Sandbox server;
  const Answer refused = server.ask("POST", "/_sandbox/faults", {}, R"({"kind":"other"})");
  CHECK(refused.status == 422);
  for (const char* kind : {"status", "redirect", "reset_before", "reset_mid_body", "stall", "drop",
                           "cut", "delay", "slow", "garbage", "execute_status"}) {
    CHECK(refused.at("message").find(kind) != std::string::npos);
  }
  CHECK(server.ask("GET", "/_sandbox/nothing").status == 404);
}

TEST_CASE("the log has every request in order, except those of the control plane") {
  const Sandbox server;
  server.control("DELETE", "requests");
  const std::string json = R"({"tag_name": "v1"})";
  server.app("POST", "/releases?x=1", json);
  server.get("/demo/app", "");
  const Answer log = server.control("GET", "requests");
  CHECK(log.at("#") == "2");
  CHECK(log.at("0.method") == "POST");
  CHECK(log.at("0.path") == releases_path);
  CHECK(log.at("0.query") == "x=1");
  CHECK(log.at("0.status") == "201");
  CHECK(log.at("0.user") == "demo");
  CHECK(log.at("0.raw_body") == json);
  CHECK(log.at("0.body_bytes") == std::to_string(json.size()));
  CHECK(std::stol(log.at("0.started_ms")) <= std::stol(log.at("0.ended_ms")));
  CHECK(log.at("1.user").empty());
  server.control("DELETE", "requests");
  CHECK(server.control("GET", "requests").body == "[]\n");
}

TEST_CASE("the log shows the headers of a request") {
  const Sandbox server;
  server.control("DELETE", "requests");
  server.ask("GET", "/api/v1/version", {{"X-One", "a: b"}});
  CHECK(server.control("GET", "requests").at("0.headers") == "Host: 127.0.0.1\nX-One: a: b\n");
}

TEST_CASE("the control plane shows every row, with the digests of its assets") {
  const Sandbox server;
  server.push_tag("t1");
  server.upload(server.release("v1"), "f", "abc");
  CHECK(member(server.row("t1"), "is_tag") == "true");
  const std::string row = server.row("v1");
  CHECK(member(row, "is_tag") == "false");
  CHECK(member(row, "git_tag") == server.app("GET", "/branches/main").at("commit.id"));
  CHECK(member(row, "assets.0.sha256") ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(server.row("none") == "{}");
}

TEST_CASE("the control plane rejects unknown settings") {
  const Sandbox server;
  const std::tuple<const char*, const char*, const char*, int> cases[] = {
      {"POST", "tokens", "{}", 422},
      {"DELETE", "tokens/none", "", 404},
      {"PATCH", "users/none", R"({"name":"x"})", 404},
      {"POST", "repos/demo/none/push", R"({"ref":"refs/tags/t"})", 404},
      {"POST", "repos/demo/app/push", R"({"ref":"t"})", 422},
      {"POST", "repos/demo/app/push", R"({"ref":"refs/tags/t","commit":"none"})", 422},
      {"POST", "repos/demo/app/collaborators", R"({"user":"u","permission":"all"})", 422}};
  for (const auto& [method, path, json, status] : cases) {
    INFO(method << " " << path << " " << json);
    CHECK(server.ask(method, std::string("/_sandbox/") + path, {}, json).status == status);
  }
}

TEST_CASE("settings include those from the start, and those changed later") {
  const Sandbox server;
  const Answer before = server.control("GET", "settings");
  CHECK(before.at("profile") == "gitea-1.25");
  CHECK(before.at("max_size_bytes") == "2147483648");
  CHECK(before.at("allowed_types").empty());
  server.set(R"({"max_size_bytes":null,"delete_window_ms":5})");
  const Answer after = server.control("GET", "settings");
  CHECK(after.at("max_size_bytes") == "null");
  CHECK(after.at("delete_window_ms") == "5");
  CHECK(after.at("allowed_types").empty());
}
