// SPDX-License-Identifier: MIT
#include "gitea/url.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"

using gitea::encoded;
using gitea::parse_url;

TEST_CASE("a server's address is split into its parts") {
  const auto url = parse_url("https://Git.Example.org:3000/git/", "server_url");
  CHECK(url.tls);
  CHECK(url.host == "git.example.org");
  CHECK(url.port == 3000);
  CHECK(url.path == "/git");
  CHECK(url.text() == "https://git.example.org:3000/git");
}

TEST_CASE("the default port of the scheme is used, and not written") {
  CHECK(parse_url("https://h", "o").port == 443);
  CHECK(parse_url("http://h", "o").port == 80);
  CHECK(parse_url(" HTTPS://H:443// ", "o").text() == "https://h");
  CHECK(parse_url("http://h:443", "o").text() == "http://h:443");
  CHECK(parse_url("http://h:80/A/b%20c", "o").text() == "http://h/A/b%20c");
}

TEST_CASE("an IPv6 address is written in brackets") {
  const auto url = parse_url("http://[FE80::1]:3000/x", "o");
  CHECK(url.host == "fe80::1");
  CHECK(url.port == 3000);
  CHECK(url.text() == "http://[fe80::1]:3000/x");
  CHECK(parse_url("https://[::1]", "o").origin() == "https://[::1]");
  CHECK_THROWS_AS(parse_url("https://[::1", "o"), core::Error);
  CHECK_THROWS_AS(parse_url("https://::1", "o"), core::Error);
  CHECK_THROWS_AS(parse_url("https://[::1]x", "o"), core::Error);
}

TEST_CASE("an invalid address of a server is rejected, naming the option") {
  for (const char* text : {"",
                           "git.example.org",
                           "ftp://h",
                           "https:/h",
                           "https://",
                           "https:///x",
                           "https://h:0",
                           "https://h:65536",
                           "https://h:x",
                           "https://h:",
                           "https://h:-1",
                           "https://h:80x",
                           "https://h h",
                           "https://h/a b",
                           "https://h/?q=1",
                           "https://h/#f",
                           "https://h\\x",
                           "https://h\n/x",
                           "https://h,x",
                           "://h",
                           "https://[]",
                           "https://[git.example.org]",
                           "https://[::1,x]",
                           "https://[1.2.3.4]",
                           "https://[::g]"}) {
    INFO(text);
    try {
      parse_url(text, "server_url");
      FAIL_CHECK("no error");
    } catch (const core::Error& error) {
      CHECK(error.fault == core::Fault::workflow);
      CHECK(error.message.starts_with("server_url: "));
      CHECK_FALSE(error.hint.empty());
    }
  }
}

TEST_CASE("a password in an address is rejected and not repeated") {
  for (const char* text : {"https://me:secret@h/x", "https://me:sec@ret@h", "https://me:secret@h:x",
                           "https://me:se?cret@h", "ftp://me:secret@h", "https://me:s/ecret@h",
                           "https://me:secret@h h"}) {
    INFO(text);
    try {
      parse_url(text, "server_url");
      FAIL_CHECK("no error");
    } catch (const core::Error& error) {
      CHECK(error.message.find("me:") == std::string::npos);
      CHECK(error.message.find("cret") == std::string::npos);
    }
  }
}

TEST_CASE("an origin is scheme, host and port") {
  const auto url = parse_url("https://h/a", "o");
  CHECK(url.same_origin(parse_url("https://H:443/b", "o")));
  CHECK_FALSE(url.same_origin(parse_url("http://h:443", "o")));
  CHECK_FALSE(url.same_origin(parse_url("https://h:444", "o")));
  CHECK_FALSE(url.same_origin(parse_url("https://h.x", "o")));
}

TEST_CASE("everything but unreserved characters is encoded, including slashes") {
  CHECK(encoded("azAZ09-._~") == "azAZ09-._~");
  CHECK(encoded("rel/1 #?%&+") == "rel%2F1%20%23%3F%25%26%2B");
  CHECK(encoded("ä\n\x7f") == "%C3%A4%0A%7F");
  CHECK(encoded("\xff") == "%FF");
  CHECK(encoded("").empty());
}

TEST_CASE("a component that only consists of dots is encoded, since it would be resolved") {
  CHECK(encoded(".") == "%2E");
  CHECK(encoded("..") == "%2E%2E");
  CHECK(encoded("...") == "...");
  CHECK(encoded("../x") == "..%2Fx");
}
