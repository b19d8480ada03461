// SPDX-License-Identifier: MIT
// Simultaneous requests: lost updates and blocked writes.
#include <catch2/catch_test_macros.hpp>
#include <chrono>
#include <memory>
#include <set>
#include <thread>
#include <vector>

#include "sandbox_tests/json.hpp"
#include "sandbox_tests/sandbox.hpp"

using sandbox_tests::all_profiles;
using sandbox_tests::Answer;
using sandbox_tests::basic;
using sandbox_tests::binary_type;
using sandbox_tests::form;
using sandbox_tests::form_type;
using sandbox_tests::Headers;
using sandbox_tests::releases_path;
using sandbox_tests::request_head;
using sandbox_tests::Sandbox;
using sandbox_tests::Socket;
using sandbox_tests::with_token;

namespace {

using Sockets = std::vector<std::unique_ptr<Socket>>;

/// A request in progress; its response is read from the socket later.
std::unique_ptr<Socket> begin(const Sandbox& server, const std::string& method,
                              const std::string& path, Headers headers,
                              const std::string& body = {}) {
  auto socket = std::make_unique<Socket>(server.port());
  if (method != "GET") headers.emplace_back("Content-Length", std::to_string(body.size()));
  socket->send(request_head(method, path, headers) + body);
  return socket;
}

std::unique_ptr<Socket> begin_json(const Sandbox& server, const std::string& method,
                                   const std::string& below, const std::string& json) {
  return begin(server, method, "/api/v1/repos/demo/app" + below,
               with_token(server.token(), {{"Content-Type", "application/json"}}), json);
}

std::vector<Answer> posted_together(const Sandbox& server, int count, const std::string& json) {
  Sockets sockets;
  for (int i = 0; i < count; ++i) sockets.push_back(begin_json(server, "POST", "/releases", json));
  std::vector<Answer> answers;
  for (const auto& socket : sockets) answers.push_back(socket->read());
  return answers;
}

std::multiset<int> statuses(const std::vector<Answer>& answers) {
  std::multiset<int> out;
  for (const Answer& answer : answers) out.insert(answer.status);
  return out;
}

/// An upload with half of its body sent, which the server has begun to store.
class SlowUpload {
 public:
  SlowUpload(const Sandbox& server, const std::string& id, bool raw) : socket_(server.port()) {
    const std::string body = raw ? std::string(4000, 'x') : form(std::string(4000, 'x'), "slow");
    rest_ = body.substr(2000);
    const Headers headers = {{"Authorization", basic("demo", "demo")},
                             {"Content-Type", raw ? binary_type : form_type},
                             {"Content-Length", std::to_string(body.size())}};
    socket_.send(request_head("POST", releases_path + "/" + id + "/assets?name=slow", headers));
    socket_.send(body.substr(0, 2000));
    // The lock is held when another write gets no response any more.
    for (int i = 0; raw && i < 200; ++i) {
      const auto probe = begin(server, "GET", "/api/v1/version", with_token(server.token()));
      if (!probe->has_input(50)) return;
    }
  }
  Answer finish() {
    socket_.send(rest_);
    return socket_.read();
  }
  void reset() { socket_.reset(); }

 private:
  Socket socket_;
  std::string rest_;
};

}  // namespace

TEST_CASE("of releases with one new tag, posted together, one is created") {
  const Sandbox server;
  server.set(R"({"create_window_ms":60})");
  const auto published =
      posted_together(server, 3, R"({"tag_name":"v1","target_commitish":"main"})");
  CHECK(statuses(published) == std::multiset<int>{201, 500, 500});
  const auto drafts = posted_together(server, 3, R"({"tag_name":"d1","draft":true})");
  CHECK(statuses(drafts).count(201) == 1);
  CHECK(statuses(drafts).count(409) == 2);
  CHECK(server.app("GET", "/releases").at("#") == "2");
}

TEST_CASE("releases for a pushed tag, posted together, all succeed and are the same release") {
  const Sandbox server;
  server.set(R"({"create_window_ms":60})");
  server.push_tag("v1");
  const auto answers = posted_together(server, 2, R"({"tag_name":"v1"})");
  CHECK(statuses(answers) == std::multiset<int>{201, 201});
  CHECK(answers[0].at("id") == answers[1].at("id"));
  CHECK(server.app("GET", "/releases").at("#") == "1");
}

TEST_CASE("tags that differ only in case are both created when they are posted together") {
  const Sandbox server;
  server.set(R"({"create_window_ms":60})");
  const auto one = begin_json(server, "POST", "/releases", R"({"tag_name":"CaseN"})");
  const auto two = begin_json(server, "POST", "/releases", R"({"tag_name":"caseN"})");
  CHECK(one->read().status == 201);
  CHECK(two->read().status == 201);
}

TEST_CASE("of two simultaneous edits one is lost, and both return 200") {
  const Sandbox server;
  server.set(R"({"patch_window_ms":60})");
  for (const char* draft : {"", R"(,"draft":true)"}) {
    const std::string id = server.release(std::string("v") + (*draft == '\0' ? "1" : "2"), draft);
    const auto name = begin_json(server, "PATCH", "/releases/" + id, R"({"name":"new"})");
    const auto body = begin_json(server, "PATCH", "/releases/" + id, R"({"body":"new"})");
    CHECK(name->read().status == 200);
    CHECK(body->read().status == 200);
    const Answer shown = server.show(id);
    CHECK((shown.at("name") == "new") != (shown.at("body") == "new"));
  }
}

TEST_CASE("an edit that began before a push's row is written reverts the push") {
  const Sandbox server;
  server.set(R"({"push_window_ms":120})");
  const std::string id = server.release("v1", R"(,"draft":true)");
  const auto push =
      begin(server, "POST", "/_sandbox/repos/demo/app/push", {}, R"({"ref":"refs/tags/v1"})");
  std::this_thread::sleep_for(std::chrono::milliseconds(40));  // into the window
  const auto edit =
      begin(server, "PATCH", releases_path + "/" + id,
            {{"Authorization", basic("demo", "demo")}, {"Content-Type", "application/json"}},
            R"({"body":"new"})");
  CHECK(push->read().status == 200);
  CHECK(edit->read().status == 200);
  CHECK(server.show(id).at("body") == "new");
  CHECK(server.show(id).at("draft") == "true");
}

TEST_CASE("a slow raw upload blocks all writes, including those for tokens and downloads") {
  const Sandbox server;
  const std::string id = server.release("v1");
  server.upload(id, "f");
  SlowUpload upload(server, id, true);
  const Headers by_password = {{"Authorization", basic("demo", "demo")}};
  CHECK(server.app("GET", "/releases", "", "").status == 200);
  CHECK(server.ask("GET", releases_path, by_password).status == 200);
  CHECK(server.get("/demo/app", "").status == 200);
  server.push_tag("pushed");
  CHECK(server.row("pushed") == "{}");

  Sockets waiting;
  waiting.push_back(begin(server, "GET", releases_path, with_token(server.token())));
  waiting.push_back(begin_json(server, "POST", "/releases", R"({"tag_name":"v2"})"));
  waiting.push_back(begin_json(server, "PATCH", "/releases/" + id, R"({"body":"b"})"));
  Headers json = by_password;
  json.emplace_back("Content-Type", "application/json");
  waiting.push_back(begin(server, "POST", releases_path, json, R"({"tag_name":"v3"})"));
  Headers file = by_password;
  file.emplace_back("Content-Type", form_type);
  const std::string assets = releases_path + "/" + id + "/assets";
  waiting.push_back(begin(server, "POST", assets, file, form("x")));
  waiting.push_back(begin(server, "GET", "/demo/app/releases/download/v1/f", {}));
  std::this_thread::sleep_for(std::chrono::milliseconds(60));
  for (const auto& one : waiting) CHECK_FALSE(one->has_input(0));

  CHECK(upload.finish().at("size") == "4000");
  std::vector<int> answered;
  for (const auto& one : waiting) answered.push_back(one->read().status);
  CHECK(answered == std::vector<int>{200, 201, 200, 201, 201, 200});
  while (server.row("pushed") == "{}") {
  }
}

TEST_CASE("a slow form blocks nobody") {
  const Sandbox server;
  const std::string id = server.release("v1");
  server.upload(id, "f");
  SlowUpload upload(server, id, false);
  CHECK(server.app("GET", "/releases").status == 200);
  CHECK(server.release("v2") != id);
  CHECK(server.upload(id, "g").status == 201);
  CHECK(server.get("/demo/app/releases/download/v1/f", "").status == 200);
  CHECK(upload.finish().at("size") == "4000");
}

TEST_CASE("a raw upload that breaks off unblocks the others") {
  const Sandbox server;
  const std::string id = server.release("v1");
  SlowUpload upload(server, id, true);
  const auto waiting = begin_json(server, "PATCH", "/releases/" + id, R"({"body":"b"})");
  upload.reset();
  CHECK(waiting->read().status == 200);
}

TEST_CASE("if the database only waits for a limited time, blocked writes fail after it") {
  const Sandbox server("gitea-1.27");
  const std::string admin = server.token_of(R"({"user":"root","admin":true})");
  const std::string id = server.release("v1");
  server.upload(id, "f");
  server.set(R"({"busy_timeout_ms":200})");
  SlowUpload upload(server, id, true);
  const auto start = std::chrono::steady_clock::now();
  const auto since = [&] { return std::chrono::steady_clock::now() - start; };
  const auto read = begin(server, "GET", releases_path, with_token(admin));
  const auto write =
      begin(server, "PATCH", releases_path + "/" + id,
            with_token(admin, {{"Content-Type", "application/json"}}), R"({"body":"b"})");
  const auto download = begin(server, "GET", "/demo/app/releases/download/v1/f", {});
  CHECK(download->read().status == 500);
  CHECK(since() >= std::chrono::milliseconds(200));
  CHECK(read->read().status == 200);  // only the token's "last used" is lost
  const Answer locked = write->read();
  CHECK(since() >=
        std::chrono::milliseconds(400));  // once for the token, once for the request itself
  CHECK(locked.status == 500);
  CHECK(locked.at("message") == "database is locked (5) (SQLITE_BUSY)");
  CHECK(upload.finish().status == 201);
  CHECK(server.app("PATCH", "/releases/" + id, R"({"body":"b"})").status == 200);
}

TEST_CASE("the time that a database waits depends on the server") {
  for (const std::string& profile : all_profiles) {
    const std::string timeout = profile == "gitea-1.27"   ? "20000"
                                : profile == "forgejo-15" ? "60000"
                                                          : "0";
    INFO(profile);
    CHECK(Sandbox(profile).control("GET", "settings").at("busy_timeout_ms") == timeout);
  }
}
