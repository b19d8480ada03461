// SPDX-License-Identifier: MIT
// Stamping random files.
#include <catch2/catch_test_macros.hpp>
#include <random>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/version/stamp.hpp"

TEST_CASE("whatever a file contains, reading ends, and stamping changes one place or none") {
  const std::vector<std::string> parts = {"[project]\nversion = \"1.0\"\n",
                                          "{\"version\":\"1.0\"}",
                                          "project(a VERSION 1.0)",
                                          "[package]\nversion='1'\n",
                                          "[project]",
                                          "version",
                                          " = ",
                                          "\"1.0\"",
                                          "'2.0'",
                                          "\n",
                                          "\"\"\"",
                                          "'''",
                                          "[",
                                          "]",
                                          "{",
                                          "}",
                                          "#",
                                          "\\",
                                          ",",
                                          "\"",
                                          ":",
                                          "package",
                                          ".",
                                          "3.0",
                                          ")",
                                          "project(",
                                          "VERSION ",
                                          "[=[",
                                          "]=]",
                                          "[[",
                                          "\"version\""};
  std::minstd_rand random(20260101);
  const char* places[] = {"pyproject.toml", "package.json", "Cargo.toml", "CMakeLists.txt"};
  int stamps = 0;
  for (int i = 0; i < 40'000; ++i) {
    std::string text;
    for (auto count = random() % 8; count > 0; --count) text += parts[random() % parts.size()];
    const char* place = places[random() % 4];
    INFO(place << ":\n" << text);
    std::string after;
    try {
      after = core::stamped(core::parse_version_place(place), text, "v77.0.0");
    } catch (const core::Error&) {
      continue;
    }
    ++stamps;
    const auto at = after.find("77.0.0");
    REQUIRE(at != std::string::npos);
    REQUIRE(text.starts_with(after.substr(0, at)));
    REQUIRE(text.ends_with(after.substr(at + 6)));
    REQUIRE(core::read_version(core::parse_version_place(place), after) == "77.0.0");
  }
  CHECK(stamps > 1000);
}
