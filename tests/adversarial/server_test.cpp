// SPDX-License-Identifier: MIT
// A malicious server: everything that it sends is external text, wherever it is sent.
#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "adversarial/attack.hpp"
#include "adversarial/inert.hpp"
#include "core/text/json.hpp"
#include "core/text/text.hpp"
#include "support/server.hpp"
#include "support/workspace.hpp"

using adversarial::check_harmless;
using support::Run;

namespace {

struct Attack : adversarial::Attack {
  /// From now on requests with `method` to paths that contain `path` get this response.
  void answer(const std::string& method, const std::string& path, std::uint64_t status,
              const std::string& body, const std::string& type = "application/json") {
    core::JsonObject fault;
    fault.add("kind", "status").add("method", method).add("path", path).add("status", status);
    fault.add("body", body).add("content_type", type).add("read_body", true);
    const std::string text = fault.text();
    server.fault(text.substr(0, text.size() - 1) + R"(,"times":-1})");
  }
};

/// The server's response for a release in which every text is `text`, and every address `address`.
std::string release_json(const std::string& text,
                         const std::string& address = "https://git.example.org/x") {
  core::JsonObject asset;
  asset.add("id", std::uint64_t{9}).add("name", text).add("size", std::uint64_t{1});
  asset.add("uuid", text).add("browser_download_url", address);
  core::JsonObject release;
  release.add("id", std::uint64_t{7}).add("tag_name", "v1.0.0").add("target_commitish", text);
  release.add("name", text).add("body", text).add("draft", false).add("prerelease", false);
  release.add("html_url", address).add("url", address).add("upload_url", address);
  const std::string json = release.text();
  return json.substr(0, json.size() - 1) + R"(,"assets":[)" + asset.text() + "]}";
}

std::string message_json(const std::string& text) {
  return core::JsonObject().add("message", text).text();
}

}  // namespace

TEST_CASE("an error text that contains commands is printed on one line, after our own words") {
  for (const std::uint64_t status : {400, 401, 403, 404, 409, 413, 418, 422, 423, 429, 500, 502}) {
    INFO(status);
    Attack attack;
    attack.answer("GET", "/releases/tags", status, message_json(adversarial::commands));
    check_harmless(attack.job.publish(), attack.server);
  }
}

TEST_CASE("error texts in HTML or plain text are as harmless as in JSON") {
  Attack attack;
  attack.answer("GET", "/releases/tags", 500, adversarial::commands, "text/plain");
  check_harmless(attack.job.publish(), attack.server);
  Attack page;
  page.answer("GET", "/releases/tags", 200,
              "<html><title>" + adversarial::commands + "</title></html>", "text/html");
  check_harmless(page.job.publish(), page.server);
}

TEST_CASE("a rejected upload, edit or creation is reported as safely as a rejected read") {
  for (const char* step : {"POST /releases", "POST /assets", "PATCH /releases"}) {
    INFO(step);
    Attack attack;
    const std::string text = step;
    attack.answer(text.substr(0, text.find(' ')), text.substr(text.find(' ') + 1), 422,
                  message_json(adversarial::commands));
    const Run run = attack.job.publish();
    check_harmless(run, attack.server);
    CHECK(run.status != 0);
  }
}

TEST_CASE("a release full of workflow commands is harmless in outputs, summary and log") {
  Attack attack;
  attack.job.input("if_exists", "skip");
  attack.answer("GET", "/releases/tags", 200, release_json(adversarial::commands));
  const Run run = attack.job.publish();
  check_harmless(run, attack.server);
  REQUIRE(run.status == 0);
  CHECK(run.outputs.size() == 13);
  CHECK(run.outputs.at("id") == "7");
  CHECK(run.outputs.at("state") == "skipped");
  for (const std::string& line : core::lines(run.summary)) CHECK_FALSE(line.starts_with("::"));
}

TEST_CASE("a release whose addresses contain commands is rejected, not printed") {
  Attack attack;
  attack.answer("GET", "/releases/tags", 200, release_json("text", adversarial::commands));
  const Run run = attack.job.publish();
  check_harmless(run, attack.server);
  INFO(run.log);
  CHECK(run.status == 1);
  CHECK(run.log.find("is not a web address") != std::string::npos);
  CHECK(run.log.find("/evil") == std::string::npos);
}

TEST_CASE("a token that the server repeats does not reach the log or the outputs") {
  Attack attack;
  const std::string address = "https://elsewhere.example.org/?token=" + attack.server.token();
  attack.answer("GET", "/releases/tags", 200, release_json(address, address));
  const Run run = attack.job.input("if_exists", "skip").publish();
  check_harmless(run, attack.server);
  CHECK(run.outputs.at("html_url") == "https://elsewhere.example.org/?token=***");

  Attack refusing;
  refusing.answer("GET", "/releases/tags", 401, message_json("no " + refusing.server.token()));
  check_harmless(refusing.job.publish(), refusing.server);

  Attack redirecting;
  core::JsonObject fault;
  fault.add("kind", "redirect").add("method", "GET").add("path", "/releases/tags");
  fault.add("location", "https://elsewhere.example.org/?t=" + redirecting.server.token());
  redirecting.server.fault(fault.text());
  const Run away = redirecting.job.publish();
  check_harmless(away, redirecting.server);
  CHECK(away.status == 2);
  CHECK(away.log.find("elsewhere.example.org") != std::string::npos);
}

TEST_CASE("a token that is repeated in escaped form is redacted as well") {
  Attack attack;
  std::string json = "{\"message\":\"no ";
  for (const char c : attack.server.token()) {
    json += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
  }
  attack.answer("GET", "/releases/tags", 401, json + "\"}");
  const Run run = attack.job.publish();
  check_harmless(run, attack.server);
  CHECK(run.log.find("no ***") != std::string::npos);

  Attack with_page;
  std::string page = "<html><title>";
  for (const char c : with_page.server.token()) {
    page += fmt::format("&#{};", static_cast<unsigned>(c));
  }
  with_page.answer("GET", "/releases/tags", 502, page + "</title></html>", "text/html");
  const Run other = with_page.job.publish();
  check_harmless(other, with_page.server);
  INFO(other.log);
  CHECK(other.log.find("('***')") != std::string::npos);
}

TEST_CASE("a commit whose address contains a command is rejected, not printed") {
  for (const char* member : {"html_url", "sha"}) {
    INFO(member);
    Attack attack;
    core::JsonObject commit;
    commit.add(member, "http://x\n::set-env name=PATH::/evil\n/1");
    commit.add("sha", std::string(40, 'a'));  // of two the first counts
    const std::string text = commit.text();
    attack.answer("GET", "/commits?", 200,
                  "[" + text.substr(0, text.size() - 1) +
                      R"(,"commit":{"message":"feat: x","author":{"name":"a"}},"parents":[]}])");
    const Run run = attack.job.run({"notes"});
    check_harmless(run, attack.server);
    INFO(run.log);
    CHECK(run.status == 1);
    CHECK(run.log.find("/evil") == std::string::npos);
  }
}

TEST_CASE("a redirect to an invalid address or a command is reported and not followed") {
  for (const char* location : {"//evil.example.org/api/v1/x", "https://[", "http://me:pw@h/x",
                               "::set-env name=x::y", "javascript:x", "/", "/api/v1evil"}) {
    INFO(location);
    Attack attack;
    core::JsonObject fault;
    fault.add("kind", "redirect").add("method", "GET").add("path", "/releases/tags");
    fault.add("status", std::uint64_t{307}).add("location", location);
    attack.server.fault(fault.text());
    const Run run = attack.job.publish();
    check_harmless(run, attack.server);
    CHECK(run.status != 0);
    CHECK(run.log.find("pw@") == std::string::npos);
  }
}

TEST_CASE("responses that are too large or too deeply nested are errors, in bounded memory") {
  constexpr long bound_kib = 64 * 1024;
  for (const std::string& body :
       {std::string(9 << 20, ' '), std::string(1 << 20, '['),
        "{\"a\":" + std::string(100'000, '[') + std::string(100'000, ']') + "}",
        std::string(4 << 20, '"'), std::string("{\"id\":1e999}"),
        std::string(R"({"id":1,"assets":[1]})"), std::string(R"({"id":1,"assets":{}})")}) {
    Attack attack;
    attack.answer("GET", "/releases/tags", 200, body);
    const Run run = attack.job.publish();
    check_harmless(run, attack.server);
    CHECK(run.status == 1);
    CHECK(run.peak_kib < bound_kib);
  }
}

TEST_CASE("response headers that are too long or never end are an error") {
  Attack attack;
  core::JsonObject headers;
  headers.add("X-Long", std::string(100'000, 'x'));
  attack.server.fault(R"({"kind":"status","status":200,"method":"GET","path":"/releases/tags",
      "body":"{}","times":-1,"headers":)" +
                      headers.text() + "}");
  const Run run = attack.job.publish();
  check_harmless(run, attack.server);
  CHECK(run.status == 1);
}

TEST_CASE("the token is sent in one header of each request, and nowhere else") {
  Attack attack;
  attack.server.forget_requests();
  REQUIRE(attack.job.publish().status == 0);
  for (const auto& one : attack.server.requests()) {
    INFO(one.method << " " << one.path << "\n" << one.headers);
    const auto first = one.headers.find(attack.server.token());
    CHECK(one.headers.find("Authorization: token " + attack.server.token()) != std::string::npos);
    CHECK(one.headers.find(attack.server.token(), first + 1) == std::string::npos);
    CHECK(one.path.find(attack.server.token()) == std::string::npos);
    CHECK(one.body.find(attack.server.token()) == std::string::npos);
  }
}
