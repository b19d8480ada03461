// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <type_traits>

#include "core/error.hpp"
#include "core/text/base64.hpp"
#include "core/text/text.hpp"
#include "signing/key_encryption.hpp"
#include "signing/secret_key.hpp"

using Catch::Matchers::ContainsSubstring;
using signing::PublicKey;
using signing::SecretKey;

namespace {

/// From `minisign -G -W` (0.11).
const std::string public_line = "RWRQoL1J9KPJN1toxaZL5kTLbg7p4IQRtnMyOFYFLv7jzp61f6oV5H1j";
const std::string public_file =
    "untrusted comment: minisign public key 37C9A3F449BDA050\n" + public_line + "\n";
const std::string secret_line =
    "RWQAAEIyAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAUKC9SfSjyTdW5gfcWHQVdJ"
    "tMPplE"
    "g6x4ie9OgYO1QMjAMnxm60IJHVtoxaZL5kTLbg7p4IQRtnMyOFYFLv7jzp61f6oV5H1jAAAAAAAAAAAAAAAAAAAAAAAAAA"
    "AAAAAA"
    "AAAAAAAAAAA=";
const std::string secret_file =
    "untrusted comment: minisign encrypted secret key\n" + secret_line + "\n";

SecretKey secret_of(const std::string& text, const std::string& password = "") {
  return SecretKey::parse(core::Token(text), core::Token(password));
}

/// The error message of `work`.
template <typename Work>
std::string refusal_of(Work work) {
  try {
    work();
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::workflow);
    return error.message;
  }
  return "";
}

std::string secret_refusal(const std::string& text, const std::string& password = "") {
  return refusal_of([&] { secret_of(text, password); });
}

std::string public_refusal(const std::string& text) {
  return refusal_of([&] { PublicKey::parse(text); });
}

/// The Base64 line with one of its decoded bytes changed.
std::string broken(const std::string& line, std::size_t at) {
  std::string bytes = core::from_base64(line).value();
  bytes.at(at) = static_cast<char>(bytes.at(at) ^ 0x10);
  return core::to_base64(bytes);
}

}  // namespace

static_assert(!std::is_convertible_v<core::Token, std::string>);
static_assert(!std::is_convertible_v<SecretKey, std::string>);

TEST_CASE("a public key is read from its file and from its line, and written back unchanged") {
  for (const std::string& text : {public_file, public_line, "\n  " + public_line + "\r\n"}) {
    const PublicKey key = PublicKey::parse(text);
    CHECK(key.id() == "37C9A3F449BDA050");
    CHECK(key.text() == public_line);
    CHECK(key.file() == public_file);
  }
}

TEST_CASE("the id of a key has no leading zeros, as minisign prints it") {
  using namespace std::string_literals;
  const std::string key(32, 'k');
  CHECK(PublicKey("\xC2\x4C\x52\xF0\x7A\xE3\x5D\x0A"s, key).id() == "A5DE37AF0524CC2");
  CHECK(PublicKey(std::string(8, '\0'), key).id() == "0");
}

TEST_CASE("a secret key is read from its file and from its line, in the forms that secrets have") {
  for (const std::string& text : {secret_file, secret_line, secret_file + "\n\n",
                                  "untrusted comment: mine\r\n" + secret_line + "\r\n"}) {
    CHECK(secret_of(text).public_key().text() == public_line);
  }
}

TEST_CASE("an invalid public key is rejected with a message") {
  CHECK_THAT(public_refusal(""), ContainsSubstring("it is empty"));
  CHECK_THAT(public_refusal("untrusted comment: minisign public key\n"),
             ContainsSubstring("the line with the key is missing"));
  CHECK_THAT(public_refusal(public_file + public_line), ContainsSubstring("more lines"));
  CHECK_THAT(public_refusal(public_line.substr(0, 55)), ContainsSubstring("not Base64"));
  CHECK_THAT(public_refusal(public_line.substr(0, 52)), ContainsSubstring("has 39 bytes, not 42"));
  CHECK_THAT(public_refusal(secret_file), ContainsSubstring("it is a secret key"));
  CHECK_THAT(public_refusal(broken(public_line, 1)), ContainsSubstring("algorithm"));
  CHECK_THAT(public_refusal(std::string(5000, 'A')), ContainsSubstring("larger than 4 KiB"));
}

TEST_CASE("an invalid secret key is rejected with a message that shows nothing of it") {
  const auto check = [](const std::string& text, const std::string& sentence) {
    const std::string refusal = secret_refusal(text);
    CHECK_THAT(refusal, ContainsSubstring(sentence));
    CHECK(refusal.find(secret_line.substr(100, 20)) == std::string::npos);
  };
  check(" \n", "it is empty");
  check(public_file, "it is a public key");
  check(secret_line.substr(0, 200), "has 150 bytes, not 158");
  check(secret_line.substr(0, 199), "not Base64");
  check(secret_line.substr(0, 100) + "\n" + secret_line.substr(100), "more lines");
  CHECK_THAT(secret_refusal(secret_file, "hunter2"), ContainsSubstring("the signing key has none"));
}

TEST_CASE("a new key is read back, and each is different") {
  const SecretKey key = SecretKey::generate();
  const std::string file = key.file({});
  CHECK(secret_of(file).public_key() == key.public_key());
  CHECK(core::lines(file)[0] == "untrusted comment: minisign secret key " + key.public_key().id());
  CHECK_FALSE(SecretKey::generate().public_key() == key.public_key());
}

TEST_CASE("every byte of a key without a password counts") {
  const SecretKey key = SecretKey::generate();
  const std::string line = core::lines(key.file({}))[1];
  const std::size_t salt_begin = 6;
  const std::size_t secret_begin = 54;
  for (std::size_t at = 0; at < 158; ++at) {
    if (at >= salt_begin && at < secret_begin) continue;  // without a password these are ignored
    INFO(at);
    CHECK(!secret_refusal(broken(line, at)).empty());
  }
}

TEST_CASE("every byte of a key with a password counts") {
  const SecretKey key = SecretKey::generate();
  const std::string line = core::lines(key.file(core::Token("hunter2")))[1];
  CHECK(secret_of(line, "hunter2").public_key() == key.public_key());
  CHECK_THAT(secret_refusal(line, "hunter3"),
             ContainsSubstring("password of the signing key is wrong"));
  CHECK_THAT(secret_refusal(line), ContainsSubstring("has a password, and none is given"));
  // Each attempt takes 0.3 s: some bytes of each field, and all of the limits.
  for (const std::size_t at : {0, 1, 2, 3, 4, 5, 6, 37, 54, 62, 94, 126, 157}) {
    INFO(at);
    CHECK(!secret_refusal(broken(line, at), "hunter2").empty());
  }
  for (std::size_t at = 38; at < 54; ++at) {
    INFO(at);
    CHECK(!secret_refusal(broken(line, at), "hunter2").empty());
  }
}

TEST_CASE("the work factor for a password is the same as libsodium's") {
  const auto check = [](std::uint64_t operations, std::uint64_t memory,
                        signing::ScryptCost expected) {
    const auto cost = signing::cost_of({operations, memory});
    CHECK(cost.n == expected.n);
    CHECK(cost.r == expected.r);
    CHECK(cost.p == expected.p);
  };
  check(33554432, 1073741824, {1 << 20, 8, 1});  // SENSITIVE, which minisign uses
  check(524288, 16777216, {1 << 14, 8, 1});      // INTERACTIVE
  check(signing::default_limits.operations, signing::default_limits.memory, {1 << 17, 8, 1});
  check(32768, 1073741824, {1 << 10, 8, 1});  // few operations
  check(0, 0, {2, 8, 512});                   // rejected
  CHECK_THROWS_AS(signing::laid_over("x", "p", "s", {0, 0}), core::Error);
  CHECK_THROWS_AS(signing::laid_over("x", "p", "s", {~0ULL, ~0ULL}), core::Error);
}

TEST_CASE("codes depend on the key and on each character of the text") {
  const SecretKey key = secret_of(secret_line);
  CHECK(key.code_of("a").size() == 64);
  CHECK(key.code_of("a") == key.code_of("a"));
  CHECK(key.code_of("a") != key.code_of("b"));
  CHECK(key.code_of("a") != SecretKey::generate().code_of("a"));
}
