// SPDX-License-Identifier: MIT
// Reading back what a server has stored.
#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>

#include "core/digest.hpp"
#include "core/error.hpp"
#include "gitea/api.hpp"
#include "network/certificates.hpp"
#include "network/tls_server.hpp"
#include "support/server.hpp"

using support::Server;

namespace {

gitea::Server way_to(const std::string& url, const std::string& token) {
  gitea::Server way;
  way.api = gitea::parse_url(url + "/api/v1", "test");
  way.token = core::Token(token);
  way.retries = 1;
  way.backoff = std::chrono::milliseconds(1);
  return way;
}

gitea::Repository repository_of(const Server& server) {
  const std::string full = server.repository();
  return {full.substr(0, full.find('/')), full.substr(full.find('/') + 1)};
}

/// A release with one asset, as a user of the API sees it.
struct Stored {
  explicit Stored(const std::string& base = {})
      : owned(std::make_unique<Server>(base)), server(*owned) {
    store();
  }
  explicit Stored(Server& with) : server(with) { store(); }

  void store() {
    server.needs_sandbox();
    server.create_tag("v1");
    const auto release = server.create_release(R"({"tag_name":"v1","name":"v1"})");
    server.upload(release.id, "a.bin", content);
    gitea::Api api(way, repository_of(server));
    asset = api.find_release("v1")->assets.at(0);
    server.forget_requests();
  }

  std::optional<core::Digest> digest(const std::string& token) const {
    const gitea::Server other = way_to(server.url(), token);
    return gitea::Api(other, repository_of(server)).digest_of_asset(asset);
  }
  std::optional<core::Digest> digest() const { return digest(server.token()); }

  std::unique_ptr<Server> owned;
  Server& server;
  gitea::Server way = way_to(server.url(), server.token());
  std::string content = "what the server has stored";
  core::Asset asset;
};

void redirect(Server& server, const std::string& location, int status) {
  core::JsonObject fault;
  fault.add("kind", "redirect").add("method", "GET").add("path", "/attachments");
  fault.add("status", static_cast<std::uint64_t>(status)).add("location", location);
  server.fault(fault.text());
}

}  // namespace

TEST_CASE("the digest of an asset is computed from the bytes that the server sends") {
  for (const char* base : {"", "/git"}) {
    const Stored stored(base);
    CHECK(stored.digest() == core::digest_of(stored.content));
    const auto seen = stored.server.requests();
    REQUIRE(seen.size() == 1);
    CHECK(seen[0].headers.find(stored.server.token()) != std::string::npos);
  }
}

TEST_CASE("an asset larger than the limit for responses is read completely") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1");
  const auto release = server.create_release(R"({"tag_name":"v1","name":"v1"})");
  const std::string content(std::size_t{20} << 20, 'x');
  server.upload(release.id, "large.bin", content);
  const gitea::Server way = way_to(server.url(), server.token());
  gitea::Api api(way, repository_of(server));
  const core::Asset asset = api.find_release("v1")->assets.at(0);
  CHECK(api.digest_of_asset(asset) == core::digest_of(content));
}

TEST_CASE("the content of an asset is read up to a limit") {
  const Stored stored;
  gitea::Api api(stored.way, repository_of(stored.server));
  CHECK(api.content_of_asset(stored.asset, stored.content.size()) == stored.content);
  CHECK(api.content_of_asset(stored.asset, stored.content.size() - 1) == std::nullopt);
}

TEST_CASE("a job's own token cannot read the assets of a private repository") {
  const Stored stored;
  stored.server.edit_repository(R"({"private":true})");
  CHECK(stored.digest(stored.server.job_token()) == std::nullopt);
  CHECK(stored.digest() == core::digest_of(stored.content));
}

TEST_CASE("a response whose length differs from the asset's size is not its content") {
  for (const int difference : {-1, 1}) {
    Stored stored;
    stored.asset.size += static_cast<std::uint64_t>(difference);
    CHECK(stored.digest() == std::nullopt);
  }
}

TEST_CASE("an invalid uuid is never requested") {
  for (const char* uuid : {"", "../../api/v1/user", "01234567-89ab-cdef-0123-456789abcdeg",
                           "01234567-89ab-cdef-0123-456789abcdef0"}) {
    Stored stored;
    stored.asset.uuid = uuid;
    CHECK(stored.digest() == std::nullopt);
    CHECK(stored.server.requests().empty());
  }
}

TEST_CASE("after a refusal the content is unknown, a transport error is an error") {
  for (const int status : {401, 403, 410}) {
    const Stored stored;
    stored.server.fault(R"({"kind":"status","method":"GET","path":"/attachments","status":)" +
                        std::to_string(status) + "}");
    CHECK(stored.digest() == std::nullopt);
  }
  const Stored stored;
  stored.server.fault(
      R"({"kind":"status","method":"GET","path":"/attachments","status":500,"times":-1})");
  CHECK_THROWS_AS(stored.digest(), core::Error);
}

TEST_CASE("an attempt that broke off does not affect the digest") {
  const Stored stored;
  stored.server.fault(
      R"({"kind":"cut","within":"body","after":5,"method":"GET","path":"/attachments"})");
  CHECK(stored.digest() == core::digest_of(stored.content));
  CHECK(stored.server.requests().size() == 2);
}

TEST_CASE("an object store on another origin is asked without the token") {
  const network::Authority authority;
  for (const int status : {302, 303, 307}) {
    network::TlsServer both(authority.issue());
    Stored stored(both.plain());
    stored.way.ca_pem = authority.text();
    redirect(stored.server, both.url() + "/attachments/" + stored.asset.uuid + "?X-Sig=a%3Bb",
             status);
    gitea::Api api(stored.way, repository_of(stored.server));
    CHECK(api.digest_of_asset(stored.asset) == core::digest_of(stored.content));
    const auto seen = stored.server.requests();
    REQUIRE(seen.size() == 2);
    CHECK(seen[0].headers.find(stored.server.token()) != std::string::npos);
    CHECK(seen[1].headers.find("uthorization") == std::string::npos);
  }
}

TEST_CASE("a redirect on the same origin is followed, a login page is not taken for the content") {
  const Stored stored;
  redirect(stored.server, stored.server.url() + "/attachments/" + stored.asset.uuid, 303);
  CHECK(stored.digest() == core::digest_of(stored.content));
  redirect(stored.server, "/user/login", 303);
  CHECK(stored.digest() == std::nullopt);
}

TEST_CASE("after a redirect to another origin without TLS, or to nowhere, the content is unknown") {
  for (const char* location : {"http://127.0.0.1:1/x", "https://127.0.0.1:1/x", "//127.0.0.1/x",
                               "ftp://127.0.0.1/x", "https://me:pw@127.0.0.1/x"}) {
    const Stored stored;
    redirect(stored.server, location, 302);
    CHECK(stored.digest() == std::nullopt);
    CHECK(stored.server.requests().size() == 1);
  }
}
