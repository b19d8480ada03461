// SPDX-License-Identifier: MIT
// The parts of the HTTP client that are plain values; the scenarios test its requests.
#include "gitea/http.hpp"

#include <catch2/catch_test_macros.hpp>
#include <set>
#include <type_traits>

#include "core/error.hpp"
#include "gitea/download.hpp"

using core::Token;
using gitea::delay_before;
using std::chrono::milliseconds;
using std::chrono::seconds;

TEST_CASE("a token in a text is replaced everywhere, however often it occurs") {
  const Token token("s3cret");
  CHECK(token.redacted("s3cret and s3crets3cret.") == "*** and ******.");
  CHECK(token.redacted("s3cre t") == "s3cre t");
  CHECK(Token().redacted("text") == "text");
  CHECK(Token("x").redacted("axb") == "a***b");
}

TEST_CASE("a token is replaced even if some of its characters are escaped") {
  const Token token("s3/c=ret");
  for (const char* form :
       {"s3/c=ret", R"(s3\/c=ret)", R"(\u0073\u0033\u002f\u0063\u003D\u0072\u0065\u0074)",
        R"(s3\u002Fc=re\u0074)", "s3%2Fc%3Dret", "s3%2fc%3dret", "%73%33%2F%63%3D%72%65%74",
        "s3&#47;c&#x3d;ret", "&#115;3&#x2F;c=ret", "s3%2Fc\\u003dret"}) {
    INFO(form);
    CHECK(token.redacted("a " + std::string(form) + " b") == "a *** b");
  }
  for (const char* other : {"s3/c=re", "s3%2", "s3%2gc=ret", R"(s3\u002)", "s3&#47c=ret", "%", "\\",
                            "&#;", "&#x;", "s3&#99999999999;", "S3/C=RET"}) {
    INFO(other);
    CHECK(token.redacted(other) == other);
  }
}

TEST_CASE("a small request waits two minutes at most, an upload as long as storing it may take") {
  gitea::Server server;
  const auto upload_of = [](std::uint64_t size) {
    gitea::Request request(gitea::Operation::upload_asset);
    request.upload = core::Source{size, nullptr};
    return request;
  };
  const gitea::Request get(gitea::Operation::find_release);
  CHECK(gitea::answer_timeout_for(get, server) == seconds(120));
  CHECK(gitea::answer_timeout_for(upload_of(1 << 20), server) == seconds(120));
  CHECK(gitea::answer_timeout_for(upload_of(200 << 20), server) == seconds(220));
  CHECK(gitea::answer_timeout_for(upload_of(std::uint64_t{1} << 40), server) == seconds(600));
  server.answer_timeout = seconds(5);
  CHECK(gitea::answer_timeout_for(get, server) == seconds(5));
  CHECK(gitea::answer_timeout_for(upload_of(200 << 20), server) == seconds(5));
  server.answer_timeout = seconds(900);
  CHECK(gitea::answer_timeout_for(gitea::Request(gitea::Operation::call_webhook), server) ==
        seconds(900));
}

TEST_CASE("a file that is too large to be downloaded is an error before the first request") {
  const gitea::Server server;
  gitea::Http http(server);
  core::Asset asset;
  asset.name = "large.img";
  asset.size = gitea::max_file + 1;
  gitea::Resume resume;
  try {
    gitea::download_on(http, server, "/attachments/x", asset, resume, nullptr);
    FAIL("no error");
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::workflow);
    CHECK(error.message.starts_with("large.img has "));
    CHECK(error.message.find("; this program downloads at most ") != std::string::npos);
  }
}

TEST_CASE("a Retry-After beyond the run's time is too long") {
  gitea::Server server;
  gitea::Answer answer;
  CHECK_FALSE(gitea::asks_for_too_long(answer, server));
  answer.retry_after = seconds(3600);
  CHECK_FALSE(gitea::asks_for_too_long(answer, server));  // without a deadline
  server.deadline = std::chrono::steady_clock::now() + seconds(60);
  CHECK(gitea::asks_for_too_long(answer, server));
  answer.retry_after = seconds(5);
  CHECK_FALSE(gitea::asks_for_too_long(answer, server));
  server.deadline = std::chrono::steady_clock::now();
  CHECK(gitea::asks_for_too_long(answer, server));
}

TEST_CASE("a token can be compared and checked for presence, nothing else") {
  CHECK(Token().empty());
  CHECK_FALSE(Token("x").empty());
  CHECK(Token("x") == Token("x"));
  CHECK_FALSE(Token("x") == Token("y"));
  STATIC_REQUIRE_FALSE(std::is_convertible_v<Token, std::string>);
  STATIC_REQUIRE_FALSE(std::is_convertible_v<std::string, Token>);
}

TEST_CASE("a token is sent only if it is one word of visible ASCII characters") {
  CHECK(Token("0123456789abcdef~!").is_sendable());
  for (const std::string secret : {"a b", "a\nb", "a\r\nX-Evil: 1", "a\tb", "\x7f", "\xc3\xa4"}) {
    CHECK_FALSE(Token(secret).is_sendable());
  }
  CHECK_FALSE(Token(std::string("a\0b", 3)).is_sendable());
}

TEST_CASE("the delay doubles with each attempt, with jitter between half of it and all") {
  for (int next = 2; next <= 5; ++next) {
    const milliseconds full = milliseconds(1000) * (1 << (next - 2));
    std::set<milliseconds::rep> seen;
    for (int i = 0; i < 200; ++i) {
      const milliseconds delay = delay_before(next, milliseconds(1000), std::nullopt);
      CHECK(delay >= full / 2);
      CHECK(delay <= full);
      seen.insert(delay.count());
    }
    CHECK(seen.size() > 20);
  }
}

TEST_CASE("the delay is limited to twenty times the first") {
  for (const int next : {7, 8, 40, 1'000'000}) {
    const milliseconds delay = delay_before(next, milliseconds(100), std::nullopt);
    CHECK(delay >= milliseconds(1000));
    CHECK(delay <= milliseconds(2000));
  }
  CHECK(delay_before(1, milliseconds(100), std::nullopt) <= milliseconds(100));
  CHECK(delay_before(9, milliseconds(0), std::nullopt) == milliseconds(0));
}

TEST_CASE("a Retry-After from the server takes precedence") {
  CHECK(delay_before(2, milliseconds(1000), seconds(7)) == seconds(7));
  CHECK(delay_before(20, milliseconds(1000), seconds(0)) == seconds(0));
}

TEST_CASE("a huge Retry-After does not become a negative delay") {
  CHECK(delay_before(2, milliseconds(1000), seconds(std::int64_t{1} << 62)) > seconds(60));
}

TEST_CASE("a token of asterisks does not make redaction loop for ever") {
  CHECK(core::Token("***").redacted("a *** b") == "a *** b");
  CHECK(core::Token("*").redacted("a * b") == "a *** b");
}
