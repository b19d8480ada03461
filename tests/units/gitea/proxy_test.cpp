// SPDX-License-Identifier: MIT
#include "gitea/proxy.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"

using gitea::parse_url;
using gitea::proxy_for;
using Environment = std::map<std::string, std::string>;

namespace {

/// The proxy's host for a server, or "" for a direct connection.
std::string host_for(const std::string& server, const Environment& environment) {
  const auto proxy = proxy_for(parse_url(server, "server_url"), environment);
  return proxy ? proxy->host : "";
}

/// Whether NO_PROXY excludes the server.
bool excepted(const std::string& server, const std::string& no_proxy) {
  return host_for(server, {{"https_proxy", "p:1"}, {"NO_PROXY", no_proxy}}).empty();
}

}  // namespace

TEST_CASE("without variables there is no proxy") {
  CHECK(host_for("https://h", {}).empty());
  CHECK(host_for("https://h", {{"https_proxy", ""}, {"ALL_PROXY", ""}}).empty());
}

TEST_CASE("the scheme of the server decides which variable counts") {
  const Environment both = {{"HTTPS_PROXY", "s:1"}, {"http_proxy", "h:1"}};
  CHECK(host_for("https://x", both) == "s");
  CHECK(host_for("http://x", both) == "h");
  CHECK(host_for("http://x", {{"HTTPS_PROXY", "s:1"}}).empty());
}

TEST_CASE("HTTP_PROXY in capitals is not read, since a CGI server sets it from a header") {
  CHECK(host_for("http://x", {{"HTTP_PROXY", "evil:1"}}).empty());
}

TEST_CASE("lower case takes precedence, and ALL_PROXY comes last") {
  CHECK(host_for("https://x", {{"https_proxy", "low:1"}, {"HTTPS_PROXY", "up:1"}}) == "low");
  CHECK(host_for("https://x", {{"https_proxy", ""}, {"HTTPS_PROXY", "up:1"}}) == "up");
  CHECK(host_for("https://x", {{"HTTPS_PROXY", "s:1"}, {"all_proxy", "all:1"}}) == "s");
  CHECK(host_for("http://x", {{"ALL_PROXY", "all:1"}}) == "all");
}

TEST_CASE("a proxy is host, port and decoded credentials") {
  const auto server = parse_url("https://x", "o");
  const auto proxy = proxy_for(server, {{"https_proxy", "http://m%40e:p%3A%2f:w@Proxy.lan:3128/"}});
  REQUIRE(proxy);
  CHECK(proxy->host == "proxy.lan");
  CHECK(proxy->port == 3128);
  CHECK(proxy->user == "m@e");
  CHECK(proxy->password == "p:/:w");
  const auto plain = proxy_for(server, {{"https_proxy", "me@proxy:8080"}});
  CHECK(plain->user == "me");
  CHECK(plain->password.empty());
  const auto odd = proxy_for(server, {{"https_proxy", "a%zz%4:b%@proxy:8080"}});
  CHECK(odd->user == "a%zz%4");
  CHECK(odd->password == "b%");
}

TEST_CASE("a proxy without a port uses 1080, like curl") {
  const auto server = parse_url("https://x", "o");
  CHECK(proxy_for(server, {{"https_proxy", "proxy"}})->port == 1080);
  CHECK(proxy_for(server, {{"https_proxy", "http://proxy/"}})->port == 1080);
  CHECK(proxy_for(server, {{"https_proxy", "http://proxy:80"}})->port == 80);
  CHECK(proxy_for(server, {{"https_proxy", "[::1]"}})->port == 1080);
  CHECK(proxy_for(server, {{"https_proxy", "[::1]:3128"}})->port == 3128);
  CHECK(proxy_for(server, {{"https_proxy", "[::1]:3128"}})->host == "::1");
}

TEST_CASE("an unusable proxy is an error in the workflow that hides its password") {
  for (const char* value : {"socks5://me:secret@p:1", "https://me:secret@p:1", "me:secret@p:x",
                            "http://me:secret@", "http://me:secret@a b:1"}) {
    INFO(value);
    try {
      proxy_for(parse_url("https://x", "o"), {{"https_proxy", value}});
      FAIL_CHECK("no error");
    } catch (const core::Error& error) {
      CHECK(error.fault == core::Fault::workflow);
      CHECK(error.message.find("proxy") != std::string::npos);
      CHECK((error.message + error.hint).find("secret") == std::string::npos);
    }
  }
}

TEST_CASE("a password that contains '://' is not read as a scheme, and stays hidden") {
  const auto server = parse_url("https://x", "o");
  const auto proxy = proxy_for(server, {{"https_proxy", "me:sec://ret@p:1"}});
  REQUIRE(proxy);
  CHECK(proxy->host == "p");
  CHECK(proxy->password == "sec://ret");
}

TEST_CASE("a proxy that does not apply may be invalid") {
  CHECK(host_for("https://x", {{"https_proxy", "socks5://p"}, {"NO_PROXY", "x"}}).empty());
  CHECK(host_for("http://x", {{"https_proxy", "socks5://p"}}).empty());
}

TEST_CASE("NO_PROXY names match themselves and their subdomains") {
  CHECK(excepted("https://example.org", "example.org"));
  CHECK(excepted("https://git.example.org:3000", "example.org"));
  CHECK(excepted("https://git.example.org", ".example.org"));
  CHECK(excepted("https://example.org", ".example.org"));
  CHECK(excepted("https://example.org", "EXAMPLE.ORG"));
  CHECK(excepted("https://example.org", "a, b example.org,c"));
  CHECK(excepted("https://localhost", "localhost,127.0.0.1"));
  CHECK(excepted("https://127.0.0.1", "localhost,127.0.0.1"));
  CHECK(excepted("https://[::1]", "[::1]"));
  CHECK(excepted("https://[::1]", "::1"));
  CHECK(excepted("https://anything", "*"));
  CHECK_FALSE(excepted("https://notexample.org", "example.org"));
  CHECK_FALSE(excepted("https://example.org.evil.net", "example.org"));
  CHECK_FALSE(excepted("https://example.org", "git.example.org"));
  CHECK_FALSE(excepted("https://example.org", ""));
  CHECK_FALSE(excepted("https://example.org", ",. ,"));
}

TEST_CASE("NO_PROXY accepts networks, like curl since 7.86") {
  CHECK(excepted("https://10.1.2.3", "10.0.0.0/8"));
  CHECK(excepted("https://192.168.7.9:3000", "localhost,192.168.0.0/16"));
  CHECK_FALSE(excepted("https://11.1.2.3", "10.0.0.0/8"));
  CHECK_FALSE(excepted("https://192.168.8.1", "192.168.7.0/24"));
  CHECK(excepted("https://192.168.7.1", "192.168.7.128/24"));
  CHECK_FALSE(excepted("https://192.168.7.1", "192.168.7.128/25"));
  CHECK(excepted("https://[fd12::1]", "fd00::/8"));
  CHECK_FALSE(excepted("https://[fe80::1]", "fd00::/8"));
  CHECK_FALSE(excepted("https://example.org", "10.0.0.0/8"));
  for (const char* broken :
       {"10.0.0.0/", "10.0.0.0/x", "10.0.0.0/33", "10.0.0.0/-1", "x/8", "/8"}) {
    INFO(broken);
    CHECK_FALSE(excepted("https://11.1.2.3", broken));
  }
}

TEST_CASE("NO_PROXY: the end of an IP address is no domain, and a trailing dot changes nothing") {
  CHECK_FALSE(excepted("https://10.1.2.3", "2.3"));
  CHECK(excepted("https://git.example.org", "example.org."));
}

TEST_CASE("NO_PROXY: a lone asterisk excludes everything, and a network of 0 bits nothing") {
  CHECK(excepted("https://example.org", "*"));
  CHECK_FALSE(excepted("https://example.org", "a,*"));
  CHECK_FALSE(excepted("https://10.1.2.3", "0.0.0.0/0"));
  CHECK(excepted("https://10.1.2.3", "10.1.2.3/0"));
}

TEST_CASE("NO_PROXY: tabs separate names, like blanks") { CHECK(excepted("https://b", "a\tb")); }

TEST_CASE("lower-case no_proxy takes precedence") {
  const Environment environment = {{"https_proxy", "p:1"}, {"no_proxy", "y"}, {"NO_PROXY", "x"}};
  CHECK(host_for("https://y", environment).empty());
  CHECK(host_for("https://x", environment) == "p");
}
