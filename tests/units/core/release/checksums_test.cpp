// SPDX-License-Identifier: MIT
#include "core/release/checksums.hpp"

#include <catch2/catch_test_macros.hpp>
#include <map>

#include "core/error.hpp"
#include "core/release/asset_name.hpp"

using core::Algorithm;
using Algorithms = std::vector<Algorithm>;

namespace {

Algorithms parse_algorithms(const std::string& text) {
  return core::parse_requested_checksums(text).algorithms;
}

}  // namespace

TEST_CASE("'checksums' is a list of unique words, separated by commas, blanks or line ends") {
  CHECK(parse_algorithms("").empty());
  CHECK(parse_algorithms("sha256") == Algorithms{Algorithm::sha256});
  CHECK(parse_algorithms(" SHA512,sha256\r\nmd5 sha256") ==
        Algorithms{Algorithm::sha512, Algorithm::sha256, Algorithm::md5});
  CHECK_THROWS_AS(parse_algorithms("sha1"), core::Error);
}

TEST_CASE("per-file is a word among the algorithms, and says nothing without one") {
  const core::RequestedChecksums requested = core::parse_requested_checksums("sha256, Per-File");
  CHECK(requested.per_file);
  CHECK(requested.algorithms == Algorithms{Algorithm::sha256});
  CHECK_FALSE(core::parse_requested_checksums("sha256").per_file);
  CHECK_THROWS_AS(core::parse_requested_checksums("per-file"), core::Error);
}

TEST_CASE("the file of an asset has its name, and belongs to it") {
  core::ChecksumNames names;
  CHECK_FALSE(names.of_asset("app.zip", Algorithm::sha256));
  CHECK_FALSE(names.has("app.zip.sha256"));
  names.add_per_file({Algorithm::sha256, Algorithm::md5});
  CHECK(names.of_asset("app.zip", Algorithm::sha256) == "app.zip.sha256");
  CHECK(names.of_asset("app.zip", Algorithm::md5) == "app.zip.md5");
  CHECK_FALSE(names.of_asset("app.zip", Algorithm::sha512));
  CHECK_FALSE(names.of_asset(std::string(250, 'a'), Algorithm::sha256));
  CHECK(names.asset_of("app.zip.sha256") == "app.zip");
  CHECK_FALSE(names.asset_of("app.zip"));
  CHECK_FALSE(names.asset_of(".sha256"));
  CHECK(names.has("app.zip.md5"));
  CHECK(names.has("SHA256SUMS"));
  CHECK_FALSE(names.has("app.zip.sha512"));
}

TEST_CASE("the file of an asset is never taken for an announcement") {
  core::ChecksumNames names;
  names.add_per_file({Algorithm::sha256});
  for (const std::string name : {"app.zip", ".sha256.5", ".sha256", ".sha256.5.abc"}) {
    INFO(name);
    CHECK_FALSE(core::is_own_asset_name(*names.of_asset(name, Algorithm::sha256)));
  }
}

TEST_CASE("checksum files have the usual names") {
  const core::ChecksumNames names;
  CHECK(names.of(Algorithm::sha256) == "SHA256SUMS");
  CHECK(names.of(Algorithm::sha512) == "SHA512SUMS");
  CHECK(names.of(Algorithm::md5) == "MD5SUMS");
  CHECK(names.has("MD5SUMS"));
  CHECK_FALSE(names.has("sha256sums"));
}

TEST_CASE("checksum files can have other names, in which a placeholder is the algorithm") {
  const Algorithms both = {Algorithm::sha256, Algorithm::sha512};
  const core::ChecksumNames names("checksums-{algorithm}.txt", both);
  CHECK(names.of(Algorithm::sha256) == "checksums-sha256.txt");
  CHECK(names.of(Algorithm::sha512) == "checksums-sha512.txt");
  CHECK(names.has("checksums-md5.txt"));
  CHECK_FALSE(names.has("SHA256SUMS"));
  CHECK(core::ChecksumNames("{ALGORITHM}SUMS.{algorithm}", both).of(Algorithm::sha512) ==
        "SHA512SUMS.sha512");
  CHECK(core::ChecksumNames("checksums.txt", {Algorithm::sha512}).of(Algorithm::sha512) ==
        "checksums.txt");
}

TEST_CASE(
    "a pattern that gives an invalid name, or one name to several files, says what to write") {
  struct Case {
    const char* pattern;
    Algorithms used;
    const char* message;
  };
  const Algorithms one = {Algorithm::sha256};
  const Algorithms two = {Algorithm::sha256, Algorithm::md5};
  for (const Case& bad : {
           Case{"checksums.txt", two,
                "checksums_name: 'checksums.txt' gives the same name to the files of 2 algorithms"},
           Case{"{Algorithm}.txt", one,
                "checksums_name: '{Algorithm}.txt' contains braces other than {algorithm} and "
                "{ALGORITHM}"},
           Case{"a-{version}.txt", one,
                "checksums_name: 'a-{version}.txt' contains braces other than {algorithm} and "
                "{ALGORITHM}"},
           Case{"a}", one,
                "checksums_name: 'a}' contains braces other than {algorithm} and {ALGORITHM}"},
           Case{"dist/{algorithm}", one, "checksums_name: 'dist/sha256' contains a slash"},
           Case{"..", {}, "checksums_name: '..' is the name of a directory"},
           Case{"a\nb", one, "checksums_name: 'a b' contains a control character"},
       }) {
    INFO(bad.pattern);
    try {
      core::ChecksumNames(bad.pattern, bad.used);
      FAIL("no error");
    } catch (const core::Error& error) {
      CHECK(error.message == bad.message);
      CHECK(error.fault == core::Fault::workflow);
      CHECK(error.hint ==
            "Write a file name such as checksums-{algorithm}.txt: {algorithm} becomes sha256, "
            "{ALGORITHM} becomes SHA256.");
    }
  }
  const std::string entry = ".{algorithm}.7." + std::string(64, 'a');
  CHECK_THROWS_AS(core::ChecksumNames(entry, one), core::Error);
}

TEST_CASE("a line is digest, two blanks and name, escaped like coreutils does") {
  CHECK(core::render_checksums({{"b", "22"}, {"a b", "11"}, {"c\\d", "33"}}) ==
        "11  a b\n22  b\n\\33  c\\\\d\n");
  CHECK(core::render_checksums({}).empty());
}

TEST_CASE("written lines are read back unchanged, even with blanks and backslashes in names") {
  const core::Digest digest(64, 'd');
  const std::map<std::string, core::Digest> digests = {
      {"a b", digest}, {"c\\d", digest}, {"e  f", digest}, {"\\\\", digest}, {"ü.tgz", digest}};
  CHECK(core::parse_checksums(core::render_checksums(digests)) == digests);
  CHECK(core::parse_checksums("").empty());
}

TEST_CASE("a line that coreutils writes for a binary file is read as well") {
  const core::Digest digest(64, 'd');
  using ChecksumFile = std::map<std::string, core::Digest>;
  CHECK(core::parse_checksums(digest + " *a b\n") == ChecksumFile{{"a b", digest}});
  CHECK(core::parse_checksums(digest + "  *a\n") == ChecksumFile{{"*a", digest}});
  CHECK(core::parse_checksums(digest + " *\n").empty());
}

TEST_CASE("lines in another format are skipped") {
  const core::Digest digest(64, 'd');
  const std::string line = digest + "  a\n";
  using ChecksumFile = std::map<std::string, core::Digest>;
  const ChecksumFile only_a = {{"a", digest}};
  for (const std::string& other :
       {digest + " b", "SHA256 (b) = " + digest, std::string("# of  b"), std::string("zz  b"),
        std::string(64, 'D') + "  b", std::string(63, 'd') + "  b", std::string(65, 'd') + "  b",
        "  " + digest + "  b", digest + "  ", std::string("  "), std::string("\\"),
        std::string()}) {
    INFO(other);
    CHECK(core::parse_checksums(line + other) == only_a);
    CHECK(core::parse_checksums(other + "\n" + line) == only_a);
  }
  CHECK(core::parse_checksums(digest + "  a\r\n") == only_a);
}
