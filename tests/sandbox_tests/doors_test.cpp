// SPDX-License-Identifier: MIT
// Additional ports of one server: their requests are distinguished, and they can be shut.
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <stdexcept>

#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::End;
using sandbox_tests::request_head;
using sandbox_tests::Sandbox;
using sandbox_tests::Socket;

namespace {

using Clock = std::chrono::steady_clock;

const std::string question = request_head("GET", "/api/v1/version", {});

int open_door(const Sandbox& server) {
  return std::stoi(server.control("POST", "doors").at("port"));
}

std::string door(int port, const std::string& more = {}) {
  return "doors/" + std::to_string(port) + more;
}

bool refuses(int port) {
  try {
    const Socket socket(port);
    return false;
  } catch (const std::runtime_error&) {
    return true;
  }
}

}  // namespace

TEST_CASE("a door is another port of the same server, which marks its requests in the log") {
  const Sandbox server;
  const int port = open_door(server);
  Socket socket(port);
  socket.send(question);
  CHECK(socket.read().at("version") == "1.25.4");
  server.get("/api/v1/user");
  const Answer own = server.control("GET", "requests?port=" + std::to_string(port));
  CHECK(own.at("#") == "1");
  CHECK(own.at("0.path") == "/api/v1/version");
  CHECK(own.at("0.carried_out") == "200");
  CHECK(server.control("GET", "requests").at("#") == "2");
}

TEST_CASE("a fault of a door affects only its requests, and counts them separately") {
  const Sandbox server;
  const int port = open_door(server);
  server.fault(R"({"kind":"status","skip":1,"port":)" + std::to_string(port) + "}");
  Socket socket(port);
  for (const int status : {200, 503, 200}) {
    CHECK(server.get("/api/v1/version").status == 200);
    socket.send(question);
    CHECK(socket.read().status == status);
  }
}

TEST_CASE("a door that is removed is gone, and nobody else notices") {
  const Sandbox server;
  const int port = open_door(server);
  Socket socket(port);
  socket.send(question);
  socket.read();
  server.control("DELETE", door(port));
  CHECK(socket.read_all().second != End::silent);
  CHECK(refuses(port));
  CHECK(server.get("/api/v1/version").status == 200);
  CHECK(server.ask("DELETE", "/_sandbox/" + door(port)).status == 404);
}

TEST_CASE("a door that is shut refuses connections, and ends those that wait") {
  const Sandbox server;
  const int port = open_door(server);
  Socket idle(port);
  idle.send(question);
  CHECK(idle.read().complete);
  server.control("POST", door(port, "/shut"), "{}");
  CHECK(idle.read_all() == std::pair(std::string(), End::closed));
  CHECK(refuses(port));
  CHECK_FALSE(refuses(server.port()));
}

TEST_CASE("a door that is shut for some time opens again") {
  const Sandbox server;
  const int port = open_door(server);
  const auto start = Clock::now();
  server.control("POST", door(port, "/shut"), R"({"ms":50})");
  while (refuses(port)) {
  }
  CHECK(Clock::now() - start >= std::chrono::milliseconds(50));
  Socket socket(port);
  socket.send(question);
  CHECK(socket.read().status == 200);
}

TEST_CASE("shut: the request is answered, and the door is shut from then on") {
  const Sandbox server;
  const int port = open_door(server);
  server.fault(R"({"kind":"shut","ms":-1,"port":)" + std::to_string(port) + "}");
  Socket socket(port);
  socket.send(question);
  const Answer last = socket.read();
  CHECK(last.at("version") == "1.25.4");
  CHECK(last.header("connection") == "close");
  CHECK(refuses(port));
}
