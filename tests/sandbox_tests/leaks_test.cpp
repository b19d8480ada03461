// SPDX-License-Identifier: MIT
// A token that arrives anywhere but in its header is noticed, in any form, and not forgotten.
#include <catch2/catch_test_macros.hpp>

#include "sandbox_tests/sandbox.hpp"
#include "secret_forms.hpp"
#include "support/process.hpp"
#include "temp_dir.hpp"

using sandbox_tests::binary_type;
using sandbox_tests::releases_path;
using sandbox_tests::request_head;
using sandbox_tests::Sandbox;
using sandbox_tests::Socket;
using sandbox_tests::with_token;

namespace {

std::string leaks(const Sandbox& server) { return server.control("GET", "leaks").body; }

}  // namespace

TEST_CASE("a token in its own header is no leak, and neither are requests to the control plane") {
  const Sandbox server;
  server.upload(server.release("v1"), "f", "abc");
  server.get("/api/v1/user", server.token_of(R"({"user":"other"})"));
  server.control("GET", "requests", R"({"x":")" + server.token() + "\"}");
  CHECK(leaks(server) == "[]\n");
}

TEST_CASE("a token in an address is noticed, with and without its header") {
  for (const bool signed_in : {false, true}) {
    const Sandbox server;
    server.get("/api/v1/user?token=" + server.token(), signed_in ? server.token() : "");
    server.control("DELETE", "requests");
    CHECK(leaks(server).find("a token in the address") != std::string::npos);
  }
}

TEST_CASE("a token in another header is noticed, even inside other base64 data") {
  for (const std::string before : {"", "u:", "user:"}) {
    const Sandbox server;
    const std::string value = "Basic " + sandbox_tests::basic(before, server.token()).substr(6);
    server.ask("GET", "/api/v1/user", with_token(server.token(), {{"X-Other", value}}));
    CHECK(leaks(server).find("a token in the header X-Other") != std::string::npos);
  }
}

TEST_CASE("a token in a body is noticed, even if it arrives in pieces") {
  const Sandbox server;
  const std::string id = server.release("v1");
  const std::string body = std::string(100, 'x') + server.token() + std::string(100, 'x');
  Socket socket(server.port());
  socket.send(
      request_head("POST", releases_path + "/" + id + "/assets?name=f",
                   with_token(server.token(), {{"Content-Type", binary_type},
                                               {"Content-Length", std::to_string(body.size())}})));
  for (const char byte : body) socket.send({&byte, 1});
  CHECK(socket.read().status == 201);
  CHECK(leaks(server) ==
        "[\"POST " + releases_path + "/" + id + "/assets: a token in the body\"]\n");
}

TEST_CASE("a process that prints its token is caught, in every form of the token") {
  const TempDir directory;
  for (const std::string form : {"5ecret!", "5ecret%21", "dTo1ZWNyZXQh"}) {
    support::Process process({"/bin/echo", form}, {{"INPUT_TOKEN", "5ecret!"}}, directory.path(),
                             directory.path() / "log");
    CHECK_THROWS(process.wait());
  }
  support::Process silent({"/bin/echo", "***"}, {{"INPUT_TOKEN", "5ecret!"}}, directory.path(),
                          directory.path() / "log");
  CHECK(silent.wait().output == "***\n");
}

TEST_CASE("the forms of a secret: plain, percent-encoded, and base64 at three offsets") {
  CHECK(has_secret("x 5ecret! y", "5ecret!"));
  CHECK(has_secret("token=5ecret%21", "5ecret!"));
  CHECK(has_secret("NWVjcmV0IQ==", "5ecret!"));          // 5ecret!
  CHECK(has_secret("dTo1ZWNyZXQh", "5ecret!"));          // u:5ecret!
  CHECK(has_secret("eDVlY3JldCEKbW9yZQ==", "5ecret!"));  // x5ecret!, and more
  CHECK_FALSE(has_secret("5ecret NWVjcmV0", "5ecret!"));
  CHECK_FALSE(has_secret("anything", ""));
}
