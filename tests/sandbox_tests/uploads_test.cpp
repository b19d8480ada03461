// SPDX-License-Identifier: MIT
// Uploads on the wire: everything that a client library would hide.
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <thread>

#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::Answer;
using sandbox_tests::binary_type;
using sandbox_tests::End;
using sandbox_tests::form;
using sandbox_tests::form_type;
using sandbox_tests::request_head;
using sandbox_tests::Sandbox;
using sandbox_tests::Socket;
using sandbox_tests::with_token;

namespace {

struct Fixture {
  explicit Fixture(const std::string& profile = "gitea-1.25") : server(profile) {}

  Sandbox server;
  std::string id = server.release("v1");

  std::string path(const std::string& query = "?name=f") const {
    return sandbox_tests::releases_path + "/" + id + "/assets" + query;
  }
  std::string head(const std::string& target, const std::string& type, std::size_t length,
                   const std::string& token, const sandbox_tests::Headers& more = {}) const {
    sandbox_tests::Headers headers =
        with_token(token, {{"Content-Type", type}, {"Content-Length", std::to_string(length)}});
    headers.insert(headers.end(), more.begin(), more.end());
    return request_head("POST", target, headers);
  }
  std::string assets() const { return server.app("GET", "/releases/" + id + "/assets").at("#"); }
};

const sandbox_tests::Headers expects = {{"Expect", "100-continue"}};
constexpr std::size_t huge = 50'000'000;

/// Sends a huge body, and stops where the server does; returns the number of bytes sent.
std::size_t send_huge(Socket& socket, std::size_t size = huge) {
  const std::string block(65536, 'x');
  std::size_t sent = 0;
  while (sent < size) {
    const std::size_t some = socket.send(block.substr(0, std::min(block.size(), size - sent)));
    sent += some;
    if (some == 0) break;
  }
  return sent;
}

}  // namespace

TEST_CASE("a raw body above the limit is cut off, and the response can still be read") {
  const Fixture fixture;
  fixture.server.set(R"({"max_size_bytes":1048576})");
  Socket socket(fixture.server.port());
  socket.send(fixture.head(fixture.path(), binary_type, huge, fixture.server.token()));
  CHECK(send_huge(socket) < huge / 2);
  const Answer refused = socket.read();
  CHECK(refused.status == 413);
  CHECK(refused.at("message") == "attachment exceeds limit 1048576");
  CHECK(refused.header("connection") == "close");
  CHECK(socket.read_all().second != End::open);
  CHECK(fixture.assets() == "0");
}

TEST_CASE("a raw body slightly above the limit is cut off as well") {
  const Fixture fixture;
  fixture.server.set(R"({"max_size_bytes":1024})");
  Socket socket(fixture.server.port());
  socket.send(fixture.head(fixture.path(), binary_type, 100'000, fixture.server.token()));
  socket.send(std::string(100'000, 'x'));
  const Answer refused = socket.read();
  CHECK(refused.status == 413);
  CHECK(refused.header("connection") == "close");
}

TEST_CASE("a client that only writes sees a reset at the limit, and no response") {
  const Fixture fixture;
  fixture.server.set(R"({"max_size_bytes":1024})");
  Socket socket(fixture.server.port());
  socket.send(fixture.head(fixture.path(), binary_type, huge, fixture.server.token()));
  CHECK(send_huge(socket) < huge);
  CHECK(socket.send("x") == 0);
}

TEST_CASE(
    "a form above the limit is read completely, and rejected on a connection that stays open") {
  const Fixture fixture;
  fixture.server.set(R"({"max_size_bytes":1048576})");
  const std::string body = form(std::string(8 << 20, 'x'));
  Socket socket(fixture.server.port());
  socket.send(fixture.head(fixture.path(""), form_type, body.size(), fixture.server.token()));
  CHECK(socket.send(body) == body.size());
  const Answer refused = socket.read();
  CHECK(refused.status == 413);
  CHECK(refused.header("connection") == "(absent)");
  socket.send(fixture.head(fixture.path(), binary_type, 1, fixture.server.token()) + "x");
  CHECK(socket.read().status == 201);
}

TEST_CASE("'Expect: 100-continue' is answered before the size is checked") {
  const Fixture fixture;
  fixture.server.set(R"({"max_size_bytes":1048576})");
  Socket socket(fixture.server.port());
  socket.send(fixture.head(fixture.path(), binary_type, huge, fixture.server.token(), expects));
  CHECK(socket.read().status == 100);
  send_huge(socket);
  CHECK(socket.read().status == 413);

  Socket fits(fixture.server.port());
  fits.send(fixture.head(fixture.path(), binary_type, 3, fixture.server.token(), expects));
  CHECK(fits.read().status == 100);
  CHECK_FALSE(fits.has_input(30));  // nothing more until the body has arrived
  fits.send("abc");
  CHECK(fits.read().at("size") == "3");
}

TEST_CASE("a raw upload that is rejected for another reason gets that response instead of 100") {
  const Fixture fixture;
  const std::string reader = fixture.server.collaborator("reader", "read");
  const std::string none = sandbox_tests::releases_path + "/999999/assets?name=f";
  const std::tuple<std::string, std::string, int> cases[] = {
      {fixture.path(), "wrong", 401},
      {fixture.path(), reader, 403},
      {none, fixture.server.token(), 404},
      {fixture.path(""), fixture.server.token(), 400}};
  for (const auto& [path, token, status] : cases) {
    Socket socket(fixture.server.port());
    socket.send(fixture.head(path, binary_type, huge, token, expects));
    const Answer refused = socket.read();
    CHECK(refused.status == status);
    CHECK(refused.header("connection") == "close");
  }
}

TEST_CASE("a form gets its 100 before the server has checked the token") {
  const Fixture fixture;
  const std::string body = form("x");
  Socket socket(fixture.server.port());
  socket.send(fixture.head(fixture.path(""), form_type, body.size(), "wrong", expects));
  CHECK(socket.read().status == 100);
  socket.send(body);
  CHECK(socket.read().status == 401);
}

TEST_CASE("a rejected raw body is not read to its end, a rejected form is") {
  const Fixture fixture;
  Socket raw(fixture.server.port());
  raw.send(fixture.head(fixture.path(), binary_type, huge, "wrong"));
  CHECK(send_huge(raw) < huge / 2);
  const Answer early = raw.read();
  CHECK(early.status == 401);
  CHECK(early.header("connection") == "close");

  const std::string body = form(std::string(8 << 20, 'x'));
  Socket multipart(fixture.server.port());
  multipart.send(fixture.head(fixture.path(""), form_type, body.size(), "wrong"));
  CHECK(multipart.send(body) == body.size());
  const Answer late = multipart.read();
  CHECK(late.status == 401);
  CHECK(late.header("connection") == "(absent)");
}

TEST_CASE("a chunked body needs no length") {
  const Fixture fixture;
  Socket socket(fixture.server.port());
  socket.send(request_head("POST", fixture.path(),
                           with_token(fixture.server.token(), {{"Content-Type", binary_type},
                                                               {"Transfer-Encoding", "chunked"}})));
  socket.send("3\r\nabc\r\n4;x=y\r\ndefg\r\n0\r\n\r\n");
  const Answer made = socket.read();
  CHECK(made.status == 201);
  CHECK(made.at("size") == "7");
  CHECK(fixture.server.get("/demo/app/releases/download/v1/f").body == "abcdefg");
}

TEST_CASE("an upload whose connection ends leaves nothing") {
  const Fixture fixture;
  enum class How { closes, resets, half_closes };
  const std::string start = form("abc").substr(0, 80);
  for (const bool multipart : {false, true}) {
    for (const How how : {How::closes, How::resets, How::half_closes}) {
      Socket socket(fixture.server.port());
      socket.send(fixture.head(fixture.path(), multipart ? form_type : binary_type, 1'000'000,
                               fixture.server.token()));
      socket.send(start);
      if (how == How::resets) socket.reset();
      if (how != How::half_closes) continue;
      socket.close_writing();
      const Answer answer = socket.read();
      CHECK(answer.status == 500);
      CHECK(answer.body.find(multipart ? "failed to parse" : R"("message":"")") !=
            std::string::npos);
    }
  }
  fixture.server.upload(fixture.id, "whole");
  CHECK(fixture.assets() == "1");
  for (int i = 0; i < 500 && fixture.server.stored_files() > 1; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  CHECK(fixture.server.stored_files() == 1);
}

TEST_CASE("a form that ends early looks like an invalid token on old servers") {
  const std::pair<const char*, int> cases[] = {
      {"gitea-1.20", 401}, {"gitea-1.22", 401}, {"gitea-1.23", 401},
      {"gitea-1.25", 500}, {"gitea-1.26", 500}, {"gitea-1.27", 500},
      {"forgejo-7", 401},  {"forgejo-11", 401}, {"forgejo-15", 500}};
  for (const auto& [profile, status] : cases) {
    const Fixture fixture(profile);
    Socket socket(fixture.server.port());
    socket.send(fixture.head(fixture.path(""), form_type, 1000, fixture.server.token()));
    socket.send(form("abc").substr(0, 80));
    socket.close_writing();
    const Answer answer = socket.read();
    INFO(profile);
    CHECK(answer.status == status);
    if (status == 401) CHECK(answer.at("message") == "user does not exist [uid: 0, name: ]");
    CHECK(fixture.assets() == "0");
  }
}

TEST_CASE("a form survives every split into pieces, and content that looks like a boundary") {
  const Fixture fixture;
  const std::string content = "\r\n--\r\n--a\r\n-\r\n--b" + std::string("x\0y", 3) + "\r\n\r\n--";
  for (const std::size_t padding : {0UL, 1UL, 16300UL, 65450UL, 262070UL}) {
    const std::string name = "p" + std::to_string(padding);
    // CR LF -- b within the content would end it: only the real boundary is followed by what may
    // follow one.
    const std::string bytes = std::string(padding, '-') + content.substr(0, 13);
    const std::string body = form(bytes, name);
    Socket socket(fixture.server.port());
    socket.send(fixture.head(fixture.path(""), form_type, body.size(), fixture.server.token()));
    for (std::size_t at = 0; at < body.size(); at += 7919) socket.send(body.substr(at, 7919));
    CHECK(socket.read().at("size") == std::to_string(bytes.size()));
    CHECK(fixture.server.get("/demo/app/releases/download/v1/" + name).body == bytes);
  }
}

TEST_CASE("a bare semicolon makes a form's query unreadable, and hides a raw upload's name") {
  const Fixture fixture;
  const std::string body = form("x");
  Socket socket(fixture.server.port());
  const std::string target = fixture.path("?name=a;b");
  socket.send(fixture.head(target, form_type, body.size(), fixture.server.token()) + body);
  const Answer answer = socket.read();
  CHECK(answer.status == 500);
  CHECK(answer.body == "failed to parse request multipart form\n");
  socket.send(fixture.head(target, binary_type, 1, fixture.server.token()) + "x");
  CHECK(socket.read().status == 400);
}
