// SPDX-License-Identifier: MIT
// The command `deploy`. The container manager is a sandbox that is told how to answer at /hooks/: its
// log shows what was sent, and whose token came along.
#include <fmt/format.h>

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <chrono>

#include "core/text.hpp"
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

  /// Answers as this fault says, from now on, to every request at the hook.
  Manager& answers(const std::string& fault) {
    server.fault(R"({"path":"/hooks/","times":-1,)" + fault + "}");
    return *this;
  }

  /// The run's log must have nothing of the address, nor of an answer.
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

  /// Fails with this status, and says so.
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

TEST_CASE("the webhook gets one POST without a body, and no token", "[1.25]") {
  Manager manager;
  // Carried out, so that the log shows who asked.
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

TEST_CASE("the address may come as WEBHOOK_URL, with the input before it", "[1.25]") {
  Manager manager;
  manager.answers(R"("kind":"status","status":200)");
  manager.job.without("INPUT_WEBHOOK_URL").variable("WEBHOOK_URL", manager.hook + "\n");
  CHECK(manager.deploy().outputs.at("state") == "deployed");
  manager.job.input("webhook_url", manager.server.url() + "/hooks/other");
  CHECK(manager.deploy().outputs.at("state") == "deployed");
  CHECK(manager.server.requests().back().path == "/hooks/other");
}

TEST_CASE("without a webhook nothing is done, and that is said", "[1.25]") {
  Manager manager;
  manager.job.without("INPUT_WEBHOOK_URL");
  const Run run = manager.deploy();
  CHECK(run.status == 0);
  CHECK(run.outputs.at("state") == "skipped");
  CHECK(run.log.find("nothing is deployed") != std::string::npos);
  CHECK(manager.server.requests().empty());
}

TEST_CASE("a webhook that refuses is told with what to do, and asked once only", "[1.25]") {
  const std::tuple<int, int, const char*> cases[] = {
      {404, 2, "copy it anew"},     {401, 2, "wants a login"},   {403, 2, "wants a login"},
      {405, 2, "takes no POST"},    {400, 2, "log says why"},    {500, 1, "log says why"},
      {503, 1, "running it again"}, {408, 1, "running it again"}};
  for (const auto& [answer, status, words] : cases) {
    INFO(answer);
    Manager manager;
    manager.answers(fmt::format(
        R"("kind":"status","status":{},"body":"said the manager","read_body":true)", answer));
    manager.fails(status, words);
    CHECK(manager.server.requests().size() == 1);
  }
}

TEST_CASE("a redirect is not followed, to the same host neither, and not shown", "[1.25]") {
  for (const int answer : {301, 302, 307, 308}) {
    for (const std::string& host : {std::string(), std::string("http://127.0.0.1:1")}) {
      Manager manager;
      manager.answers(fmt::format(R"("kind":"redirect","status":{},"location":"{}/elsewhere/{}")",
                                  answer, host, secret));
      manager.fails(2, "It is not followed");
      CHECK(manager.server.requests().size() == 1);
    }
  }
}

TEST_CASE("a webhook that hangs is given up in time", "[1.25]") {
  Manager manager;
  manager.job.input("timeout", "1");
  manager.answers(R"("kind":"stall","ms":20000)");
  const auto begin = std::chrono::steady_clock::now();
  manager.fails(1, "It may have been carried out");
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
  CHECK(manager.server.requests().size() == 1);
}

TEST_CASE("a call whose answer was lost is not repeated, for it may have been carried out",
          "[1.25]") {
  Manager manager;
  manager.answers(R"("kind":"drop")");
  manager.fails(1, "It may have been carried out");
  CHECK(manager.server.requests().size() == 1);
}

TEST_CASE("a webhook that asks to come later is called again", "[1.25]") {
  Manager manager;
  manager.server.fault(R"({"path":"/hooks/","times":2,"kind":"status","status":429,
      "headers":{"Retry-After":"0"}})");
  manager.answers(R"("kind":"status","status":202)");
  CHECK(manager.deploy().outputs.at("state") == "deployed");
  CHECK(manager.server.requests().size() == 3);
}

TEST_CASE("a manager that cannot be reached is told without its name", "[1.25]") {
  const std::tuple<const char*, const char*, const char*> cases[] = {
      {"http://127.0.0.1:1/hooks/x", "2", "the connection was refused (tried 3 times)"},
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
  manager.job.input("timeout", "1").input("retries", "0");
  const auto begin = std::chrono::steady_clock::now();
  manager.fails(2, "this port does not speak TLS");
  CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(10));
}

TEST_CASE("what is no address is refused without being shown", "[1.25]") {
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
    CHECK(run.log.find("::error::webhook_url is no address of a webhook") != std::string::npos);
    CHECK(run.outputs.at("state") == "failed");
  }
}

TEST_CASE("with required: false every failure is a warning", "[1.25]") {
  for (const char* fault :
       {R"("kind":"status","status":500)", R"("kind":"status","status":404)", R"("kind":"drop")"}) {
    Manager manager;
    manager.job.input("required", "false");
    const Run run = manager.answers(fault).deploy();
    INFO(run.log);
    CHECK(run.status == 0);
    CHECK(run.log.find("::warning::nothing was deployed: the webhook") != std::string::npos);
    CHECK(run.log.find("::error::") == std::string::npos);
    CHECK(run.outputs.at("state") == "failed");
  }
  Manager manager;
  manager.job.input("required", "no").input("webhook_url", "nothing");
  CHECK(manager.deploy().status == 0);
  const Run mistaken = manager.job.input("required", "perhaps").run({"deploy"});
  CHECK(mistaken.status == 2);
}

TEST_CASE("the webhook's address is no option of the command line", "[1.25]") {
  Manager manager;
  const Run run = manager.job.run({"deploy", "--webhook-url=" + manager.hook});
  CHECK(run.status == 2);
  CHECK(run.log.find("--webhook-url is no option") != std::string::npos);
  CHECK(run.log.find(secret) == std::string::npos);
  CHECK(manager.server.requests().empty());
}
