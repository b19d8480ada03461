// SPDX-License-Identifier: MIT
// The signed SHA256SUMS, which is read strictly.
#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>

#include "core/error.hpp"
#include "core/release/checksums.hpp"

using Catch::Matchers::ContainsSubstring;

namespace {

const std::string digest(64, 'a');

/// The error message, "" if there is none.
std::string refusal(const std::string& text) {
  try {
    core::parse_signed_checksums(text);
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::failed);
    return error.message;
  }
  return "";
}

std::string line(const std::string& name) { return digest + "  " + name + "\n"; }

}  // namespace

TEST_CASE("a signed SHA256SUMS is read back as it was written") {
  const std::map<std::string, core::Digest> digests = {
      {"app.tar.gz", digest}, {"b c*", std::string(64, '0')}, {"\xC3\xA4\xC2\xA0", digest}};
  CHECK(core::parse_signed_checksums(core::render_checksums(digests)) == digests);
  CHECK(core::parse_signed_checksums("").empty());
}

TEST_CASE("a line that is not digest, two blanks, name and LF is rejected") {
  for (const std::string& text :
       {digest + "  app", digest + " app\n", digest + " *app\n", digest + "\tapp\n", digest + "\n",
        digest.substr(1) + "  app\n", digest + "a  app\n", std::string(64, 'A') + "  app\n",
        "\\" + line("app"), " " + line("app"), "# " + line("app"), line("app") + "\n",
        std::string("\n"), std::string("x"), digest + "  app\r\n", std::string(63, 'a') + "\n",
        "\xEF\xBB\xBF" + line("app"), std::string("SHA256 (app) = ") + digest + "\n"}) {
    INFO(text);
    CHECK(!refusal(text).empty());
  }
  CHECK_THAT(refusal(line("a") + digest + " *app\n"), ContainsSubstring("line 2 does not begin"));
}

TEST_CASE("names that other programs may misinterpret are rejected") {
  for (const std::string name :
       {"", ".", "..", "a/b", "a\\b", "a\x01", "a\x7F", "a\xC2\x85", "a\xFF", " a", "a ", "a\tb"}) {
    INFO(name);
    CHECK(!core::fault_of_signed_name(name).empty());
    CHECK(!refusal(line(name)).empty());
  }
  CHECK(core::fault_of_signed_name("\xC3\x85 1.0 (\xE2\x82\xAC).zip").empty());
}

TEST_CASE("a duplicate name is rejected, even in different case") {
  CHECK_THAT(refusal(line("app") + line("app")), ContainsSubstring("app is listed twice"));
  CHECK_THAT(refusal(line("App") + line("app")), ContainsSubstring("app is listed twice"));
}

TEST_CASE("a SHA256SUMS has 1 MiB and 10,000 lines at most") {
  std::string text;
  for (int i = 0; i < 10'000; ++i) text += line(std::to_string(i));
  CHECK(refusal(text).empty());
  CHECK_THAT(refusal(text + line("x")), ContainsSubstring("more than 10,000 lines"));
  text.clear();
  while (text.size() <= 1 << 20) text += line(std::string(200, 'x') + std::to_string(text.size()));
  CHECK_THAT(refusal(text), ContainsSubstring("larger than 1 MiB"));
}

TEST_CASE("each byte counts") {
  const std::string text = line("app") + line("lib");
  const auto whole = core::parse_signed_checksums(text);
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const int mask : {1, 2, 4, 8, 16, 32, 64, 128}) {
      std::string broken = text;
      broken[at] = static_cast<char>(broken[at] ^ mask);
      INFO(broken);
      CHECK((!refusal(broken).empty() || core::parse_signed_checksums(broken) != whole));
    }
  }
}
