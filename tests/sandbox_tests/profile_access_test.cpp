// SPDX-License-Identifier: MIT
// Differences between servers: access, errors, addresses and downloads.
#include "sandbox_tests/profiles.hpp"

using sandbox_tests::Answer;
using sandbox_tests::check;
using sandbox_tests::number;
using sandbox_tests::releases_path;
using sandbox_tests::Row;
using sandbox_tests::row_of;
using sandbox_tests::Sandbox;
using sandbox_tests::with_token;

namespace {

Answer release(const Sandbox& server, const std::string& json) {
  return server.app("POST", "/releases", json);
}

Answer download(const Sandbox& server, const sandbox_tests::Headers& headers) {
  server.upload(server.release("v1"), "f", "0123456789");
  return server.ask("GET", "/demo/app/releases/download/v1/f", headers);
}

/// The errors member is absent, null or an empty list.
std::string missing(const Answer& answer) {
  return answer.at("message") + " errors: " + answer.at("errors");
}

}  // namespace

TEST_CASE("servers recognize a token, and say what is wrong with it") {
  const std::string older = "user does not exist [uid: 0, name: ]";
  const std::string newer = "invalid username, password or token";
  check({older, older, older, newer, newer, newer, older, older,
         "access token does not exist [sha: wrong]"},
        [](const Sandbox& server) {
          const Answer refused = server.get("/api/v1/version", "wrong");
          return refused.status == 401 ? refused.at("message") : number(refused);
        });
  check({"401", "401", "401", "200", "200", "200", "401", "401", "200"}, [](const Sandbox& server) {
    return number(
        server.ask("GET", "/api/v1/user", {{"Authorization", "Token " + server.token()}}));
  });
  check(row_of("yes", "yes", "no"), [](const Sandbox& server) {
    const Answer answer = server.get("/api/v1/user?token=" + server.token(), "");
    return answer.header("x-gitea-warning") == "(absent)" ? "no" : "yes";
  });
  const std::string scopes = "token does not have at least one of required scope(s)";
  const std::string plain = scopes + ": [write:repository]";
  const std::string named = scopes + ", required=[write:repository], token scope=read:repository";
  check({plain, plain, named, named, named, named, plain, plain, plain}, [](const Sandbox& server) {
    const std::string token = server.token_of(R"({"user":"demo","scopes":["read:repository"]})");
    const Answer refused = server.app("POST", "/releases", "{}", token);
    return refused.status == 403 ? refused.at("message") : number(refused);
  });
  check({"403", "403", "403", "403", "403", "404", "403", "403", "403"}, [](const Sandbox& server) {
    const std::string token =
        server.token_of(R"({"user":"demo","scopes":["public-only","read:repository"]})");
    server.app("PATCH", "", R"({"private":true})");
    return number(server.app("GET", "/releases", "", token));
  });
}

TEST_CASE("servers use different texts for 404") {
  const std::string older = "The target couldn't be found. errors: null";
  const std::string listed = "The target couldn't be found. errors: []";
  check({older, older, older, "not found errors: null", "not found errors: null",
         "not found errors: (absent)", older, listed, listed},
        [](const Sandbox& server) { return missing(server.show("999999")); });
  const std::string german = "Das Ziel konnte nicht gefunden werden.";
  check({german, german, german, "not found", "not found", "not found", german, german, german},
        [](const Sandbox& server) {
          return server.ask("GET", releases_path + "/999999", {{"Accept-Language", "de"}})
              .at("message");
        });
  const std::string owner = "GetUserByName";
  check({owner, owner, owner, owner, owner, "not found", owner, owner, owner},
        [](const Sandbox& server) {
          return server.get("/api/v1/repos/nobody/app/releases").at("message");
        });
  const std::string words = "tag doesn't exist: x";
  check({"x", "x", "x", words, words, words, "x", "x", "x"},
        [](const Sandbox& server) { return server.app("GET", "/tags/x").at("message"); });
  check({"404", "404", "200", "200", "200", "200", "404", "200", "200"},
        [](const Sandbox& server) { return number(server.app("GET", "/tag_protections")); });
  const std::string go =
      "[]: json: cannot unmarshal number into Go struct field "
      "CreateReleaseOption.TagName of type string";
  const std::string tagged =
      "[]: json: cannot unmarshal number into Go struct field "
      "CreateReleaseOption.tag_name of type string";
  check({go, go, go, go, tagged, tagged, go, go, go},
        [](const Sandbox& server) { return release(server, R"({"tag_name":5})").at("message"); });
}

TEST_CASE("servers redirect from an old name, and list a method that is allowed") {
  const auto renamed = [](const std::string& path) {
    return [path](const Sandbox& server) {
      server.app("PATCH", "", R"({"name":"new"})");
      return number(server.get(path));
    };
  };
  const Row moved = {"307", "307", "301", "301", "301", "301", "307", "307", "301"};
  check(moved, renamed("/api/v1/repos/demo/app/releases"));
  check(moved, renamed("/demo/app/releases/download/v1/f"));
  check({"307", "307", "307", "307", "307", "307", "307", "307", "307"}, [](const Sandbox& server) {
    server.control("PATCH", "users/demo", R"({"name":"other"})");
    return number(server.app("GET", "/releases"));
  });
  check({"405", "405", "405", "405", "405", "200", "405", "405", "405"}, [](const Sandbox& server) {
    return number(server.ask("HEAD", releases_path, with_token(server.token())));
  });
  check(row_of("DELETE", "DELETE", "GET"),
        [](const Sandbox& server) { return server.app("PUT", "/releases/1").header("allow"); });
}

TEST_CASE("servers send files") {
  check({"bytes", "bytes", "bytes", "bytes", "(absent)", "(absent)", "bytes", "bytes", "bytes"},
        [](const Sandbox& server) { return download(server, {}).header("accept-ranges"); });
  check({"200", "200", "200", "200", "206", "206", "200", "200", "200"}, [](const Sandbox& server) {
    return number(download(server, {{"Range", "bytes=0-1"}, {"If-Range", "\"other\""}}));
  });
  const std::string older = "private, max-age=300";
  const std::string newer = "private, max-age=0";
  const std::string longer = "max-age=0, private, must-revalidate, no-transform";
  check({older, older, older, newer, longer, newer, older, older, older},
        [](const Sandbox& server) { return download(server, {}).header("cache-control"); });
  const std::string failed = "Failed to authenticate user\n";
  check({"Verify\n", "Verify\n", "Verify\n", failed, failed, failed, "Verify\n", "Verify\n",
         "Verify\n"},
        [](const Sandbox& server) { return download(server, with_token("wrong")).body; });
  check({"200", "200", "200", "200", "200", "403", "200", "200", "403"}, [](const Sandbox& server) {
    return number(
        download(server, with_token(server.token_of(R"({"user":"demo","scopes":["read:user"]})"))));
  });
  // The file of a draft: by name for a writer, by uuid for anybody.
  check({"200 200", "200 200", "200 200", "200 200", "200 200", "200 404", "404 200", "404 200",
         "404 200"},
        [](const Sandbox& server) {
          const std::string id = server.release("d1", R"(,"draft":true)");
          const std::string uuid = server.upload(id, "f").at("uuid");
          return number(server.get("/demo/app/releases/download/d1/f")) + " " +
                 number(server.get("/attachments/" + uuid, ""));
        });
  // HEAD of a private attachment by its owner, and of a public one with an invalid token.
  check({"404 200", "404 200", "404 200", "404 200", "200 401", "200 401", "404 200", "404 200",
         "404 200"},
        [](const Sandbox& server) {
          const std::string path =
              "/attachments/" + server.upload(server.release("v1"), "f").at("uuid");
          const Answer bad = server.ask("HEAD", path, with_token("wrong"));
          server.app("PATCH", "", R"({"private":true})");
          return number(server.ask("HEAD", path, with_token(server.token()))) + " " + number(bad);
        });
}
