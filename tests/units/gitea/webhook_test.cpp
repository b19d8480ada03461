// SPDX-License-Identifier: MIT
// The parts of a webhook's address that are plain values; the scenarios test the call.
#include "gitea/webhook.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "core/error.hpp"

using core::Token;
using gitea::Server;
using gitea::Webhook;

namespace {

std::string origin(const std::string& address) {
  return Webhook(Token(address), Server()).origin().text();
}

}  // namespace

TEST_CASE("only the origin of a webhook's address can be read") {
  CHECK(origin("https://manager.example.org:9443/api/stacks/webhooks/x?tag=v1") ==
        "https://manager.example.org:9443");
  CHECK(origin(" http://h\n") == "http://h");
  CHECK(origin("https://h?token=x") == "https://h");
  CHECK(origin("http://[::1]:80/x") == "http://[::1]");
}

TEST_CASE("an invalid address is rejected without showing any part") {
  for (const std::string address :
       {"", "s3cret", "ftp://s3cret/", "https://s3cret:x/", "https://user:s3cret@h/",
        "https://h/s3cret x", "https://h/s3cret\tx", "https://h/s3cret#x", "https://h/s3crét",
        "https:///s3cret", "https://s3cret_ä/", "https://h:0/s3cret"}) {
    INFO(address);
    try {
      Webhook(Token(address), Server());
      FAIL("no error");
    } catch (const core::Error& error) {
      CHECK(error.fault == core::Fault::workflow);
      CHECK(error.message.find("s3cr") == std::string::npos);
      CHECK(error.hint.find("s3cr") == std::string::npos);
    }
  }
}
