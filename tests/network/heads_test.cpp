// SPDX-License-Identifier: MIT
// Response headers that are longer than those of any real server.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "network/scripted.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using network::answer_as_api;
using network::Line;
using network::Scripted;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

/// Publishes a file to a server that begins its response to the upload like this, in a shell that
/// runs `limits`.
Run publish(const std::string& beginning, const std::string& limits) {
  Server server;
  const Scripted scripted([&](Line& line) {
    for (std::string head = line.read_head(); !head.empty(); head = line.read_head()) {
      if (answer_as_api(line, head)) continue;
      line.write(beginning + "\r\nContent-Length: 0\r\n\r\n");
      return;
    }
  });
  Workspace job(server, "v1.0.0");
  job.variable("GITHUB_SERVER_URL", scripted.url());
  job.variable("GITHUB_API_URL", scripted.url() + "/api/v1");
  job.variable("GITHUB_SHA", "0123456789012345678901234567890123456789");
  job.file("a.txt", "a").input("files", "a.txt").input("retries", "0").input("timeout", "20");
  return job.within({"/bin/sh", "-c", limits + R"(exec "$0" "$@")"}).publish();
}

}  // namespace

TEST_CASE(
    "a status line of any length is a response or an error, whatever the stack size of threads") {
  // Without a limit for stacks glibc gives a thread 2 MiB.
  for (const char* limits : {"", "ulimit -s unlimited; ", "ulimit -s 1024; "}) {
    for (const std::size_t length : {1'000U, 8'000U, 32'000U, 200'000U}) {
      INFO(limits << length);
      const Run run = publish("HTTP/1.1 500 " + std::string(length, 'x'), limits);
      INFO(run.log);
      CHECK(run.status == 1);
      CHECK(run.log.find("::error::uploading a.txt: ") != std::string::npos);
    }
  }
}

TEST_CASE("headers of any length and number are at most an error") {
  for (const std::string& headers :
       {std::string("X: ") + std::string(200'000, 'x'), std::string(20'000, 'x')}) {
    const Run run = publish("HTTP/1.1 500 No\r\n" + headers, "");
    INFO(run.log);
    CHECK(run.status == 1);
  }
}
