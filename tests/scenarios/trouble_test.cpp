// SPDX-License-Identifier: MIT
// Trouble on the way that a run has to get over by itself. Every fault at every exchange is for
// tests/faults; here is what that has found.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>

#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

/// A sandbox with a pushed tag, and a job that brings one file.
struct Case {
  Case() : job(server, "v1.0.0") {
    server.needs_sandbox();
    server.create_tag("v1.0.0");
    job.file("app.tgz", "the program");
    job.input("files", "app.tgz");
  }

  Run publish() {
    const Run run = job.publish();
    INFO(run.log);
    CHECK(run.status == 0);
    CHECK(server.download("v1.0.0", "app.tgz").body == "the program");
    return run;
  }

  Server server;
  Workspace job;
};

}  // namespace

TEST_CASE("a 401 to an upload is a broken transfer, since the token was accepted before") {
  Case one;
  one.server.fault(R"({"kind":"status","status":401,"method":"POST","path":"/assets?",
      "body":{"message":"user does not exist [uid: 0, name: ]"}})");
  one.publish();
}

TEST_CASE("a token that ends while a file is sent is told as that") {
  Case one;
  one.server.fault(R"({"kind":"status","status":401,"method":"POST","path":"/assets?"})");
  one.server.fault(R"({"kind":"status","status":401,"method":"GET","path":"/releases/","skip":1})");
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 2);
  CHECK(run.log.find("the token is not accepted") != std::string::npos);
}

TEST_CASE("a create that was refused is told only where a release was there already") {
  const std::string told = "existed already when this run wanted to create it";
  for (const std::string kind : {"drop", "status"}) {
    Case one;
    one.server.fault(R"({"kind":")" + kind +
                     R"(","status":500,"method":"POST","path":"/releases"})");
    CHECK(one.publish().log.find(told) == std::string::npos);
  }
  for (const int status : {409, 500}) {
    Case one;
    one.server.fault(R"({"kind":"execute_status","method":"POST","path":"/releases","status":)" +
                     std::to_string(status) + "}");
    CHECK(one.publish().log.find(told) != std::string::npos);
  }
}

TEST_CASE("a redirect of a write is no move of the repository, where its name stays the same") {
  Case one;
  one.server.fault(R"({"kind":"redirect","status":307,"method":"POST","path":"/releases"})");
  CHECK(one.publish().log.find("is now") == std::string::npos);
}

TEST_CASE("Retry-After is waited for before a write that it answered is looked at") {
  Case one;
  one.server.fault(R"({"kind":"status","status":503,"method":"PATCH",
      "headers":{"Retry-After":"1"}})");
  one.publish();
  const auto requests = one.server.requests();
  const auto refused = std::find_if(requests.begin(), requests.end(),
                                    [](const auto& request) { return request.status == 503; });
  REQUIRE(refused != requests.end());
  CHECK((refused + 1)->started_ms - refused->started_ms >= 1000);
}
