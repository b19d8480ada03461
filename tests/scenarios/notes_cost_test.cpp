// SPDX-License-Identifier: MIT
// How many requests the command `notes` sends, and how long its notes get.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <utility>

#include "core/text/text.hpp"
#include "scenarios/notes_command.hpp"
#include "support/server.hpp"

using notes_command::has;
using notes_command::notes;
using support::Run;
using support::Server;

namespace {

/// The requests for lists of tags and of commits since the log was last cleared.
std::pair<long, long> lists(Server& server) {
  const auto requests = server.requests();
  const auto count = [&](const std::string& end) {
    return std::count_if(requests.begin(), requests.end(), [&](const support::Logged& one) {
      return one.path.substr(0, one.path.find('?')).ends_with(end);
    });
  };
  return {count("/tags"), count("/commits")};
}

}  // namespace

TEST_CASE("100 commits cost 2 requests, and tags one request per 50") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  for (const auto& [commits, requests] : {std::pair{100, 2}, {1, 1}, {150, 3}, {101, 3}}) {
    server.push("refs/tags/v1.0.0", "main");
    server.add_commits(
        fmt::format(R"({{"commits":[{{"message":"fix: {{n}}","count":{}}}]}})", commits));
    server.forget_requests();
    const Run run = notes(server, "v1.1.0");
    CHECK(lists(server) == std::pair<long, long>{1, requests});
    CHECK(has(run.log, fmt::format("- {} (", commits)));
  }
  for (int i = 0; i < 50; ++i) server.create_tag(fmt::format("v0.{}.0", i));
  server.forget_requests();
  notes(server, "v1.1.0");
  CHECK(lists(server).first == 2);
  server.forget_requests();
  notes(server, "v1.1.0", {"--previous-tag", "v1.0.0"});
  CHECK(lists(server).first == 0);
}

TEST_CASE("of 5,000 commits the newest 1,000 are read, in 20 requests, and the notes stay short") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  server.add_commits(R"({"commits":[{"message":"feat!: early","count":1},
                                    {"message":"fix: number {n}","count":4000},
                                    {"message":"feat: number {n}","count":998},
                                    {"message":"feat!: late","count":1}]})");
  server.forget_requests();
  const Run run = notes(server, "v1.1.0");
  CHECK(lists(server) == std::pair<long, long>{1, 20});
  CHECK(run.log.size() <= 30'001);
  CHECK(run.log.starts_with("### Breaking changes\n\n- late ("));
  CHECK(has(run.log, "- number 998 ("));
  const auto lines = core::lines(run.log);
  const auto listed = std::count_if(lines.begin(), lines.end(),
                                    [](const std::string& line) { return line.starts_with("- "); });
  CHECK(has(run.log, fmt::format("\n… and {} more changes.\n", 5000 - listed)));
  CHECK(run.outputs.at("notes") + "\n" == run.log);
}

TEST_CASE("a proxy that removes the count headers costs one more request, and nothing is lost") {
  Server server;
  server.needs_sandbox();
  server.create_tag("v1.0.0");
  server.add_commits(R"({"commits":[{"message":"fix: {n}","count":60}]})");
  const Run whole = notes(server, "v1.1.0");
  server.fault(
      R"({"method":"GET","kind":"delay","ms":0,"times":-1,"headers":{"X-Total-Count":""}})");
  server.forget_requests();
  CHECK(notes(server, "v1.1.0").log == whole.log);
  CHECK(lists(server) == std::pair<long, long>{2, 3});
}
