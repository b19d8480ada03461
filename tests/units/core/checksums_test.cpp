// SPDX-License-Identifier: MIT
#include "core/checksums.hpp"

#include <catch2/catch_test_macros.hpp>
#include <map>

#include "core/error.hpp"

using core::Algorithm;
using core::parse_algorithms;
using Algorithms = std::vector<Algorithm>;

TEST_CASE("checksums are words between commas, blanks or line ends, each once") {
  CHECK(parse_algorithms("").empty());
  CHECK(parse_algorithms("sha256") == Algorithms{Algorithm::sha256});
  CHECK(parse_algorithms(" SHA512,sha256\r\nmd5 sha256") ==
        Algorithms{Algorithm::sha512, Algorithm::sha256, Algorithm::md5});
  CHECK_THROWS_AS(parse_algorithms("sha1"), core::Error);
}

TEST_CASE("the files have the names that people know") {
  const core::SumsNames names;
  CHECK(names.of(Algorithm::sha256) == "SHA256SUMS");
  CHECK(names.of(Algorithm::sha512) == "SHA512SUMS");
  CHECK(names.of(Algorithm::md5) == "MD5SUMS");
  CHECK(names.has("MD5SUMS"));
  CHECK_FALSE(names.has("sha256sums"));
}

TEST_CASE("the files have other names on request, in which the algorithm stands for itself") {
  const Algorithms both = {Algorithm::sha256, Algorithm::sha512};
  const core::SumsNames names("checksums-{algorithm}.txt", both);
  CHECK(names.of(Algorithm::sha256) == "checksums-sha256.txt");
  CHECK(names.of(Algorithm::sha512) == "checksums-sha512.txt");
  CHECK(names.has("checksums-md5.txt"));
  CHECK_FALSE(names.has("SHA256SUMS"));
  CHECK(core::SumsNames("{ALGORITHM}SUMS.{algorithm}", both).of(Algorithm::sha512) ==
        "SHA512SUMS.sha512");
  CHECK(core::SumsNames("checksums.txt", {Algorithm::sha512}).of(Algorithm::sha512) ==
        "checksums.txt");
}

TEST_CASE("a pattern that gives no valid name, or one to several files, says what to write") {
  struct Case {
    const char* pattern;
    Algorithms used;
    const char* message;
  };
  const Algorithms one = {Algorithm::sha256};
  const Algorithms two = {Algorithm::sha256, Algorithm::md5};
  for (const Case& bad : {
           Case{"checksums.txt", two,
                "checksums_name: 'checksums.txt' gives the files of 2 algorithms the same name"},
           Case{"{Algorithm}.txt", one,
                "checksums_name: '{Algorithm}.txt' has braces around something else"},
           Case{"a-{version}.txt", one,
                "checksums_name: 'a-{version}.txt' has braces around something else"},
           Case{"a}", one, "checksums_name: 'a}' has braces around something else"},
           Case{"dist/{algorithm}", one, "checksums_name: 'dist/sha256' has a slash in it"},
           Case{"..", {}, "checksums_name: '..' is a directory's"},
           Case{"a\nb", one, "checksums_name: 'a b' has a control character in it"},
       }) {
    INFO(bad.pattern);
    try {
      core::SumsNames(bad.pattern, bad.used);
      FAIL("no error");
    } catch (const core::Error& error) {
      CHECK(error.message == bad.message);
      CHECK(error.fault == core::Fault::workflow);
      CHECK(error.hint ==
            "Write a file's name such as checksums-{algorithm}.txt: {algorithm} stands for sha256, "
            "{ALGORITHM} for SHA256.");
    }
  }
  const std::string entry = ".{algorithm}.7." + std::string(64, 'a');
  CHECK_THROWS_AS(core::SumsNames(entry, one), core::Error);
}

TEST_CASE("a line has the digest, two blanks and the name, escaped as coreutils does") {
  CHECK(core::render_sums({{"b", "22"}, {"a b", "11"}, {"c\\d", "33"}}) ==
        "11  a b\n22  b\n\\33  c\\\\d\n");
  CHECK(core::render_sums({}).empty());
}

TEST_CASE("what was written is read back the same, names with blanks and backslashes too") {
  const core::Digest digest(64, 'd');
  const std::map<std::string, core::Digest> digests = {
      {"a b", digest}, {"c\\d", digest}, {"e  f", digest}, {"\\\\", digest}, {"ü.tgz", digest}};
  CHECK(core::parse_sums(core::render_sums(digests)) == digests);
  CHECK(core::parse_sums("").empty());
}

TEST_CASE("what coreutils writes for a binary file is read as well") {
  const core::Digest digest(64, 'd');
  using Sums = std::map<std::string, core::Digest>;
  CHECK(core::parse_sums(digest + " *a b\n") == Sums{{"a b", digest}});
  CHECK(core::parse_sums(digest + "  *a\n") == Sums{{"*a", digest}});
  CHECK(core::parse_sums(digest + " *\n").empty());
}

TEST_CASE("lines of another form are passed over, and say nothing of any file") {
  const core::Digest digest(64, 'd');
  const std::string line = digest + "  a\n";
  using Sums = std::map<std::string, core::Digest>;
  const Sums only_a = {{"a", digest}};
  for (const std::string& other :
       {digest + " b", "SHA256 (b) = " + digest, std::string("# of  b"), std::string("zz  b"),
        std::string(64, 'D') + "  b", std::string(63, 'd') + "  b", std::string(65, 'd') + "  b",
        "  " + digest + "  b", digest + "  ", std::string("  "), std::string("\\"),
        std::string()}) {
    INFO(other);
    CHECK(core::parse_sums(line + other) == only_a);
    CHECK(core::parse_sums(other + "\n" + line) == only_a);
  }
  CHECK(core::parse_sums(digest + "  a\r\n") == only_a);
}
