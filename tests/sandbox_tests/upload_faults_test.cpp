// SPDX-License-Identifier: MIT
// Faults of an upload.
#include <catch2/catch_test_macros.hpp>
#include <chrono>

#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::binary_type;
using sandbox_tests::End;
using sandbox_tests::form;
using sandbox_tests::form_type;
using sandbox_tests::releases_path;
using sandbox_tests::request_head;
using sandbox_tests::Sandbox;
using sandbox_tests::Socket;
using sandbox_tests::with_token;

namespace {

/// The header of a request that uploads `size` bytes, raw, to the release `id` under the name f.
std::string upload_head(const Sandbox& server, const std::string& id, std::size_t size) {
  return request_head("POST", releases_path + "/" + id + "/assets?name=f",
                      with_token(server.token(), {{"Content-Type", binary_type},
                                                  {"Content-Length", std::to_string(size)}}));
}

/// A member of the first request that `port` has handled.
std::string logged(const Sandbox& server, const std::string& port, const std::string& key) {
  return server.control("GET", "requests?port=" + port).at("0." + key);
}

}  // namespace

TEST_CASE("status: the body is left unread, or read to its end") {
  const Sandbox server;
  const std::string body(8 << 20, 'x');
  const auto upload = [&](const std::string& fault, std::size_t& sent) {
    server.fault(fault);
    Socket socket(server.port());
    socket.send(upload_head(server, "1", body.size()));
    sent = socket.send(body);
    return socket.read();
  };
  std::size_t sent = 0;
  CHECK(upload(R"({"kind":"status","status":413})", sent).header("connection") == "close");
  CHECK(sent < body.size());
  const Answer late = upload(R"({"kind":"status","status":502,"read_body":true})", sent);
  CHECK(late.status == 502);
  CHECK(late.header("connection") == "(absent)");
  CHECK(sent == body.size());
}

TEST_CASE("reset_mid_body: the connection is reset within the body, and nothing is stored") {
  const Sandbox server;
  const std::string id = server.release("v1");
  const std::string port = server.control("POST", "doors").at("port");
  server.fault(R"({"kind":"reset_mid_body","method":"POST","after":100000})");
  Socket socket(std::stoi(port));
  socket.send(upload_head(server, id, 20'000'000));
  CHECK(socket.send(std::string(20'000'000, 'x')) < 20'000'000);
  const auto [bytes, end] = socket.read_all();
  CHECK(bytes.empty());
  CHECK(end != End::silent);
  CHECK(logged(server, port, "body_bytes") == "100000");
  CHECK(logged(server, port, "fault") == "reset_mid_body");
  CHECK(logged(server, port, "carried_out") == "0");
  CHECK(server.show(id).at("assets") == "[]");
}

TEST_CASE("stall: with a length, only that much of the body is read, and the rest is blocked") {
  const Sandbox server;
  const std::string id = server.release("v1");
  server.fault(R"({"kind":"stall","method":"POST","after":1000,"ms":300})");
  Socket socket(server.port());
  socket.send(upload_head(server, id, 20'000'000));
  CHECK(socket.send(std::string(20'000'000, 'x')) < 5'000'000);  // until the connection ends
  CHECK(server.show(id).at("assets") == "[]");
}

TEST_CASE("truncate: the end of an upload is lost, and the response has the stored size") {
  const Sandbox server;
  const std::string id = server.release("v1");
  for (const bool raw : {false, true}) {
    server.fault(R"({"kind":"truncate","method":"POST","after":3})");
    const Answer made =
        server.ask("POST", releases_path + "/" + id + "/assets?name=f",
                   with_token(server.token(), {{"Content-Type", raw ? binary_type : form_type}}),
                   raw ? "abcdef" : form("abcdef"));
    CHECK(made.status == 201);
    CHECK(made.at("size") == "3");
    CHECK(server.get("/attachments/" + made.at("uuid")).body == "abc");
  }
}

TEST_CASE("truncate: without a response, on request") {
  const Sandbox server;
  const std::string id = server.release("v1");
  const std::string port = server.control("POST", "doors").at("port");
  server.fault(R"({"kind":"truncate","method":"POST","after":3,"drop":true})");
  Socket socket(std::stoi(port));
  socket.send(upload_head(server, id, 6) + "abcdef");
  CHECK(socket.read_all() == std::pair(std::string(), End::closed));
  CHECK(server.show(id).at("assets.0.size") == "3");
  CHECK(logged(server, port, "status") == "0");
  CHECK(logged(server, port, "carried_out") == "201");
}
