// SPDX-License-Identifier: MIT
// The token goes to the configured server only.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <string>

#include "core/error.hpp"
#include "network/certificates.hpp"
#include "network/tls_server.hpp"
#include "units/launcher_fetch/project.hpp"

using project::Installation;
using project::Project;

namespace {

/// A project whose assets are in a store on another origin.
struct Stored {
  network::Authority authority;
  network::TlsServer both{authority.issue()};
  Project project{both.plain()};
  support::Release release = project.publish("1.2.0");
  Installation installation{project};

  Stored() {
    installation.way.ca_pem = authority.text();
    project.server.forget_requests();
  }
  std::string path_of(const std::string& name) const {
    return "/attachments/" + release.asset(name).uuid;
  }
  /// The next request for the asset, or for the asset at another place, is answered with a redirect.
  void redirect(const std::string& path, const std::string& location) {
    project.server.fault(fmt::format(
        R"({{"kind":"redirect","status":302,"path":"{}","location":"{}"}})", path, location));
  }
  bool has_token(const support::Logged& request) const {
    return request.headers.find(project.server.token()) != std::string::npos;
  }
};

}  // namespace

TEST_CASE("an object store on another host is asked without the token") {
  Stored stored;
  for (const auto& asset : stored.release.assets) {
    const std::string path = stored.path_of(asset.name);
    stored.redirect(path, stored.both.url() + path + "?X-Signature=a%3Bb");
  }
  CHECK(std::filesystem::exists(stored.installation.download() / "current/bin/app"));
  const auto requests = stored.project.server.requests();
  const auto with_token = std::count_if(requests.begin(), requests.end(), [&](const auto& request) {
    return stored.has_token(request);
  });
  REQUIRE(requests.size() == 9);  // the list, and two for each of the four assets
  CHECK(with_token == 5);
  for (const auto& request : requests) {
    if (request.path.find("X-Signature") != std::string::npos)
      CHECK_FALSE(stored.has_token(request));
  }
}

TEST_CASE("five redirects are followed, and none that leaves TLS") {
  Stored stored;
  const auto update = *stored.installation.check().update;
  const std::string path = stored.path_of(update.payload.name);
  network::TlsServer other(stored.authority.issue());
  other.plain().forget_requests();
  SECTION("five hosts") {
    // Two hosts in turns: 127.0.0.1 and localhost.
    stored.redirect(path, stored.both.url() + path + "?1");
    stored.redirect(path + "?1", stored.both.url_by_name() + path + "?2");
    stored.redirect(path + "?2", stored.both.url() + path + "?3");
    stored.redirect(path + "?3", stored.both.url_by_name() + path + "?4");
    stored.redirect(path + "?4", stored.both.url() + path + "?5");
    CHECK_NOTHROW(stored.installation.download(update));
  }
  SECTION("to a server without TLS") {
    stored.redirect(path, other.plain().url() + path);
    CHECK_THROWS_AS(stored.installation.download(update), core::Error);
    CHECK(other.plain().requests().empty());
  }
  SECTION("from TLS to a server without TLS") {
    stored.redirect(path, stored.both.url() + path + "?1");
    stored.redirect(path + "?1", other.plain().url() + path);
    CHECK_THROWS_AS(stored.installation.download(update), core::Error);
    CHECK(other.plain().requests().empty());
  }
}
