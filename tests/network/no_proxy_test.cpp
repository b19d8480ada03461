// SPDX-License-Identifier: MIT
// NO_PROXY works like in curl: both get the same addresses and lists.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>

#include "core/text/text.hpp"
#include "gitea/proxy.hpp"
#include "support/process.hpp"
#include "support/proxy.hpp"
#include "temp_dir.hpp"

namespace {

struct Case {
  std::string url;
  std::string no_proxy;
};

/// Every host with every list.
std::vector<Case> cases() {
  std::vector<Case> result;
  for (const char* host : {"example.org", "git.example.org", "notexample.org", "EXAMPLE.org",
                           "example.org.", "localhost", "127.0.0.1", "10.1.2.3", "192.168.7.9",
                           "[::1]", "[fd12::1]", "org", "10.1.2.3.example.org"}) {
    for (const char* list : {"example.org",
                             ".example.org",
                             "example.org.",
                             ".example.org.",
                             "..example.org",
                             "EXAMPLE.ORG",
                             "a,b,example.org",
                             "a b  example.org",
                             "a, example.org ,b",
                             "org",
                             "*",
                             "*.example.org",
                             "a,*",
                             "example.org:80",
                             "localhost",
                             "127.0.0.1",
                             "127.0.0.0/8",
                             "10.0.0.0/8",
                             "10.1.2.3/32",
                             "10.1.2.3/0",
                             "10.1.2.3/33",
                             "2.3",
                             ".2.3",
                             "192.168.7.128/25",
                             "192.168.7.0/24,x",
                             "::1",
                             "[::1]",
                             "fd00::/8",
                             "[fd00::]/8",
                             "::/0",
                             ",",
                             " ",
                             ".",
                             "example.org\tx",
                             "example.org;x",
                             "xample.org",
                             "0.0.0.0/0"}) {
      // curl 7.88 compares IPv6 addresses as text, so it supports neither networks nor brackets.
      const std::string_view text = list;
      if (host[0] == '[' && text.find_first_of("[/") != std::string_view::npos) continue;
      result.push_back({fmt::format("http://{}/", host), list});
    }
  }
  return result;
}

bool ours_uses_the_proxy(const Case& one) {
  return gitea::proxy_for(gitea::parse_url(one.url, "url"),
                          {{"http_proxy", "http://127.0.0.1:1"}, {"NO_PROXY", one.no_proxy}})
      .has_value();
}

/// Asks curl about all cases: one line of a configuration file each, in one process.
std::string quoted(const std::string& text) {
  std::string result = "\"";
  for (const char c : text) result += c == '\t' ? std::string("\\t") : std::string(1, c);
  return result + "\"";
}

}  // namespace

TEST_CASE("NO_PROXY means the same as in curl") {
  const TempDir directory;
  support::Process version({"/usr/bin/curl", "--version"}, {}, directory.path(), directory / "v");
  const std::string told = version.wait().output;
  if (!told.starts_with("curl ")) SKIP("there is no curl here");
  if (told < "curl 7.86") SKIP("this curl is older than 7.86, which does not know networks");

  support::Proxy proxy;
  proxy.refuse(418);
  const std::vector<Case> all = cases();
  std::string config;
  for (const Case& one : all) {
    // A server that is reached directly has a port on which nobody listens.
    if (!config.empty()) config += "next\n";
    config += fmt::format(
        "url = {}\nnoproxy = {}\nproxy = {}\nsilent\noutput = /dev/null\n"
        "connect-to = \"::127.0.0.1:1\"\nwrite-out = \"%{{http_connect}}\\n\"\n",
        quoted(one.url), quoted(one.no_proxy), quoted(proxy.url()));
  }
  support::Process curl({"/usr/bin/curl", "--config", directory.write("config", config)}, {},
                        directory.path(), directory / "out");
  const auto codes = core::lines(curl.wait().output);
  INFO(core::join(codes, "\n"));
  REQUIRE(codes.size() == all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    INFO(all[i].url << " with NO_PROXY '" << all[i].no_proxy << "', curl: " << codes[i]);
    CHECK(ours_uses_the_proxy(all[i]) == (codes[i] == "418"));
  }
}
