// SPDX-License-Identifier: MIT
// A server that carries a write out and closes the connection without a response: each write must
// arrive once.
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

/// Serves the API except for requests that begin with `write`, which are counted and not answered.
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

/// Serves the API over TLS up to the request that begins with `last`. From then on it sends
/// close_notify before a connection's request has arrived, so that the client finds it whenever it
/// checks, and counts the requests that begin with `write`.
std::unique_ptr<Scripted> server_that_says_goodbye_early(int tls, const std::string& last,
                                                         const std::string& write,
                                                         std::atomic<int>& count) {
  const auto is_early = std::make_shared<std::atomic<bool>>(last.empty());
  return std::make_unique<Scripted>(
      network::self_signed(), tls, [is_early, last, write, &count](Line& line) {
        const bool leaves = *is_early;
        if (leaves) line.say_goodbye();
        for (std::string head = line.read_head(); !head.empty(); head = line.read_head()) {
          if (head.starts_with(write)) {
            ++count;
            return line.wait_for_end();
          }
          if (leaves || !answer_as_api(line, head)) return;
          if (!head.starts_with(last)) continue;
          *is_early = true;
          return line.say_goodbye();
        }
      });
}

Workspace job_for(Server& server, const std::string& url) {
  Workspace job(server, "v1.0.0");
  job.variable("GITHUB_SERVER_URL", url).variable("GITHUB_API_URL", url + "/api/v1");
  job.variable("GITHUB_SHA", "0123456789012345678901234567890123456789");
  job.input("retries", "0").input("insecure", "true").input("answer_timeout", "5");
  return job;
}

constexpr int rounds = 3;  // the library checks at a certain moment, which may be too early

}  // namespace

TEST_CASE("the creation of a release on a reused connection is sent once") {
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

TEST_CASE("an upload as the first request of its connection is sent once") {
  Server server;
  for (const Way& way : ways) {
    for (int round = 0; round < rounds; ++round) {
      INFO(way.name);
      std::atomic<int> count = 0;
      // The path of the upload continues that of the release.
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

TEST_CASE("a write is not sent twice if the server has already ended the TLS session") {
  Server server;
  const std::string api = " /api/v1/repos/" + server.repository();
  struct Write {
    const char* name;
    std::string last;  ///< the request before it
    std::string head;
  };
  for (const Write& write :
       {Write{"a creation", "GET" + api + "/tags/", "POST" + api},
        Write{"an upload", "POST" + api + "/releases ", "POST" + api + "/releases/1"},
        Write{"a webhook", "", "POST /hook"}}) {
    for (const int tls : {TLS1_2_VERSION, TLS1_3_VERSION}) {
      INFO(write.name << ", " << tls);
      std::atomic<int> count = 0;
      auto scripted = server_that_says_goodbye_early(tls, write.last, write.head, count);
      Workspace job = job_for(server, scripted->url());
      job.file("a.txt", "a").input("files", "a.txt");
      job.input("webhook_url", scripted->url() + "/hook");
      const Run run = write.last.empty() ? job.run({"deploy"}) : job.publish();
      INFO(run.log);
      CHECK(run.status == 1);
      scripted.reset();  // has read everything that arrived
      CHECK(count < 2);  // 0 if the client has reset the connection before that
    }
  }
}
