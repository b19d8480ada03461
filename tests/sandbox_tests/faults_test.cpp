// SPDX-License-Identifier: MIT
// Faults, each as it appears on the wire.
#include <catch2/catch_test_macros.hpp>
#include <chrono>

#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::binary_type;
using sandbox_tests::End;
using sandbox_tests::releases_path;
using sandbox_tests::request_head;
using sandbox_tests::Sandbox;
using sandbox_tests::Socket;
using sandbox_tests::with_token;

namespace {

using Clock = std::chrono::steady_clock;

/// Posts a release over a socket; the caller reads the response. The request is sent in one piece:
/// a reset between two pieces would be reported to the second write, and not to the reader.
void post(Socket& socket, const Sandbox& server, const std::string& tag) {
  const std::string json = R"({"tag_name":")" + tag + "\"}";
  socket.send(
      request_head("POST", releases_path,
                   with_token(server.token(), {{"Content-Type", "application/json"},
                                               {"Content-Length", std::to_string(json.size())}})) +
      json);
}

std::pair<std::string, End> outcome(const Sandbox& server, const std::string& tag) {
  Socket socket(server.port());
  post(socket, server, tag);
  return socket.read_all();
}

bool exists(const Sandbox& server, const std::string& tag) { return server.row(tag) != "{}"; }

/// The last request of the log, except those to the control plane.
std::string logged(const Sandbox& server, const std::string& key) {
  const Answer log = server.control("GET", "requests");
  return log.at(std::to_string(std::stoi(log.at("#")) - 1) + "." + key);
}

}  // namespace

TEST_CASE("status: the request is not carried out, and gets the requested response") {
  const Sandbox server;
  server.fault(R"({"kind":"status"})");
  const Answer usual = server.app("POST", "/releases", R"({"tag_name":"v1"})");
  CHECK(usual.status == 503);
  CHECK(usual.body.empty());
  CHECK_FALSE(exists(server, "v1"));
  server.fault(R"({"kind":"status","status":429,"body":"<html>slow down</html>",
                   "content_type":"text/html","headers":{"Retry-After":"7"}})");
  const Answer refused = server.app("GET", "/releases");
  CHECK(refused.status == 429);
  CHECK(refused.body == "<html>slow down</html>");
  CHECK(refused.header("content-type") == "text/html");
  CHECK(refused.header("retry-after") == "7");
  CHECK(logged(server, "status") == "429");
  CHECK(logged(server, "fault") == "status");
  CHECK(server.app("GET", "/releases").status == 200);
}

TEST_CASE("redirect: the request is redirected, and not carried out") {
  const Sandbox server;
  server.fault(R"({"kind":"redirect","location":"http://127.0.0.1:1/x"})");
  server.fault(R"({"kind":"redirect","status":308,"location":"/y"})");
  const Answer usual = server.app("POST", "/releases", R"({"tag_name":"v1"})");
  CHECK(usual.status == 302);
  CHECK(usual.header("location") == "http://127.0.0.1:1/x");
  const Answer other = server.app("POST", "/releases", R"({"tag_name":"v1"})");
  CHECK(other.status == 308);
  CHECK(other.header("location") == "/y");
  CHECK_FALSE(exists(server, "v1"));
}

TEST_CASE("redirect: without a location, to the same address") {
  const Sandbox server;
  server.fault(R"({"kind":"redirect"})");
  CHECK(server.app("GET", "/releases?page=2").header("location") == releases_path + "?page=2");
}

TEST_CASE("reset_before: the connection is reset, and nothing is carried out") {
  const Sandbox server;
  server.fault(R"({"kind":"reset_before","method":"POST"})");
  CHECK(outcome(server, "v1") == std::pair(std::string(), End::reset));
  CHECK_FALSE(exists(server, "v1"));
  CHECK(logged(server, "status") == "0");
}

TEST_CASE("stall: silence for some time, then the end; carried out on request") {
  const Sandbox server;
  for (const bool executes : {false, true}) {
    const std::string tag = executes ? "done" : "not-done";
    server.fault(R"({"kind":"stall","ms":60,"method":"POST")" +
                 std::string(executes ? R"(,"execute":true})" : "}"));
    Socket socket(server.port());
    const auto start = Clock::now();
    post(socket, server, tag);
    CHECK_FALSE(socket.has_input(30));
    const auto [bytes, end] = socket.read_all();
    CHECK(Clock::now() - start >= std::chrono::milliseconds(60));
    CHECK(bytes.empty());
    CHECK(end != End::silent);
    CHECK(exists(server, tag) == executes);
    CHECK(logged(server, "status") == "0");
  }
}

TEST_CASE("stall: ends as soon as the client is gone") {
  const Sandbox server;
  server.fault(R"({"kind":"stall","ms":600000})");
  const std::string port = server.control("POST", "doors").at("port");
  {
    Socket socket(std::stoi(port));
    socket.send(request_head("GET", "/api/v1/version", {}));
    while (server.control("GET", "faults").at("0.hits") != "1") {
    }
  }
  const auto start = Clock::now();
  server.control("DELETE", "doors/" + port);  // waits for its connections
  CHECK(Clock::now() - start < std::chrono::seconds(1));
}

TEST_CASE("drop: the request is carried out, and its response lost") {
  const Sandbox server;
  server.fault(R"({"kind":"drop","method":"POST"})");
  CHECK(outcome(server, "v1") == std::pair(std::string(), End::closed));
  CHECK(exists(server, "v1"));
}

TEST_CASE("cut: the request is carried out, and its response ends early") {
  const Sandbox server;
  for (const std::size_t after : {0UL, 10UL, 700UL}) {
    const std::string tag = "v" + std::to_string(after);
    server.fault(R"({"kind":"cut","method":"POST","after":)" + std::to_string(after) + "}");
    const auto [bytes, end] = outcome(server, tag);
    CHECK(bytes.size() == after);
    const std::string line = "HTTP/1.1 201 Created\r\n";
    CHECK(bytes.substr(0, line.size()) == line.substr(0, after));
    CHECK(end == End::closed);
    CHECK(exists(server, tag));
  }
}

TEST_CASE("cut: the response ends within its head, or within its body") {
  const Sandbox server;
  server.fault(R"({"kind":"cut","method":"POST","within":"head"})");
  const std::string head = outcome(server, "v1").first;
  CHECK(head.starts_with("HTTP/1.1 201 Created\r\n"));
  CHECK(head.find("\r\n\r\n") == std::string::npos);
  server.fault(R"({"kind":"cut","method":"POST","within":"body"})");
  const std::string body = outcome(server, "v2").first;
  CHECK(body.find("\r\n\r\n{\"id\":") != std::string::npos);
  CHECK_FALSE(body.ends_with("}\n"));
  CHECK(exists(server, "v2"));
  CHECK(server.ask("POST", "/_sandbox/faults", {}, R"({"kind":"cut","within":"foot"})").status ==
        422);
}

TEST_CASE("cut: the connection stays open for some time, and is silent") {
  const Sandbox server;
  server.fault(R"({"kind":"cut","after":20,"ms":60})");
  Socket socket(server.port());
  socket.send(request_head("GET", "/api/v1/version", {}));
  const auto start = Clock::now();
  const auto [bytes, end] = socket.read_all();
  CHECK(bytes.size() == 20);
  CHECK(end == End::closed);
  CHECK(Clock::now() - start >= std::chrono::milliseconds(60));
}

TEST_CASE("cut: a download stops within the file") {
  const Sandbox server;
  server.upload(server.release("v1"), "f", std::string(100000, 'x'));
  server.fault(R"({"kind":"cut","path":"/download/","after":5000})");
  const Answer cut = server.get("/demo/app/releases/download/v1/f");
  CHECK(cut.status == 200);
  CHECK(cut.header("content-length") == "100000");
  CHECK_FALSE(cut.complete);
  CHECK(cut.head.size() + 2 + cut.body.size() == 5000);
  CHECK(cut.end == End::closed);
}

TEST_CASE("delay: the response comes later, and is complete") {
  const Sandbox server;
  server.fault(R"({"kind":"delay","ms":60})");
  const auto start = Clock::now();
  const Answer late = server.app("GET", "/releases");
  CHECK(Clock::now() - start >= std::chrono::milliseconds(60));
  CHECK(late.status == 200);
  CHECK(late.body == "[]\n");
}

TEST_CASE("slow: the response comes byte by byte") {
  const Sandbox server;
  server.fault(R"({"kind":"slow","ms":1})");
  Socket socket(server.port());
  socket.send(request_head("GET", "/api/v1/version", {}));
  REQUIRE(socket.has_input(5000));
  const auto start = Clock::now();
  const Answer dripped = socket.read();
  CHECK(dripped.at("version") == "1.25.4");
  CHECK(Clock::now() - start >= std::chrono::milliseconds(dripped.head.size() / 2));
}

TEST_CASE("garbage: the request is carried out, and the body is nonsense") {
  const Sandbox server;
  server.fault(R"({"kind":"garbage","method":"POST"})");
  const Answer nonsense = server.app("POST", "/releases", R"({"tag_name":"v1"})");
  CHECK(nonsense.status == 201);
  CHECK(nonsense.complete);
  CHECK_THROWS(nonsense.at("id"));
  CHECK(exists(server, "v1"));
  server.fault(R"({"kind":"garbage","body":"<p>","status":203,"content_type":"text/html"})");
  const Answer page = server.app("GET", "/releases");
  CHECK(page.status == 203);
  CHECK(page.body == "<p>");
  CHECK(page.header("content-type") == "text/html");
}

TEST_CASE("garbage: an empty JSON document, with the requested length") {
  const Sandbox server;
  server.fault(R"({"kind":"garbage","fill":3000000})");
  const Answer long_one = server.app("GET", "/releases");
  CHECK(long_one.complete);
  CHECK(long_one.body.size() > 3000000);
  CHECK(long_one.at("nothing").size() == 3000000);
}

TEST_CASE("execute_status: the request is carried out, and gets another response") {
  const Sandbox server;
  server.fault(R"({"kind":"execute_status","method":"POST"})");
  server.fault(R"({"kind":"execute_status","method":"POST","status":504,"body":"gone"})");
  CHECK(server.app("POST", "/releases", R"({"tag_name":"v1"})").status == 500);
  const Answer other = server.app("POST", "/releases", R"({"tag_name":"v2"})");
  CHECK(other.status == 504);
  CHECK(other.body == "gone");
  CHECK(exists(server, "v1"));
  CHECK(exists(server, "v2"));
}

TEST_CASE("a fault affects only matching requests, after a number of them, for a number of times") {
  const Sandbox server;
  server.fault(R"({"kind":"status","method":"GET","path":"latest?x=1","skip":1,"times":2})");
  server.fault(R"({"kind":"status","status":418,"path":"/tags","times":-1})");
  CHECK(server.app("GET", "/releases").status == 200);
  CHECK(server.app("GET", "/releases/latest").status == 404);
  CHECK(server.app("DELETE", "/releases/latest?x=1").status != 503);
  for (const int status : {404, 503, 503, 404}) {
    CHECK(server.app("GET", "/releases/latest?x=1").status == status);
  }
  for (int i = 0; i < 3; ++i) CHECK(server.app("GET", "/tags").status == 418);
  const Answer faults = server.control("GET", "faults");
  CHECK(faults.at("#") == "2");
  CHECK(faults.at("0.hits") == "2");
  CHECK(faults.at("1.hits") == "3");
  server.control("DELETE", "faults");
  CHECK(server.control("GET", "faults").body == "[]\n");
  CHECK(server.app("GET", "/tags").status == 200);
}
