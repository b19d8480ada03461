// SPDX-License-Identifier: MIT
#include "core/project/origin.hpp"

#include <catch2/catch_test_macros.hpp>

using core::parse_origin;

TEST_CASE("the address of a remote names the server and the owner in every form") {
  struct Row {
    const char* url;
    const char* server;
  };
  const Row rows[] = {
      {"https://git.example.org/acme/app.git", "https://git.example.org"},
      {"https://git.example.org/acme/app/", "https://git.example.org"},
      {"https://user:secret@git.example.org/acme/app", "https://git.example.org"},
      {"https://git.example.org:8443/acme/app.git", "https://git.example.org:8443"},
      {"http://localhost:3000/acme/app.git", "http://localhost:3000"},
      {"https://example.org/gitea/acme/app.git", "https://example.org/gitea"},
      {"ssh://git@git.example.org:2222/acme/app.git", "https://git.example.org"},
      {"ssh://git.example.org/acme/app.git", "https://git.example.org"},
      {"git@git.example.org:acme/app.git", "https://git.example.org"},
      {"git.example.org:acme/app.git\n", "https://git.example.org"},
      {"git@git.example.org:/acme/app.git", "https://git.example.org"},
  };
  for (const Row& row : rows) {
    INFO(row.url);
    const auto origin = parse_origin(row.url);
    REQUIRE(origin);
    CHECK(origin->server == row.server);
    CHECK(origin->owner == "acme");
    CHECK(origin->name == "app");
    CHECK(origin->has_path() == (origin->server == "https://example.org/gitea"));
  }
}

TEST_CASE("an address that names no Gitea server gives nothing") {
  for (const char* url : {"", "/srv/git/app.git", "../app.git", "file:///srv/git/acme/app.git",
                          "https://github.com/acme/app.git", "git@gitlab.com:acme/app.git",
                          "https://git.example.org/app.git", "https://git.example.org",
                          "https://git.example.org/ac me/app.git", "https://h\"x/acme/app.git",
                          "https://git.example.org/a: b/acme/app.git", "ext::sh -c x%% a/b"}) {
    INFO(url);
    CHECK_FALSE(parse_origin(url));
  }
}
