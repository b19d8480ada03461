// SPDX-License-Identifier: MIT
#include "signing/signature.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "core/error.hpp"
#include "core/text/base64.hpp"
#include "core/text/text.hpp"
#include "signing/secret_key.hpp"
#include "signing/subject.hpp"

using Catch::Matchers::ContainsSubstring;
using signing::PublicKey;
using signing::SecretKey;

namespace {

/// From minisign 0.11, for "hello\n".
const std::string public_line = "RWRQoL1J9KPJN1toxaZL5kTLbg7p4IQRtnMyOFYFLv7jzp61f6oV5H1j";
const std::string good =
    "untrusted comment: signature from minisign secret key\n"
    "RURQoL1J9KPJNyMgQaKka3s08/"
    "NeIy2YFBRCQKb9MJhxlbD1AQPdys4HCU6PTEaytWjtf9qdYuYvAxZJdYxpjDSkd2YvNVOLkwk=\n"
    "trusted comment: tag=v1 repository=a/b\n"
    "Nh4Mm5VuwLC1ptyY74/Df6GGZIXtWP2/5bOfUF0mVgLsQ97phaSGV+z9ONVeuYvZwUdAzHLWJeFm8QEIF0bQDA==\n";
const std::string legacy =
    "untrusted comment: signature from minisign secret key\n"
    "RWRQoL1J9KPJN7pP1ZA/HuOMUWwMgnaqSp43P5m6IuQH8+X7fZAJW3dPifMZokNnPdHkYody4gGCrde0sCAS/"
    "Va1Ac1blfvQSQw=\n"
    "trusted comment: timestamp:1796028629\tfile:m\n"
    "n+sSGkiyeSMBm1lq4pbG3VYgnPUSIC0zpBBJlR3x6LXxW6VuOhr883u5IHH5DYQPE7VeO1WpwzDtsrTUW5maDw==\n";

std::string verified(const std::string& message, const std::string& file) {
  return signing::verified_comment(message, file, {PublicKey::parse(public_line)});
}

/// The error message, "" if there is none.
std::string refusal(const std::string& message, const std::string& file) {
  try {
    verified(message, file);
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::failed);
    return error.message;
  }
  return "";
}

std::string with_line(std::size_t number, const std::string& line) {
  std::vector<std::string> lines = core::lines(good);
  lines.at(number) = line;
  return core::join(lines, "\n") + "\n";
}

}  // namespace

TEST_CASE("a signature of minisign is verified") {
  CHECK(verified("hello\n", good) == "tag=v1 repository=a/b");
}

TEST_CASE("our signature is the same each time, and is verified") {
  const SecretKey key = SecretKey::generate();
  const std::string file = key.sign("hello\n", "tag=v1 repository=a/b");
  CHECK(file == key.sign("hello\n", "tag=v1 repository=a/b"));
  CHECK(signing::render_signature(signing::parse_signature(file)) == file);
  CHECK(signing::verified_comment("hello\n", file,
                                  {PublicKey::parse(public_line), key.public_key()}) ==
        "tag=v1 repository=a/b");
}

TEST_CASE("each changed byte of the signed text is detected") {
  for (std::size_t at = 0; at < 6; ++at) {
    std::string message = "hello\n";
    message[at] = static_cast<char>(message[at] ^ 1);
    CHECK_THAT(refusal(message, good), ContainsSubstring("the content is not what was signed"));
  }
  CHECK(!refusal("hello", good).empty());
  CHECK(!refusal("hello\n\n", good).empty());
}

TEST_CASE("each changed byte of the signature file is detected") {
  const std::size_t comment_begin = std::string("untrusted comment: ").size();
  const std::size_t comment_end = good.find('\n');
  for (std::size_t at = 0; at < good.size(); ++at) {
    if (at >= comment_begin && at < comment_end)
      continue;  // this comment is neither signed nor believed
    INFO(at);
    for (const int mask : {1, 2, 4, 8, 16, 32, 64, 128}) {
      std::string file = good;
      file[at] = static_cast<char>(file[at] ^ mask);
      CHECK(!refusal("hello\n", file).empty());
    }
    CHECK(!refusal("hello\n", good.substr(0, at)).empty());
    CHECK(!refusal("hello\n", good.substr(0, at) + good.substr(at + 1)).empty());
    if (at + 1 == comment_begin) continue;  // then the comment begins with a blank
    CHECK(!refusal("hello\n", good.substr(0, at) + good[at] + good.substr(at)).empty());
  }
}

TEST_CASE("an invalid signature is rejected with a message") {
  CHECK_THAT(refusal("hello\n", ""), ContainsSubstring("fewer than four lines"));
  CHECK_THAT(refusal("hello\n", "<html>\n"), ContainsSubstring("does not begin with 'untrusted"));
  CHECK_THAT(refusal("hello\n", good + "\n"), ContainsSubstring("follows its fourth line"));
  CHECK_THAT(refusal("hello\n", good + good), ContainsSubstring("follows its fourth line"));
  CHECK_THAT(refusal("hello\n", std::string(4097, 'x')), ContainsSubstring("larger than 4 KiB"));
  CHECK_THAT(refusal("hello\n", with_line(2, "trusted comment: tag=v2 repository=a/b")),
             ContainsSubstring("the trusted comment of the signature was changed"));
  CHECK_THAT(refusal("hello\n", with_line(2, "trusted comment: a\x1b[2J")),
             ContainsSubstring("not one line of text"));
}

TEST_CASE("the old kind of signature, which is not prehashed, is rejected") {
  CHECK_THAT(refusal("hello\n", legacy), ContainsSubstring("not prehashed"));
  SECTION("even if it is labelled as the new kind") {
    std::string payload = core::from_base64(core::lines(legacy)[1]).value();
    payload[1] = 'D';
    CHECK_THAT(refusal("hello\n", with_line(1, core::to_base64(payload))),
               ContainsSubstring("not what was signed"));
  }
}

TEST_CASE("a signature of another key is rejected, and the keys are named") {
  const SecretKey other = SecretKey::generate();
  const std::string sentence = refusal("hello\n", other.sign("hello\n", "tag=v1 repository=a/b"));
  CHECK_THAT(sentence, ContainsSubstring(other.public_key().id()));
  CHECK_THAT(sentence, ContainsSubstring("37C9A3F449BDA050"));
  SECTION("even if it has the id of a trusted key") {
    const PublicKey trusted = PublicKey::parse(public_line);
    const PublicKey forged(trusted.key_id(), other.public_key().key());
    CHECK_THROWS_AS(signing::verified_comment("hello\n", good, {forged}), core::Error);
    CHECK(signing::verified_comment("hello\n", good, {forged, trusted}) == "tag=v1 repository=a/b");
  }
  CHECK_THROWS_AS(signing::verified_comment("hello\n", good, {}), core::Error);
}

TEST_CASE("the subject of a release's signature is read back as it was written") {
  using signing::parse_subject;
  using signing::Subject;
  const Subject subject{"app/v1.3.0", "owner/app"};
  CHECK(signing::render_subject(subject) == "tag=app/v1.3.0 repository=owner/app");
  CHECK(parse_subject("tag=app/v1.3.0 repository=owner/app") == subject);
  for (const char* text :
       {"", "tag=v1", "tag= repository=a/b", "tag=v1 repository=", "tag=v1  repository=a/b",
        " tag=v1 repository=a/b", "tag=v1 repository=a/b ", "repository=a/b tag=v1",
        "tag=v1 repository=a/b tag=v2", "tag=v1 repository=a/b repository=c/d",
        "tag=v1\trepository=a/b"}) {
    INFO(text);
    CHECK_FALSE(parse_subject(text));
  }
  CHECK_THROWS_AS(signing::render_subject({"v1 repository=x/y", "a/b"}), core::Error);
  CHECK_THROWS_AS(signing::render_subject({"v1", ""}), core::Error);
  CHECK_THROWS_AS(signing::render_subject({"v1\n", "a/b"}), core::Error);
}
