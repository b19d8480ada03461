// SPDX-License-Identifier: MIT
// Requests that are carried out later than they arrived, because of a slow network or a proxy that
// delays them.
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <thread>

#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::binary_type;
using sandbox_tests::End;
using sandbox_tests::form;
using sandbox_tests::form_type;
using sandbox_tests::Headers;
using sandbox_tests::request_head;
using sandbox_tests::Sandbox;
using sandbox_tests::Socket;
using sandbox_tests::with_token;

namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

void send_upload(Socket& socket, const Sandbox& server, const std::string& release,
                 const std::string& type, const std::string& body) {
  socket.send(
      request_head("POST", "/api/v1/repos/demo/app/releases/" + release + "/assets?name=f",
                   with_token(server.token(), {{"Content-Type", type},
                                               {"Content-Length", std::to_string(body.size())}})) +
      body);
}

/// The number of assets, once there is one or after a second.
std::string assets(const Sandbox& server, const std::string& release) {
  for (int i = 0; i < 200; ++i) {
    const std::string there = server.show(release).at("assets.#");
    if (there != "0") return there;
    std::this_thread::sleep_for(milliseconds(5));
  }
  return "0";
}

/// The log entry of the last request to which a fault applied.
std::string struck(const Sandbox& server, const std::string& key) {
  const Answer log = server.control("GET", "requests");
  for (int i = std::stoi(log.at("#")) - 1; i >= 0; --i) {
    const std::string entry = std::to_string(i) + ".";
    if (log.at(entry + "fault") != "(absent)") return log.at(entry + key);
  }
  return "nothing was struck";
}

void wait_until_struck(const Sandbox& server) {
  for (int i = 0; i < 1000 && struck(server, "fault") == "nothing was struck"; ++i) {
    std::this_thread::sleep_for(milliseconds(2));
  }
}

}  // namespace

TEST_CASE("late: the request is carried out and answered after some time") {
  const Sandbox server;
  const std::string release = server.release("v1");
  server.fault(R"({"kind":"late","method":"POST","ms":80})");
  const auto start = Clock::now();
  Socket socket(server.port());
  send_upload(socket, server, release, binary_type, "content");
  wait_until_struck(server);
  const bool was_in_time = Clock::now() - start < milliseconds(60);
  if (was_in_time) CHECK(server.show(release).at("assets.#") == "0");
  CHECK(socket.read().status == 201);
  CHECK(Clock::now() - start >= milliseconds(80));
  CHECK(server.show(release).at("assets.0.size") == "7");
}

TEST_CASE("late, dropped: the client is gone when the request is carried out") {
  const Sandbox server;
  const std::string release = server.release("v1");
  for (const bool raw : {true, false}) {
    server.control("DELETE", "requests");
    server.fault(R"({"kind":"late","method":"POST","ms":120,"drop":true})");
    const auto start = Clock::now();
    Socket socket(server.port());
    send_upload(socket, server, release, raw ? binary_type : form_type,
                raw ? std::string("content") : form("content"));
    CHECK(socket.read_all() == std::pair(std::string(), End::closed));
    const bool was_in_time = Clock::now() - start < milliseconds(100);
    if (was_in_time) CHECK(server.show(release).at("assets.#") == "0");
    CHECK(assets(server, release) == "1");
    CHECK(server.show(release).at("assets.0.size") == "7");
    CHECK(struck(server, "status") == "0");
    CHECK(struck(server, "carried_out") == "201");
    server.app("DELETE",
               "/releases/" + release + "/assets/" + server.show(release).at("assets.0.id"));
  }
}

TEST_CASE("hold: the request waits until it is released") {
  const Sandbox server;
  const std::string release = server.release("v1");
  server.fault(R"({"kind":"hold","method":"POST","path":"/assets","ms":20000})");
  Socket socket(server.port());
  send_upload(socket, server, release, binary_type, "content");
  wait_until_struck(server);
  CHECK(server.show(release).at("assets.#") == "0");
  server.control("POST", "faults/release");
  CHECK(socket.read().status == 201);
  CHECK(server.show(release).at("assets.#") == "1");
}

TEST_CASE("hold: an earlier release does not release the next request") {
  const Sandbox server;
  server.control("POST", "faults/release");
  server.fault(R"({"kind":"hold","method":"GET","path":"/releases","ms":60})");
  const auto start = Clock::now();
  CHECK(server.app("GET", "/releases").status == 200);
  CHECK(Clock::now() - start >= milliseconds(60));
}

TEST_CASE("hold, dropped: carried out after its release, without a response") {
  const Sandbox server;
  const std::string release = server.release("v1");
  server.fault(R"({"kind":"hold","method":"POST","path":"/assets","ms":20000,"drop":true})");
  Socket socket(server.port());
  send_upload(socket, server, release, binary_type, "content");
  wait_until_struck(server);
  server.control("POST", "faults/release");
  CHECK(socket.read_all() == std::pair(std::string(), End::closed));
  CHECK(server.show(release).at("assets.#") == "1");
}

TEST_CASE("several faults are requested at once, and apply in their order") {
  const Sandbox server;
  server.fault(R"({"all":[{"kind":"status","status":418},{"kind":"status","status":419}]})");
  CHECK(server.app("GET", "/releases").status == 418);
  CHECK(server.app("GET", "/releases").status == 419);
  CHECK(server.app("GET", "/releases").status == 200);
  CHECK(server.ask("POST", "/_sandbox/faults", {}, R"({"all":7})").status == 422);
}
