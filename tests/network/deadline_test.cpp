// SPDX-License-Identifier: MIT
// A server or a proxy that blocks a request for ever: 'timeout' and 'stall_timeout' end it,
// wherever it hangs.
#include <openssl/ssl.h>
#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <functional>
#include <string>
#include <thread>

#include "network/scripted.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using network::answer_as_api;
using network::Line;
using network::Scripted;
using std::chrono::milliseconds;
using std::chrono::steady_clock;
using support::Run;
using support::Server;
using support::Workspace;

namespace {

constexpr const char* out_of_time = ": the time limit of the whole run is reached";
constexpr std::size_t file_size = 8 << 20;

struct Hang {
  const char* name;
  Scripted::Serve serve;
};

void pause(int time) { std::this_thread::sleep_for(milliseconds(time)); }

/// Writes the text again and again, until the client is gone.
void repeat(Line& line, std::string_view bytes, int every_ms) {
  while (line.write(bytes)) pause(every_ms);
}

const std::string head =
    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n";

/// Serves the API up to the first upload, and handles that with `serve`.
Scripted::Serve at_upload(const std::function<void(Line&)>& serve) {
  return [serve](Line& line) {
    std::string request = line.read_head();
    while (!request.empty() && answer_as_api(line, request)) request = line.read_head();
    if (!request.empty()) serve(line);
  };
}

/// Handles the first request with `serve`.
Scripted::Serve at_once(const std::function<void(Line&)>& serve) {
  return [serve](Line& line) {
    if (!line.read_head().empty()) serve(line);
  };
}

const Hang hangs[] = {
    {"never a word", at_once([](Line& line) { line.read_head(); })},
    {"a status line without an end", at_once([](Line& line) {
       line.write("HTTP/1.1 200 O");
       repeat(line, "K", 100);
     })},
    {"headers without an end", at_once([](Line& line) {
       line.write("HTTP/1.1 200 OK\r\n");
       repeat(line, "X-More: 1\r\n", 100);
     })},
    {"100 Continue for ever",
     at_once([](Line& line) { repeat(line, "HTTP/1.1 100 Continue\r\n\r\n", 1); })},
    {"a body in drips", at_once([](Line& line) {
       line.write("HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n");
       repeat(line, " ", 100);
     })},
    {"a chunk extension without an end", at_once([](Line& line) {
       line.write(head + "1;");
       repeat(line, "x", 20);
     })},
    {"chunks that are extensions for the most part", at_once([](Line& line) {
       line.write(head);
       repeat(line, "1;" + std::string(4000, 'x') + "\r\n \r\n", 0);
     })},
    {"an upload that is read slowly", at_upload([](Line& line) {
       line.write("HTTP/1.1 100 Continue\r\n\r\n");
       while (line.skip(23 << 10)) pause(50);  // 460 KiB/s
     })},
    {"an upload that nobody reads", at_upload([](Line& line) {
       line.write("HTTP/1.1 100 Continue\r\n\r\n");
       line.wait_for_end();
     })},
    {"an upload with 100 Continue for ever",
     at_upload([](Line& line) { repeat(line, "HTTP/1.1 100 Continue\r\n\r\n", 1); })},
    {"an upload that is read and not answered", at_upload([](Line& line) {
       line.write("HTTP/1.1 100 Continue\r\n\r\n");
       while (line.skip(1)) {
       }
     })},
};

struct Timed {
  Run run;
  std::chrono::duration<double> took;
};

/// A run for a server at `url`, which knows nothing about `server`.
Timed publish(Server& server, const std::string& url,
              const std::function<void(Workspace&)>& with = {}) {
  Workspace job(server, "v1.0.0");
  job.variable("GITHUB_SERVER_URL", url).variable("GITHUB_API_URL", url + "/api/v1");
  job.variable("GITHUB_SHA", "0123456789012345678901234567890123456789");
  job.sparse_file("a.bin", file_size);
  job.input("files", "a.bin").input("retries", "0").input("timeout", "2");
  if (with) with(job);
  const auto begin = steady_clock::now();
  Run run = job.publish();
  return {std::move(run), steady_clock::now() - begin};
}

void check_ended(const Timed& timed, const std::string& told) {
  INFO(timed.run.log);
  CHECK(timed.run.status == 1);
  CHECK(timed.took.count() < 4);
  CHECK(timed.run.log.find(told) != std::string::npos);
}

}  // namespace

TEST_CASE("'timeout' ends a run wherever the server blocks it") {
  Server server;
  for (const Hang& hang : hangs) {
    INFO(hang.name);
    const Scripted scripted(hang.serve);
    check_ended(publish(server, scripted.url()), out_of_time);
  }
}

TEST_CASE("'timeout' ends a run over TLS as well") {
  Server server;
  const auto certificate = network::self_signed();
  for (const Hang& hang : hangs) {
    INFO(hang.name);
    const Scripted scripted(certificate, TLS1_3_VERSION, hang.serve);
    check_ended(
        publish(server, scripted.url(), [](Workspace& job) { job.input("insecure", "true"); }),
        out_of_time);
  }
}

TEST_CASE("'timeout' ends a TLS handshake that hangs") {
  Server server;
  const auto wait = [](Line& line) { line.read_head(); };
  const Scripted scripted(wait);  // no TLS: waits for the end of a request header
  const std::string url = "https" + scripted.url().substr(4);
  check_ended(publish(server, url), out_of_time);
}

TEST_CASE("'timeout' ends a request for a proxy tunnel that hangs") {
  Server server;
  const Scripted proxy([](Line& line) {
    line.read_head();
    repeat(line, "HTTP/1.1 100 Continue\r\n\r\n", 1);
  });
  check_ended(publish(server, "https://git.example.org",
                      [&](Workspace& job) { job.variable("https_proxy", proxy.url()); }),
              out_of_time);
}

TEST_CASE("'stall_timeout' ends an upload that makes no progress, whatever else arrives") {
  Server server;
  const auto stalling = [](Workspace& job) {
    job.input("timeout", "60").input("stall_timeout", "1");
  };
  const Scripted extensions(at_once([](Line& line) {
    line.write(head + "1\r\n \r\n1;");
    repeat(line, "x", 20);
  }));
  check_ended(publish(server, extensions.url(), stalling), "no data was transferred for 1 s");
  const Scripted unread(at_upload([](Line& line) {
    line.write("HTTP/1.1 100 Continue\r\n\r\n");
    line.wait_for_end();
  }));
  check_ended(publish(server, unread.url(), stalling), "no data was transferred for 1 s");
}

TEST_CASE("a time below one millisecond does not mean unlimited", "[slow]") {
  // Each run reaches its time limit at a different moment of a request, with hardly any pause
  // before.
  Server server;
  const Scripted scripted([](Line& line) {
    for (std::string request = line.read_head(); !request.empty(); request = line.read_head()) {
      if (!line.answer(503, "{}")) return;
    }
  });
  for (int i = 0; i < 8; ++i) {
    check_ended(publish(server, scripted.url(),
                        [](Workspace& job) {
                          job.variable("GITEA_RELEASE_BACKOFF_MS", "2");
                          job.input("timeout", "1").input("retries", "100");
                        }),
                out_of_time);
  }
}

TEST_CASE("during an upload the log shows the progress, but nothing about idle connections") {
  Server server;
  const Scripted scripted(at_upload([](Line& line) {
    line.write("HTTP/1.1 100 Continue\r\n\r\n");
    while (line.skip(23 << 10)) pause(50);
  }));
  const Timed timed = publish(server, scripted.url(), [](Workspace& job) {
    job.sparse_file("a.bin", 60 << 20);
    job.input("timeout", "10");
  });
  const std::string& log = timed.run.log;
  INFO(log);
  CHECK(log.find("uploading a.bin: ") != std::string::npos);
  CHECK(log.find(" % of 60.0 MiB, ") != std::string::npos);
  CHECK(log.find("waiting for the response") == std::string::npos);
  CHECK(log.find("so far") == std::string::npos);
}
