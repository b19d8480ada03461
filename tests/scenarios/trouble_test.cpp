// SPDX-License-Identifier: MIT
// Errors in transit that a run must handle by itself. tests/faults combines every fault with every
// exchange; these are the problems that were found there.
#include <algorithm>
#include <array>
#include <catch2/catch_test_macros.hpp>

#include "support/server.hpp"
#include "support/workspace.hpp"

using support::Run;
using support::Server;
using support::Workspace;

namespace {

/// A sandbox with a pushed tag, and a job with one file.
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

TEST_CASE("401 for an upload means a broken transfer, because the token was accepted before") {
  Case one;
  one.server.fault(R"({"kind":"status","status":401,"method":"POST","path":"/assets?",
      "body":{"message":"user does not exist [uid: 0, name: ]"}})");
  one.publish();
}

TEST_CASE("a server that is briefly unavailable fails no run, however many uploads are active") {
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
  CHECK(run.log.find("checking the release again (1 of 5)") != std::string::npos);
  CHECK(run.log.find("checking the release again (2 of 5)") == std::string::npos);
}

TEST_CASE("a token that expires during an upload is reported as such") {
  Case one;
  one.server.fault(R"({"kind":"status","status":401,"method":"POST","path":"/assets?"})");
  one.server.fault(R"({"kind":"status","status":401,"method":"GET","path":"/releases/","skip":1})");
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 2);
  CHECK(run.log.find("the server does not accept the token") != std::string::npos);
}

TEST_CASE("after a refused creation the release is read again, without a warning") {
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

TEST_CASE("a redirected write does not mean a renamed repository if the name is unchanged") {
  Case one;
  one.server.fault(R"({"kind":"redirect","status":307,"method":"POST","path":"/releases"})");
  CHECK(one.publish().log.find("is now") == std::string::npos);
}

TEST_CASE("after a write with Retry-After the run waits before it reads the release again") {
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

TEST_CASE("an edit that is accepted but has no effect ends the run after 12 unchanged rounds") {
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
  CHECK(run.log.find("after 12 attempts nothing has changed on the server; still to be done: "
                     "update the release: title") != std::string::npos);
}

TEST_CASE("a proxy that decodes the slash in a tag does not hide the release", "[profiles]") {
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

TEST_CASE("500 for notes that do not fit into a column of MySQL is reported as such") {
  Case one;
  one.job.input("body", std::string(70'000, 'x'));
  one.server.fault(
      R"({"kind":"status","status":500,"method":"POST","path":"/releases","times":-1})");
  const Run run = one.job.publish();
  INFO(run.log);
  CHECK(run.status == 2);
  CHECK(run.log.find("a server with MySQL stores at most 65535") != std::string::npos);
}

TEST_CASE("a redirected read on the same server is followed") {
  Case one;
  const std::string api = "/api/v1/repos/" + one.server.repository();
  one.server.fault(R"({"kind":"redirect","status":307,"method":"GET","path":"/releases/tags/",
      "location":")" +
                   one.server.url() + api + R"(/releases/tags/v1.0.0"})");
  one.publish();
}

TEST_CASE("a rejected 'Expect: 100-continue' is followed by one attempt without it") {
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

TEST_CASE("a Retry-After beyond the run's time ends the run at once, with the reason") {
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
    CHECK(run.log.find("the response says to retry in 3600 s, but only ") != std::string::npos);
    CHECK(run.log.find("increase 'timeout'") != std::string::npos);
    CHECK(run.log.find("checking the release again") == std::string::npos);
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

TEST_CASE(
    "with overwrite_files: false an upload stored incompletely is replaced, with or without a "
    "response") {
  for (const char* answer : {"true", "false"}) {
    INFO("without an answer: " << answer);
    Case one;
    const std::string content(5000, 'c');
    one.job.file("app.tgz", content).input("overwrite_files", "false");
    one.server.fault(std::string(R"({"kind":"truncate","after":1000,"method":"POST",
        "path":"/assets?","drop":)") +
                     answer + "}");
    const Run run = one.job.publish();
    INFO(run.log);
    CHECK(run.status == 0);
    CHECK_FALSE(one.server.release("v1.0.0").draft);
    CHECK(one.server.release("v1.0.0").assets.size() == 1);
    CHECK(one.server.download("v1.0.0", "app.tgz").body == content);
  }
}
