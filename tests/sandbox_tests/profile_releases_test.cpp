// SPDX-License-Identifier: MIT
// Differences between servers: releases and uploads. Tests with simultaneous requests or broken
// connections are in push_test.cpp, uploads_test.cpp and windows_and_locks_test.cpp.
#include "sandbox_tests/profiles.hpp"

using sandbox_tests::Answer;
using sandbox_tests::binary_type;
using sandbox_tests::check;
using sandbox_tests::form;
using sandbox_tests::form_type;
using sandbox_tests::number;
using sandbox_tests::releases_path;
using sandbox_tests::row_of;
using sandbox_tests::Sandbox;
using sandbox_tests::with_token;

namespace {

Answer release(const Sandbox& server, const std::string& json) {
  return server.app("POST", "/releases", json);
}

Answer upload(const Sandbox& server, const std::string& query, const std::string& type,
              const std::string& body) {
  return server.ask("POST", releases_path + "/" + server.release("v1") + "/assets" + query,
                    with_token(server.token(), {{"Content-Type", type}}), body);
}

std::string reader(const Sandbox& server) { return server.collaborator("reader", "read"); }

}  // namespace

TEST_CASE("servers report their version") {
  check({"1.20.6", "1.22.6", "1.23.8", "1.25.4", "1.26.0", "1.27.1", "7.0.16+gitea-1.21.11",
         "11.0.15+gitea-1.22.0", "15.0.3+gitea-1.22.0"},
        [](const Sandbox& server) { return server.get("/api/v1/version", "").at("version"); });
  check(row_of("404", "404", "200"),
        [](const Sandbox& server) { return number(server.get("/api/forgejo/v1/version", "")); });
  check({"4", "2048", "2048", "2048", "100", "100", "2048", "2048", "2048"},
        [](const Sandbox& server) {
          return server.get("/api/v1/settings/attachment", "").at("max_size");
        });
}

TEST_CASE("servers reject an unknown target, a protected tag and an archived repository") {
  check({"500", "404", "404", "404", "404", "404", "500", "404", "404"}, [](const Sandbox& server) {
    return number(release(server, R"({"tag_name":"v1","target_commitish":"x"})"));
  });
  const std::string long_text =
      R"(target "x" not found: object does not exist [id: x, rel_path: ])";
  check({"", long_text, long_text, long_text, long_text, "target not found", "", long_text,
         long_text},
        [](const Sandbox& server) {
          return release(server, R"({"tag_name":"v1","target_commitish":"x"})").at("message");
        });
  // If a server has no API for protections, the sandbox has none either.
  check({"404", "404", "422", "422", "422", "422", "404", "422", "422"}, [](const Sandbox& server) {
    const Answer made = server.app("POST", "/tag_protections",
                                   R"({"name_pattern":"v*","whitelist_usernames":["nobody"]})");
    return number(made.status == 201 ? release(server, R"({"tag_name":"v1"})") : made);
  });
  check({"201", "500", "500", "500", "500", "500", "500", "500", "500"}, [](const Sandbox& server) {
    server.app("PATCH", "", R"({"archived":true})");
    return number(release(server, R"({"tag_name":"v1"})"));
  });
  const std::string numbered = "<Repository 1:demo/app> is archived";
  check({numbered, numbered, numbered, "demo/app is archived", "demo/app is archived",
         "repo is archived", numbered, numbered, numbered},
        [](const Sandbox& server) {
          server.app("PATCH", "", R"({"archived":true})");
          const Answer refused = server.app("POST", "/tags", R"({"tag_name":"v1"})");
          return refused.status == 423 ? refused.at("message") : number(refused);
        });
  check({"500", "422", "422", "422", "422", "422", "422", "422", "422"}, [](const Sandbox& server) {
    const auto headers = with_token(server.token(), {{"Content-Type", "application/json"}});
    server.ask("POST", "/api/v1/user/repos", headers, R"({"name":"empty"})");
    return number(
        server.ask("POST", "/api/v1/repos/demo/empty/releases", headers, R"({"tag_name":"v1"})"));
  });
}

TEST_CASE("servers show a draft to readers, or not") {
  check({"200", "200", "200", "404", "404", "404", "200", "404", "404"}, [](const Sandbox& server) {
    server.release("d1", R"(,"draft":true)");
    return number(server.app("GET", "/releases/tags/d1", "", reader(server)));
  });
  check({"200", "200", "200", "200", "404", "404", "200", "404", "404"}, [](const Sandbox& server) {
    const std::string id = server.release("d1", R"(,"draft":true)");
    return number(server.app("GET", "/releases/" + id, "", reader(server)));
  });
  // For the owner with a read-only token: by id, in the list, by tag.
  const std::string all = "200 1 200";
  check({all, all, all, all, "404 0 200", "404 0 200", all, all, all}, [](const Sandbox& server) {
    const std::string id = server.release("d1", R"(,"draft":true)");
    const std::string token = server.token_of(R"({"user":"demo","scopes":["read:repository"]})");
    return number(server.app("GET", "/releases/" + id, "", token)) + " " +
           server.app("GET", "/releases", "", token).at("#") + " " +
           number(server.app("GET", "/releases/tags/d1", "", token));
  });
}

TEST_CASE("servers truncate a long name in different ways") {
  const auto bytes_of = [](const std::string& letter) {
    return [letter](const Sandbox& server) {
      std::string name;
      for (int i = 0; i < 300; ++i) name += letter;
      return std::to_string(
          release(server, R"({"tag_name":"v1","name":")" + name + "\"}").at("name").size());
    };
  };
  check({"300", "255", "255", "255", "255", "255", "300", "255", "255"}, bytes_of("n"));
  check({"600", "255", "255", "507", "507", "507", "600", "254", "254"}, bytes_of("é"));
  check({"", "", "", "", "", "", "", "", "v1"},
        [](const Sandbox& server) { return release(server, R"({"tag_name":"v1"})").at("name"); });
}

TEST_CASE("servers differ in the releases that they create") {
  const std::string usual = "Release is has no Tag";
  check({usual, usual, usual, usual, usual, usual, usual, usual, "Release has no Tag"},
        [](const Sandbox& server) {
          server.release("v1");
          return release(server, R"({"tag_name":"v1"})").at("message");
        });
  check({"commit", "commit", "commit", "tag", "tag", "tag", "commit", "commit", "commit"},
        [](const Sandbox& server) {
          server.release("v1", R"(,"tag_message":"m")");
          return server.app("GET", "/git/refs/tags/v1").at("object.type");
        });
  check({"m", "m", "m", "m", "m", "m\n", "m", "m", "m"}, [](const Sandbox& server) {
    server.push_tag("v1", R"(,"annotated":true,"message":"m")");
    return server.app("GET", "/tags/v1").at("message");
  });
  check({"3", "3", "3", "3", "3", "3", "3", "2", "2"}, [](const Sandbox& server) {
    server.release("v1", R"(,"body":"about Apples")");
    server.release("apples");
    server.release("v2", R"(,"prerelease":true)");
    return server.app("GET", "/releases?q=apples").at("#");
  });
  check({"(absent)", "(absent)", "(absent)", "(absent)", "(absent)", "(absent)", "(absent)",
         "false", "false"},
        [](const Sandbox& server) {
          return release(server, R"({"tag_name":"v1"})").at("hide_archive_links");
        });
  check(row_of("0", "0", "(absent)"), [](const Sandbox& server) {
    return release(server, R"({"tag_name":"v1"})").at("author.source_id");
  });
  check(row_of("demo@noreply.localhost", "1+demo@noreply.localhost", "demo@noreply.localhost"),
        [](const Sandbox& server) {
          return release(server, R"({"tag_name":"v1"})").at("author.email");
        });
  check(row_of("gitea-actions", "gitea-actions", "forgejo-actions"), [](const Sandbox& server) {
    const std::string job = server.token_of(R"({"user":"demo","job_repository":"demo/app"})");
    return server.app("POST", "/releases", R"({"tag_name":"v1"})", job).at("author.login");
  });
}

TEST_CASE("servers accept an upload, or reject it") {
  check({"500", "201", "201", "201", "201", "201", "201", "201", "201"},
        [](const Sandbox& server) { return number(upload(server, "?name=f", binary_type, "x")); });
  const std::string lost = "Could not determine name of attachment.";
  check({"", lost, lost, lost, lost, lost, lost, "Missing 'name' parameter",
         "Missing 'name' parameter"},
        [](const Sandbox& server) { return upload(server, "", binary_type, "x").at("message"); });
  check({"201", "201", "201", "413", "413", "413", "201", "201", "201"}, [](const Sandbox& server) {
    server.set(R"({"max_size_bytes":10})");
    return number(upload(server, "", form_type, form("more than ten bytes")));
  });
  check({"500", "500", "500", "500", "500", "500", "500", "400", "400"}, [](const Sandbox& server) {
    return number(upload(server, "", form_type, form("x", "f", "file")));
  });
  const std::string json = "application/json;charset=utf-8";
  const std::string text = "text/plain; charset=utf-8";
  check({json, json, json, text, text, text, json, json, json}, [](const Sandbox& server) {
    const Answer broken = upload(server, "", form_type, "no form");
    return broken.status == 500 ? broken.header("content-type") : number(broken);
  });
  // Whether the form is read before the token is checked.
  check({"500", "500", "401", "500", "500", "500", "500", "500", "401"}, [](const Sandbox& server) {
    return number(server.ask("POST", releases_path + "/1/assets",
                             with_token("wrong", {{"Content-Type", form_type}}), "no form"));
  });
  const std::string older = "This file extension or type is not allowed to be uploaded.";
  const std::string newer =
      "This file cannot be uploaded or modified due to a forbidden file extension or type.";
  check({older, older, newer, newer, newer, newer, older, older, older}, [](const Sandbox& server) {
    server.set(R"({"allowed_types":".txt"})");
    const Answer refused = upload(server, "", form_type, form("x", "f.exe"));
    return refused.status == 400 ? refused.at("message") : number(refused);
  });
  check({"201", "201", "422", "422", "422", "422", "201", "201", "201"}, [](const Sandbox& server) {
    server.set(R"({"allowed_types":".txt"})");
    const std::string id = server.release("v1");
    const std::string asset = server.upload(id, "f.txt").at("id");
    return number(
        server.app("PATCH", "/releases/" + id + "/assets/" + asset, R"({"name":"f.exe"})"));
  });
  check({"(absent)", "(absent)", "(absent)", "(absent)", "(absent)", "(absent)", "(absent)",
         "attachment", "attachment"},
        [](const Sandbox& server) { return server.upload(server.release("v1"), "f").at("type"); });
}
