// SPDX-License-Identifier: MIT
// Proxies between the program and a server. The complete logs of rejected requests are in
// tests/data/network/.
#include "support/proxy.hpp"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "network/certificates.hpp"
#include "network/tls_server.hpp"
#include "support/golden.hpp"

using network::Authority;
using network::TlsServer;
using support::Proxy;
using support::Run;
using support::Workspace;

namespace {

/// A server, a proxy, and a job that uses both.
struct Way {
  Authority authority;
  TlsServer server{authority.issue()};
  Proxy proxy;

  /// Over http or https, through the proxy at `address`.
  Workspace job(bool https, const std::string& address) {
    Workspace job = server.job(https ? server.url() : server.plain().url());
    job.variable(https ? "https_proxy" : "http_proxy", address);
    job.input("ca_cert", authority.text());
    return job;
  }
  Workspace job(bool https) { return job(https, proxy.url()); }

  void check_published(const Run& run) {
    INFO(run.log);
    CHECK(run.status == 0);
    CHECK_FALSE(server.plain().release("v1.0.0").draft);
    CHECK(server.plain().download("v1.0.0", "a.txt").body == "a");
  }

  void check_refused(Workspace&& job, const std::string& name, int status) {
    const Run run = job.publish();
    CHECK(run.status == status);
    CHECK(server.plain().requests().empty());
    std::string text = support::replaced(run.log, proxy.url().substr(7), "proxy.lan:3128");
    text = support::replaced(text, server.plain().url(), "http://127.0.0.1:3000");
    support::check_golden(
        "network/" + name + ".txt",
        support::replaced(support::replaced(text, server.url(), "https://127.0.0.1:3000"),
                          server.plain().repository(), "owner/app"));
  }
};

}  // namespace

TEST_CASE("http requests go through the proxy, each with the full address") {
  Way way;
  way.check_published(way.job(false).publish());
  const auto seen = way.proxy.requests();
  REQUIRE_FALSE(seen.empty());
  for (const Proxy::Request& one : seen) {
    CHECK(one.target.starts_with(way.server.plain().url() + "/api/v1/"));
    CHECK(one.credentials.empty());
  }
}

TEST_CASE("https goes through a tunnel, and the proxy cannot read it") {
  Way way;
  way.check_published(way.job(true).publish());
  const auto seen = way.proxy.requests();
  REQUIRE_FALSE(seen.empty());
  for (const Proxy::Request& one : seen) {
    CHECK(one.method == "CONNECT");
    CHECK("https://" + one.target == way.server.url());
    CHECK(one.head.find("uthorization") == std::string::npos);
    CHECK(one.head.find(way.server.plain().token()) == std::string::npos);
  }
}

TEST_CASE("credentials of the proxy are sent to the proxy, and nowhere else") {
  for (const bool https : {false, true}) {
    INFO((https ? "https" : "http"));
    Way way;
    way.proxy.demand("Basic bUBlOnA6Lw==");  // m@e:p:/
    way.check_published(way.job(https, way.proxy.url("m%40e:p%3A%2F")).publish());
    for (const auto& one : way.server.plain().requests()) {
      CHECK(one.headers.find("roxy") == std::string::npos);
      CHECK(one.headers.find("bUBlOnA6Lw") == std::string::npos);
    }
  }
}

TEST_CASE("a proxy user without a password") {
  for (const bool https : {false, true}) {
    INFO((https ? "https" : "http"));
    Way way;
    way.proxy.demand("Basic bWU6");  // me:
    way.check_published(way.job(https, way.proxy.url("me")).publish());
  }
}

TEST_CASE("a proxy that answers 407: the message says what to set") {
  Way way;
  way.proxy.demand("Basic bWU6c2VjcmV0");
  way.check_refused(way.job(false), "proxy-407-http", 2);
  way.check_refused(way.job(true), "proxy-407-https", 2);
  way.check_refused(way.job(true, way.proxy.url("me:wrong")), "proxy-407-wrong", 2);
}

TEST_CASE("a proxy that rejects every request") {
  Way way;
  way.proxy.refuse(403);
  way.check_refused(way.job(true), "proxy-refuses", 1);
}

TEST_CASE("a proxy that closes the connection instead of responding") {
  Way way;
  way.proxy.hang_up();
  way.check_refused(way.job(false), "proxy-hangs-up-http", 1);
  way.check_refused(way.job(true), "proxy-hangs-up-https", 1);
}

TEST_CASE("a proxy that closes a tunnel as soon as it is open") {
  Way way;
  way.proxy.hang_up_on_tunnels();
  way.check_refused(way.job(true), "proxy-tunnel-closed", 1);
}

TEST_CASE("a proxy that cannot be reached or resolved") {
  Way way;
  way.check_refused(way.job(true, "http://127.0.0.1:1"), "proxy-away", 1);
  way.check_refused(way.job(true, "http://proxy.nowhere.invalid:3128"), "proxy-unresolved", 1);
}

TEST_CASE("a proxy that dies during an upload only costs another read") {
  for (const bool https : {false, true}) {
    INFO((https ? "https" : "http"));
    Way way;
    Workspace job = way.job(https);
    job.sparse_file("large.bin", std::uint64_t{8} << 20);
    way.proxy.cut_after(std::uint64_t{1} << 20);
    const Run run = job.input("files", "*.txt\n*.bin").publish();
    way.check_published(run);
    CHECK(way.server.plain().release("v1.0.0").asset("large.bin").size == std::uint64_t{8} << 20);
    CHECK(way.server.plain().release("v1.0.0").assets.size() == 2);
  }
}

TEST_CASE("a certificate is verified through a tunnel, too") {
  Way way;
  Workspace job = way.job(true);
  job.input("ca_cert", Authority().text());
  way.check_refused(std::move(job), "proxy-unknown-authority", 2);
}

TEST_CASE("a server in NO_PROXY is reached directly") {
  for (const bool https : {false, true}) {
    Way way;
    Workspace job = way.job(https);
    job.variable("no_proxy", "example.org, 127.0.0.0/8");
    way.check_published(job.publish());
    CHECK(way.proxy.requests().empty());
  }
}
