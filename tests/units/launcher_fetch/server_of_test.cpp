// SPDX-License-Identifier: MIT
#include "launcher/fetch/server_of.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <map>
#include <string>

#include "core/error.hpp"
#include "launcher/fetch/provider.hpp"
#include "network/certificates.hpp"
#include "temp_dir.hpp"

using Catch::Matchers::ContainsSubstring;

namespace {

core::UpdateConfig config() {
  core::UpdateConfig config;
  config.provider = "gitea";
  config.server = "https://git.example.org/git/";
  config.repository = "owner/app";
  return config;
}

gitea::Server server_of(const core::UpdateConfig& config,
                        const std::map<std::string, std::string>& environment = {}) {
  const TempDir updater;
  updater.write("ca.pem", network::Authority().text());
  updater.write("empty.pem", "");
  return fetch::server_of(config, core::Token("secret"), updater.path(), environment,
                          fetch::check_limit);
}

}  // namespace

TEST_CASE("the address of the API follows from that of the server") {
  CHECK(server_of(config()).api.text() == "https://git.example.org/git/api/v1");
  CHECK(server_of(config()).root().text() == "https://git.example.org/git");
  auto bad = config();
  bad.server = "git.example.org";
  CHECK_THROWS_WITH(server_of(bad), ContainsSubstring("config.json: 'git.example.org'"));
}

TEST_CASE("the proxy of the configuration replaces those of the environment") {
  const std::map<std::string, std::string> environment = {{"https_proxy", "http://one:1"},
                                                          {"no_proxy", "git.example.org"}};
  CHECK_FALSE(server_of(config(), environment).proxy);
  auto with_proxy = config();
  with_proxy.proxy = "http://two:2";
  const gitea::Server server = server_of(with_proxy, environment);
  CHECK(server.proxy->host == "two");
  CHECK(server.elsewhere(gitea::parse_url("https://store.example.org", "test")).proxy->host ==
        "two");
}

TEST_CASE("ca_cert is a path in updater/") {
  auto with_authority = config();
  with_authority.ca_cert = "ca.pem";
  CHECK_THAT(server_of(with_authority).ca_pem, ContainsSubstring("BEGIN CERTIFICATE"));
  with_authority.ca_cert = "empty.pem";
  CHECK_THROWS_WITH(server_of(with_authority),
                    ContainsSubstring("ca_cert does not contain a certificate"));
  with_authority.ca_cert = "absent.pem";
  CHECK_THROWS_AS(server_of(with_authority), core::Error);
}

TEST_CASE("the token is what updater/token contains") {
  const TempDir updater;
  CHECK(fetch::token_in(updater.path()).empty());
  updater.write("token", "secret\n");
  CHECK(fetch::token_in(updater.path()) == core::Token("secret"));
  updater.write("token", std::string(5000, 'x'));
  CHECK_THROWS_AS(fetch::token_in(updater.path()), core::Error);
}

TEST_CASE("a repository has an owner and a name") {
  auto bad = config();
  for (const char* name : {"", "app", "/app", "owner/", "a/b/c"}) {
    bad.repository = name;
    CHECK_THROWS_AS(fetch::repository_of(bad), core::Error);
  }
  CHECK(fetch::repository_of(config()).full() == "owner/app");
}
