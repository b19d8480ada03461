// SPDX-License-Identifier: MIT
// The meaning of tags in every form, compared with the tables in tests/data/versions: they were
// made with Python's reference implementation of PEP 440 and the rules of semver.org.
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "core/text/text.hpp"
#include "core/version/pep440.hpp"
#include "core/version/version.hpp"

namespace {

using Row = std::vector<std::string>;

/// The rows of a table, with `cells` each.
std::vector<Row> table(const std::string& name, std::size_t cells) {
  std::ifstream file(std::string(GITEA_RELEASE_SOURCE) + "/tests/data/versions/" + name);
  std::vector<Row> rows;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("# ")) continue;
    Row row;
    for (std::size_t begin = 0; begin <= line.size();) {
      const auto end = std::min(line.find('\t', begin), line.size());
      row.push_back(line.substr(begin, end - begin));
      begin = end + 1;
    }
    INFO(line);
    REQUIRE(row.size() == cells);
    rows.push_back(row);
  }
  return rows;
}

core::Version version(const std::string& text) {
  INFO(text);
  const auto parsed = core::parse_version(text);
  REQUIRE(parsed);
  return *parsed;
}

}  // namespace

TEST_CASE("tags of every form mean what SemVer, PEP 440 and their authors say") {
  const auto rows = table("tags.tsv", 5);
  CHECK(rows.size() >= 200);
  for (const Row& row : rows) {
    const std::string& tag = row[0];
    INFO(tag);
    const auto parsed = core::parse_version(tag);
    CHECK(core::version_prefix(tag) == row[1]);
    CHECK((parsed ? parsed->text : "") == row[2]);
    CHECK((core::is_prerelease(tag) ? "yes" : "no") == row[3]);
    CHECK(core::pep440(tag) == row[4]);
  }
}

TEST_CASE("versions of one scheme are ordered as it says") {
  const auto rows = table("order.tsv", 3);
  CHECK(rows.size() >= 70);
  for (const Row& a : rows) {
    for (const Row& b : rows) {
      if (a[0] != b[0]) continue;
      INFO(a[2] << " and " << b[2]);
      const int left = std::stoi(a[1]);
      const int right = std::stoi(b[1]);
      CHECK((version(a[2]) < version(b[2])) == (left < right));
      CHECK((version(a[2]) == version(b[2])) == (left == right));
    }
  }
}

TEST_CASE("the version of a tag, without its prefix, is the same version") {
  for (const Row& row : table("tags.tsv", 5)) {
    if (row[2].empty()) continue;
    INFO(row[0]);
    CHECK(version(row[2]) == version(row[0]));
    CHECK(version(row[2]).text == row[2]);
    CHECK(core::version_prefix(row[2]).empty());
  }
}
