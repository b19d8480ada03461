// SPDX-License-Identifier: MIT
// Trouble on the way that a run has to get over by itself. Every fault at every exchange is for
// tests/faults; here is what that has found.
#include <algorithm>
#include <array>
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

TEST_CASE("a server that is away for a moment fails no run, however many files are being sent") {
  Case one;
  std::string files;
  for (int i = 0; i < 12; ++i) {
    const std::string name = "file-" + std::to_string(i);
    one.job.file(name, name);
    files += name + "\n";
  }
  one.job.input("files", files).input("jobs", "8");
  one.server.fault(R"({"kind":"status","status":503,"method":"POST","path":"/assets?","times":12,
      "read_body":true})");
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(one.server.release("v1.0.0").assets.size() == 12);
  CHECK(run.log.find("looking again (1 of 5)") != std::string::npos);
  CHECK(run.log.find("looking again (2 of 5)") == std::string::npos);
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

TEST_CASE(
    "a create that was refused, whatever it has done, is followed by a look, without a warning") {
  const std::string path = R"("method":"POST","path":"/releases")";
  for (const std::string& fault :
       {R"({"kind":"drop",)" + path + "}", R"({"kind":"status","status":500,)" + path + "}",
        R"({"kind":"execute_status","status":409,)" + path + "}",
        R"({"kind":"execute_status","status":500,)" + path + "}"}) {
    Case one;
    one.server.fault(fault);
    const Run run = one.publish();
    INFO(fault << "\n" << run.log);
    CHECK(run.log.find("::warning::") == std::string::npos);
    CHECK(one.server.release("v1.0.0").assets.size() == 1);
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

TEST_CASE("an edit that is accepted and never made ends after 12 rounds that changed nothing") {
  Case one;
  one.job.publish();
  const support::Release release = one.server.release("v1.0.0");
  const std::string stays = R"({"id":)" + std::to_string(release.id) +
                            R"(,"tag_name":"v1.0.0","name":"v1.0.0","body":"","draft":false,)" +
                            R"("prerelease":false,"assets":[]})";
  one.server.fault(R"({"kind":"status","status":200,"method":"PATCH","times":-1,"body":)" + stays +
                   "}");
  one.server.forget_requests();
  const Run run = one.job.input("name", "Another title").publish();
  INFO(run.log);
  CHECK(run.status == 1);
  const auto requests = one.server.requests();
  CHECK(std::count_if(requests.begin(), requests.end(),
                      [](const auto& request) { return request.method == "PATCH"; }) == 12);
  CHECK(run.log.find(
            "12 rounds changed nothing; this is still to be done: edit the release: title") !=
        std::string::npos);
}

TEST_CASE("a proxy that makes two segments of a tag's slash hides no release") {
  Case one;
  one.job.on_branch().input("tag_name", "app/v1.0.0");
  one.server.fault(R"({"kind":"status","status":404,"method":"GET","path":"/releases/tags/",
      "times":-1,"content_type":"text/html","body":"<html>404 page not found</html>"})");
  for (const char* state : {"created", "unchanged"}) {
    const Run run = one.job.publish();
    INFO(run.log);
    CHECK(run.outputs.at("state") == state);
  }
  one.server.clear_faults();
  CHECK(one.server.release("app/v1.0.0").names() == std::vector<std::string>{"app.tgz"});
}

TEST_CASE("a 500 to notes that a column of MySQL cannot hold is told as that") {
  Case one;
  one.job.input("body", std::string(70'000, 'x'));
  one.server.fault(
      R"({"kind":"status","status":500,"method":"POST","path":"/releases","times":-1})");
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 2);
  CHECK(run.log.find("a server with MySQL takes 65535 at most") != std::string::npos);
}

TEST_CASE("a redirect of a question to another address of the same server is followed") {
  Case one;
  const std::string api = "/api/v1/repos/" + one.server.repository();
  one.server.fault(R"({"kind":"redirect","status":307,"method":"GET","path":"/releases/tags/",
      "location":")" +
                   one.server.url() + api + R"(/releases/tags/v1.0.0"})");
  one.publish();
}

TEST_CASE("a refused 'Expect: 100-continue' is followed by one try without it") {
  Case one;
  one.job.sparse_file("large.bin", 2 << 20);
  one.job.input("files", "large.bin").input("retries", "0");
  one.server.fault(R"({"kind":"status","status":417,"method":"POST","path":"/assets"})");
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 0);
  CHECK(one.server.release("v1.0.0").names() == std::vector<std::string>{"large.bin"});
  std::vector<bool> expects;
  for (const auto& request : one.server.requests()) {
    if (request.path.find("/assets") == std::string::npos) continue;
    expects.push_back(request.headers.find("Expect:") != std::string::npos);
  }
  CHECK(expects == std::vector<bool>{true, false});
}

TEST_CASE("a Retry-After that the run has no time for ends it at once, and says why") {
  for (const char* method : {"GET", "POST", "PATCH"}) {
    INFO(method);
    Case one;
    one.job.input("timeout", "8");
    one.server.fault(std::string(R"({"kind":"status","status":503,"times":-1,
        "headers":{"Retry-After":"3600"},"method":")") +
                     method + R"("})");
    const auto begin = std::chrono::steady_clock::now();
    const Run run = one.job.publish();
    INFO(run.log);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(4));
    CHECK(run.status == 1);
    CHECK(run.log.find("503") != std::string::npos);
    CHECK(run.log.find("it asks to be tried again in 3600 s, and of 'timeout' ") !=
          std::string::npos);
    CHECK(run.log.find("raise 'timeout'") != std::string::npos);
    CHECK(run.log.find("looking again") == std::string::npos);
  }
}

TEST_CASE("a Retry-After may be a date") {
  Case one;
  const auto later = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now() +
                                                          std::chrono::seconds(3));
  std::array<char, 40> date{};
  std::tm parts{};
  std::strftime(date.data(), date.size(), "%a, %d %b %Y %H:%M:%S GMT", gmtime_r(&later, &parts));
  one.server.fault(std::string(R"({"kind":"status","status":429,"method":"GET",
      "headers":{"Retry-After":")") +
                   date.data() + R"("}})");
  one.publish();
  const auto requests = one.server.requests();
  const auto refused = std::find_if(requests.begin(), requests.end(),
                                    [](const auto& request) { return request.status == 429; });
  REQUIRE(refused != requests.end());
  CHECK((refused + 1)->started_ms - refused->started_ms >= 1000);
}
