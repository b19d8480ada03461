// SPDX-License-Identifier: MIT
// The responses of real servers and of the sandbox: status, the headers that a client reads, and
// the whole body, key by key and value by value.
#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>
#include <vector>

#include "sandbox_tests/replay.hpp"

using sandbox_tests::Exchange;
using sandbox_tests::recorded;
using sandbox_tests::Replay;

namespace {

enum class How { relaxed, varies, differs };

struct Exception {
  std::string exchange;
  std::set<std::string> profiles;
  How how = How::differs;
  std::string why;
};

const std::vector<Exception> exceptions = {
    {"list-tags",
     {"gitea-1.22", "gitea-1.25", "gitea-1.27", "forgejo-7"},
     How::relaxed,
     "the recorded repository had 65 tags, of checks that were not recorded; keys are compared"},
    {"list-tags",
     {"gitea-1.23", "gitea-1.26"},
     How::varies,
     "which tag comes second depends on the times at which they were made; keys are compared"},
    {"route-HEAD-releases",
     {"gitea-1.27"},
     How::relaxed,
     "the recorded repository had 66 releases, and so more than one page; older servers say 405"},
    {"root-url-subpath",
     {"gitea-1.26", "gitea-1.27"},
     How::relaxed,
     "1.26 makes the author's own addresses of the request's Host; no client looks at them"},
    {"limit-raw-10 MiB",
     {"gitea-1.25", "gitea-1.27"},
     How::differs,
     "status 0: the client that recorded lost the answer to the reset that follows it; one that "
     "reads on after a failed write gets 413 (gitea-measured.md, 2g; uploads_test.cpp has both)"},
};

const Exception* exception_of(const std::string& profile, const Exchange& exchange) {
  for (const Exception& one : exceptions) {
    if (exchange.name == one.exchange && one.profiles.contains(profile)) return &one;
  }
  return nullptr;
}

bool any_of(const std::string& name, const std::set<std::string>& prefixes) {
  for (const std::string& prefix : prefixes) {
    if (name.starts_with(prefix)) return true;
  }
  return false;
}

std::string joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += "\n  " + line.substr(0, 600);
  return out;
}

// Every exchange belongs to one of three servers: as installed, with a required sign-in, and below
// a sub-path.
void replay_all(const std::string& profile, std::size_t known) {
  const std::vector<Exchange> exchanges = recorded(profile);
  REQUIRE(exchanges.size() == known);
  Replay usual(profile);
  Replay below_path(profile, "https://localhost/sub/");
  std::size_t replayed = 0;
  const auto replay = [&](Replay& server, const Exchange& exchange) {
    const Exception* exception = exception_of(profile, exchange);
    const bool varies = exception != nullptr && exception->how == How::varies;
    const bool relaxed = exception != nullptr && exception->how == How::relaxed;
    const auto [found, forgiven] = server.differences(exchange, relaxed || varies);
    ++replayed;
    INFO(exchange.name << ": " << exchange.method << " " << exchange.path << joined(found));
    // An exception that no longer applies must be removed from the table.
    if (exception == nullptr || varies) CHECK(found.empty());
    if (relaxed) CHECK((found.empty() && !forgiven.empty()));
    if (exception != nullptr && exception->how == How::differs) CHECK_FALSE(found.empty());
  };
  const std::set<std::string> last = {"signin-", "root-url-", "renamed-subpath"};
  for (const Exchange& exchange : exchanges) {
    if (!any_of(exchange.name, last)) replay(usual, exchange);
  }
  for (const Exchange& exchange : exchanges) {
    if (!any_of(exchange.name, last)) continue;
    replay(exchange.name == "signin-anon" ? usual : below_path, exchange);
  }
  CHECK(replayed == known);
}

}  // namespace

TEST_CASE("the sandbox answers all 260 exchanges recorded of Gitea 1.22 as the server did") {
  replay_all("gitea-1.22", 260);
}

TEST_CASE("the sandbox answers all 263 exchanges recorded of Gitea 1.23 as the server did") {
  replay_all("gitea-1.23", 263);
}

TEST_CASE("the sandbox answers all 263 exchanges recorded of Gitea 1.25 as the server did") {
  replay_all("gitea-1.25", 263);
}

TEST_CASE("the sandbox answers all 263 exchanges recorded of Gitea 1.26 as the server did") {
  replay_all("gitea-1.26", 263);
}

TEST_CASE("the sandbox answers all 263 exchanges recorded of Gitea 1.27 as the server did") {
  replay_all("gitea-1.27", 263);
}

TEST_CASE("the sandbox answers all 260 exchanges recorded of Forgejo 7 as the server did") {
  replay_all("forgejo-7", 260);
}
