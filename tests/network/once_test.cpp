// SPDX-License-Identifier: MIT
// A server that acts, and closes the connection without an answer: it sees each write once.
#include <openssl/ssl.h>

#include <atomic>
#include <catch2/catch_test_macros.hpp>
#include <memory>
#include <string>
#include <vector>

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

enum class Goodbye { close, close_notify, reset };

struct Way {
  const char* name;
  int tls;  ///< its version; 0: none
  Goodbye goodbye;
};

const Way ways[] = {
    {"TCP, closed", 0, Goodbye::close},
    {"TCP, reset", 0, Goodbye::reset},
    {"TLS 1.2, closed", TLS1_2_VERSION, Goodbye::close},
    {"TLS 1.2, close_notify", TLS1_2_VERSION, Goodbye::close_notify},
    {"TLS 1.2, reset", TLS1_2_VERSION, Goodbye::reset},
    {"TLS 1.3, closed", TLS1_3_VERSION, Goodbye::close},
    {"TLS 1.3, close_notify", TLS1_3_VERSION, Goodbye::close_notify},
    {"TLS 1.3, reset", TLS1_3_VERSION, Goodbye::reset},
};

void leave(Line& line, Goodbye goodbye) {
  if (goodbye == Goodbye::close_notify) line.say_goodbye();
  if (goodbye == Goodbye::reset) line.reset();
}

/// Serves the API but for requests that begin with `write`, which are counted and not answered.
std::unique_ptr<Scripted> server_that_leaves(const Way& way, const std::string& write,
                                             std::atomic<int>& count) {
  const auto serve = [way, write, &count](Line& line) {
    for (std::string head = line.read_head(); !head.empty(); head = line.read_head()) {
      if (head.starts_with(write)) {
        ++count;
        return leave(line, way.goodbye);
      }
      if (!answer_as_api(line, head)) return;
    }
  };
  if (way.tls == 0) return std::make_unique<Scripted>(serve);
  return std::make_unique<Scripted>(network::self_signed(), way.tls, serve);
}

Workspace job_for(Server& server, const std::string& url) {
  Workspace job(server, "v1.0.0");
  job.variable("GITHUB_SERVER_URL", url).variable("GITHUB_API_URL", url + "/api/v1");
  job.variable("GITHUB_SHA", "0123456789012345678901234567890123456789");
  job.input("retries", "0").input("insecure", "true").input("answer_timeout", "5");
  return job;
}

constexpr int rounds = 3;  // the library looks at a moment, and may come too early

}  // namespace

TEST_CASE("the creation of a release, on a connection that was used before, is sent once") {
  Server server;
  for (const Way& way : ways) {
    for (int round = 0; round < rounds; ++round) {
      INFO(way.name);
      std::atomic<int> count = 0;
      const auto scripted = server_that_leaves(way, "POST /api/v1/repos/", count);
      const Run run = job_for(server, scripted->url()).publish();
      INFO(run.log);
      CHECK(run.status == 1);
      CHECK(count == 1);
    }
  }
}

TEST_CASE("an upload, the first request of its connection, is sent once") {
  Server server;
  for (const Way& way : ways) {
    for (int round = 0; round < rounds; ++round) {
      INFO(way.name);
      std::atomic<int> count = 0;
      // Its path goes on behind that of the release.
      const auto scripted = server_that_leaves(
          way, "POST /api/v1/repos/" + server.repository() + "/releases/1", count);
      Workspace job = job_for(server, scripted->url());
      const Run run = job.file("a.txt", "a").input("files", "a.txt").publish();
      INFO(run.log);
      CHECK(run.status == 1);
      CHECK(count == 1);
    }
  }
}

TEST_CASE("a webhook is called once") {
  Server server;
  for (const Way& way : ways) {
    for (int round = 0; round < rounds; ++round) {
      INFO(way.name);
      std::atomic<int> count = 0;
      const auto scripted = server_that_leaves(way, "POST /hook", count);
      Workspace job = job_for(server, scripted->url());
      const Run run = job.input("webhook_url", scripted->url() + "/hook").run({"deploy"});
      INFO(run.log);
      CHECK(run.status == 1);
      CHECK(count == 1);
    }
  }
}
