// SPDX-License-Identifier: MIT
// The command `link-package`, on every server: old servers do not support it.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <set>

#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Logged;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

struct Case {
  Case() : job(server, "v1.0.0") {
    server.needs_sandbox();
    name = server.repository().substr(server.repository().find('/') + 1);
  }

  bool is_old() const {
    static const std::set<std::string> old = {"gitea-1.20", "gitea-1.22", "gitea-1.23",
                                              "forgejo-7"};
    return old.contains(server.profile());
  }
  void needs_links() const {
    if (is_old()) SKIP("this server does not know links of packages");
  }

  /// "owner/name" of the repository that the package is linked to, as its owner sees it.
  std::string linked(const std::string& package) {
    const auto list = server.connect()->get("/api/v1/packages/demo?type=container&q=" + package);
    return list.json().elements().at(0).object("repository").string("full_name");
  }

  Run run(int status, const std::string& words) {
    Run run = job.run({"link-package"});
    INFO(run.log);
    CHECK(run.status == status);
    CHECK(run.log.find(words) != std::string::npos);
    CHECK(run.log.find(server.token()) == std::string::npos);
    return run;
  }

  Server server;
  Workspace job;
  std::string name;  ///< of the repository
};

}  // namespace

TEST_CASE("a package with the repository's name is linked, and a second run sees that",
          "[profiles]") {
  Case one;
  one.needs_links();
  one.server.add_package(one.name);
  CHECK(one.run(0, " to " + one.server.repository()).outputs.at("state") == "linked");
  CHECK(one.linked(one.name) == one.server.repository());
  CHECK(one.run(0, "is already linked to " + one.server.repository()).outputs.at("state") ==
        "unchanged");
}

TEST_CASE("another package can be named, even with slashes, and is found among many others",
          "[profiles]") {
  Case one;
  one.needs_links();
  one.server.add_package("tools/app");
  for (int i = 0; i < 60; ++i) one.server.add_package("tools/app-gpu", std::to_string(i));
  one.job.input("package", "tools/app");
  one.run(0, "Linked the container package tools/app to");
  CHECK(one.run(0, "is already linked").outputs.at("state") == "unchanged");
}

TEST_CASE("a package that is linked to another repository stays there, and the message names it",
          "[profiles]") {
  Case one;
  one.needs_links();
  one.server.add_package(one.name);
  const auto wire = one.server.connect();
  wire->send("POST", "/api/v1/packages/demo/container/" + one.name + "/-/link/app");
  REQUIRE(one.linked(one.name) == "demo/app");
  one.run(2, "is already linked to demo/app");
  CHECK(one.linked(one.name) == "demo/app");
}

TEST_CASE("a missing package is reported as such", "[profiles]") {
  Case one;
  one.needs_links();
  one.run(2, "package does not exist");
  one.server.add_package("app2");
  one.job.input("package", "app2").input("package_type", "generic");
  one.run(2, "Push the package first");
}

TEST_CASE("the job's own token is rejected, and the message says which token would work",
          "[profiles]") {
  Case one;
  one.needs_links();
  one.server.add_package(one.name);
  one.job.input("token", one.server.job_token());
  const Run run = one.run(2, "the token may not write this package");
  CHECK(run.log.find("with the scope write:package") != std::string::npos);
  CHECK(run.log.find("DEPLOY_TOKEN") != std::string::npos);
}

TEST_CASE("a token without the scope for packages: the message names the scope", "[profiles]") {
  Case one;
  one.needs_links();
  one.server.add_package(one.name);
  one.job.input("token", one.server.token_of("demo", R"(["write:repository"])"));
  one.run(2, "it requires write:package");
}

TEST_CASE("another user's token may not link the owner's package", "[profiles]") {
  Case one;
  one.needs_links();
  one.server.add_package(one.name);
  one.server.add_collaborator("writer", "write");
  one.job.input("token", one.server.token_of("writer"));
  one.run(2, "the token may not write this package");
}

TEST_CASE("a server that is too old is named, with the place in its web interface", "[profiles]") {
  Case one;
  if (!one.is_old()) SKIP("this server knows links of packages");
  one.server.add_package(one.name);
  const Run run = one.run(2, "cannot link packages by its API");
  CHECK(run.log.find(one.server.url() + "/demo/-/packages/container/" + one.name +
                     ", then Settings") != std::string::npos);
}

TEST_CASE("a link request without a response is checked before it is reported as failed",
          "[profiles]") {
  Case one;
  one.needs_links();
  one.server.add_package(one.name);
  one.server.fault(R"({"method":"POST","path":"/-/link/","kind":"drop"})");
  CHECK(one.run(0, "Linked the container package").outputs.at("state") == "linked");
  CHECK(one.linked(one.name) == one.server.repository());
}

TEST_CASE("a failed link is not reported as made", "[profiles]") {
  Case one;
  one.needs_links();
  one.server.add_package(one.name);
  one.server.fault(R"({"method":"POST","path":"/-/link/","kind":"status","status":502})");
  one.run(1, "linking the package");
  CHECK(one.linked(one.name).empty());
}

TEST_CASE("without a token or a server nothing is sent") {
  Case one;
  one.job.input("token", "").variable("GITHUB_API_URL", "").variable("GITHUB_SERVER_URL", "");
  one.run(2, "the token is missing");
  one.run(2, "the server is unknown");
}
