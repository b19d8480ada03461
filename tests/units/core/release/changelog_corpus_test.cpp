// SPDX-License-Identifier: MIT
// The sections of changelogs in every form: tests/data/changelogs has one of each.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/release/changelog.hpp"
#include "core/text/text.hpp"

namespace {

namespace fs = std::filesystem;

/// The parts of a case: its header, the changelog, and the section.
std::vector<std::string> parts_of(const fs::path& path) {
  std::vector<std::string> parts(1);
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);) {
    if (line == "%%%") {
      parts.emplace_back();
    } else {
      parts.back() += line + "\n";
    }
  }
  REQUIRE(parts.size() == 3);
  return parts;
}

/// The section without its last line end, or "! " and the error.
std::string section(const std::string& changelog, const std::string& tag, const std::string& file) {
  try {
    return core::changelog_section(changelog, tag, file);
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::workflow);
    return "! " + error.message;
  }
}

}  // namespace

TEST_CASE("from every form of changelog the same section is taken that a person would choose") {
  int count = 0;
  for (const auto& entry :
       fs::directory_iterator(std::string(GITEA_RELEASE_SOURCE) + "/tests/data/changelogs")) {
    if (entry.path().extension() != ".txt") continue;
    ++count;
    const auto parts = parts_of(entry.path());
    const std::string head(core::trim(parts[0]));
    const auto in = head.find(" in ");
    const std::string found = section(parts[1], head.substr(0, in), head.substr(in + 4));
    INFO(entry.path().filename());
    if (parts[2].starts_with("! ")) {
      CHECK(found.starts_with("! "));
      CHECK(found.find(core::trim(parts[2].substr(2))) != std::string::npos);
    } else {
      CHECK(found + "\n" == parts[2]);
    }
  }
  CHECK(count >= 40);
}
