// SPDX-License-Identifier: MIT
// The command `deploy`. A sandbox with faults at /hooks/ plays the container manager: its log shows
// what was sent, and whether a token was included.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <chrono>

#include "core/text/text.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Logged;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

constexpr const char* secret = "8f0c2b1e-5a4d-47f5-9d0e-0a1b2c3d4e5f";

struct Manager {
  Manager() : job(server, "v1.0.0") {
    server.needs_sandbox();
    hook = server.url() + "/hooks/" + secret + "?tag=v1";
    job.input("webhook_url", hook).input("retries", "2");
    server.forget_requests();
  }

  /// From now on every request to the hook gets this fault.
  Manager& answers(const std::string& fault) {
    server.fault(R"({"path":"/hooks/","times":-1,)" + fault + "}");
    return *this;
  }

  /// The run's log must not contain any part of the address or of a response.
  Run deploy() {
    Run run = job.run({"deploy"});
    INFO(run.log);
    const std::string host = server.url().substr(server.url().find("//") + 2);
    for (const std::string& part : {std::string(secret), std::string("/hooks"), host,
                                    std::string("tag=v1"), std::string("said the manager")}) {
      INFO(part);
      CHECK(run.log.find(part) == std::string::npos);
    }
    return run;
  }

  /// Fails with this status and this message.
  Run fails(int status, const std::string& words) {
    Run run = deploy();
    INFO(run.log);
    CHECK(run.status == status);
    CHECK(run.log.find("::error::the webhook") != std::string::npos);
    CHECK(run.log.find(words) != std::string::npos);
    CHECK(run.outputs.at("state") == "failed");
    return run;
  }

  Server server;
  Workspace job;
  std::string hook;
};

}  // namespace

TEST_CASE("the webhook gets one POST without a body and without the token") {
  Manager manager;
  // Carried out, so that the log shows who sent the request.
  const Run run = manager.answers(R"("kind":"garbage","status":204,"body":"")").deploy();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(run.outputs.at("state") == "deployed");
  const auto requests = manager.server.requests();
  REQUIRE(requests.size() == 1);
  CHECK(requests[0].method == "POST");
  CHECK(requests[0].path == fmt::format("/hooks/{}?tag=v1", secret));
  CHECK(requests[0].headers.find("Content-Length: 0") != std::string::npos);
  CHECK(requests[0].headers.find("Authorization") == std::string::npos);
  CHECK(requests[0].account.empty());
  manager.server.check_no_leaks();
}

TEST_CASE("the address may come from WEBHOOK_URL, and the input takes precedence") {
  Manager manager;
  manager.answers(R"("kind":"status","status":200)");
  manager.job.without("INPUT_WEBHOOK_URL").variable("WEBHOOK_URL", manager.hook + "\n");
  CHECK(manager.deploy().outputs.at("state") == "deployed");
  manager.job.input("webhook_url", manager.server.url() + "/hooks/other");
  CHECK(manager.deploy().outputs.at("state") == "deployed");
  CHECK(manager.server.requests().back().path == "/hooks/other");
}

TEST_CASE("without a webhook nothing is done, and the log says so") {
  Manager manager;
  manager.job.without("INPUT_WEBHOOK_URL");
  const Run run = manager.deploy();
  CHECK(run.status == 0);
  CHECK(run.outputs.at("state") == "skipped");
  CHECK(run.log.find("nothing was deployed") != std::string::npos);
  CHECK(manager.server.requests().empty());
}

TEST_CASE("a webhook that rejects the call is reported with a remedy, and called only once") {
  const std::tuple<int, int, const char*> cases[] = {
      {404, 2, "copy it again"},
      {401, 2, "requires a login"},
      {403, 2, "requires a login"},
      {405, 2, "does not accept POST"},
      {400, 2, "See the log of the container manager"},
      {500, 1, "See the log of the container manager"},
      {503, 1, "run it again later"},
      {408, 1, "run it again later"}};
  for (const auto& [answer, status, words] : cases) {
    INFO(answer);
    Manager manager;
    manager.answers(fmt::format(
        R"("kind":"status","status":{},"body":"said the manager","read_body":true)", answer));
    manager.fails(status, words);
    CHECK(manager.server.requests().size() == 1);
  }
}

TEST_CASE("a redirect is neither followed, even to the same host, nor shown") {
  for (const int answer : {301, 302, 307, 308}) {
    for (const std::string& host : {std::string(), std::string("http://127.0.0.1:1")}) {
      Manager manager;
      manager.answers(fmt::format(R"("kind":"redirect","status":{},"location":"{}/elsewhere/{}")",
                                  answer, host, secret));
      manager.fails(2, "Redirects are not followed");
      CHECK(manager.server.requests().size() == 1);
    }
  }
}

TEST_CASE("a webhook that hangs is abandoned in time") {
  Manager manager;
  manager.job.input("timeout", "1");
  manager.answers(R"("kind":"stall","ms":20000)");
  const auto begin = std::chrono::steady_clock::now();
  manager.fails(1, "The redeployment may have started");
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
  CHECK(manager.server.requests().size() == 1);
}

TEST_CASE("a call without a response is not repeated, because it may have been carried out") {
  Manager manager;
  manager.answers(R"("kind":"drop")");
  manager.fails(1, "The redeployment may have started");
  CHECK(manager.server.requests().size() == 1);
}

TEST_CASE("a webhook that asks to be called later is called again") {
  Manager manager;
  manager.server.fault(R"({"path":"/hooks/","times":2,"kind":"status","status":429,
      "headers":{"Retry-After":"0"}})");
  manager.answers(R"("kind":"status","status":202)");
  CHECK(manager.deploy().outputs.at("state") == "deployed");
  CHECK(manager.server.requests().size() == 3);
}

TEST_CASE("an unreachable deployment server is reported without its name") {
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"http://127.0.0.1:1/hooks/x", "2", "the connection was refused (3 attempts)"},
      {"https://manager.invalid/hooks/x", "0", "the name (hidden) cannot be resolved"}};
  for (const auto& [address, retries, words] : cases) {
    Manager manager;
    manager.job.input("webhook_url", address).input("retries", retries);
    const Run run = manager.fails(1, words);
    CHECK(run.log.find("manager.invalid") == std::string::npos);
    CHECK(run.log.find("127.0.0.1") == std::string::npos);
  }
  Manager manager;
  manager.job.input("webhook_url", "https" + manager.hook.substr(4));
  manager.job.input("timeout", "3").input("retries", "0");
  const auto begin = std::chrono::steady_clock::now();
  manager.fails(2, "this port does not speak TLS");
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
}

TEST_CASE("an invalid address is rejected without being shown") {
  for (const std::string& address :
       {fmt::format("ftp://127.0.0.1/hooks/{}", secret), fmt::format("/hooks/{}", secret),
        fmt::format("http://user:{}@127.0.0.1/", secret), fmt::format("http://{} x/", secret),
        fmt::format("http://127.0.0.1/hooks/{}\nhttp://h/", secret),
        fmt::format("http://127.0.0.1:{}/", secret), fmt::format("http:///hooks/{}", secret),
        fmt::format("http://127.0.0.1/hooks/{}#x", secret)}) {
    INFO(address);
    Manager manager;
    manager.job.input("webhook_url", address);
    const Run run = manager.deploy();
    CHECK(run.status == 2);
    CHECK(run.log.find("::error::webhook_url is not a valid address") != std::string::npos);
    CHECK(run.outputs.at("state") == "failed");
  }
}

TEST_CASE("with required: false every failure is a warning") {
  for (const char* fault :
       {R"("kind":"status","status":500)", R"("kind":"status","status":404)", R"("kind":"drop")"}) {
    Manager manager;
    manager.job.input("required", "false");
    const Run run = manager.answers(fault).deploy();
    INFO(run.log);
    CHECK(run.status == 0);
    CHECK(run.log.find("::warning::the image was not deployed: the webhook") != std::string::npos);
    CHECK(run.log.find("::error::") == std::string::npos);
    CHECK(run.outputs.at("state") == "failed");
  }
  Manager manager;
  manager.job.input("required", "no").input("webhook_url", "nothing");
  CHECK(manager.deploy().status == 0);
  const Run mistaken = manager.job.input("required", "perhaps").run({"deploy"});
  CHECK(mistaken.status == 2);
}

TEST_CASE("the webhook's address cannot be set on the command line") {
  Manager manager;
  const Run run = manager.job.run({"deploy", "--webhook-url=" + manager.hook});
  CHECK(run.status == 2);
  CHECK(run.log.find("--webhook-url cannot be an option") != std::string::npos);
  CHECK(run.log.find(secret) == std::string::npos);
  CHECK(manager.server.requests().empty());
}
