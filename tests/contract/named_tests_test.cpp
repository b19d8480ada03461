// SPDX-License-Identifier: MIT
// A document that says which test proves something names tests that exist.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "core/text/text.hpp"

namespace {

namespace fs = std::filesystem;

const fs::path source = GITEA_RELEASE_SOURCE;
const std::string package = "release_updater";

std::string read(const fs::path& path) {
  std::ifstream file(path);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

/// The first group of every match.
std::vector<std::string> all_of(const std::string& text, const std::regex& pattern) {
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), pattern), end; at != end; ++at) {
    found.push_back((*at)[1]);
  }
  return found;
}

std::string with_blanks(std::string name) {
  for (char& c : name) c = c == '_' ? ' ' : c;
  return name;
}

/// The files below a folder of tests, with this extension.
std::vector<fs::path> files_of(const std::string& folder, const std::string& extension) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(source / folder)) {
    if (entry.path().extension() == extension) files.push_back(entry.path());
  }
  return files;
}

/// The names of CTest, with the functions of pytest where a CTest test has several.
using Tests = std::map<std::string, std::set<std::string>>;

/// As Catch2 and tests/CMakeLists.txt name them.
void add_catch_tests(Tests& tests, const std::string& prefix, const std::string& folder) {
  static const std::regex test_case(R"re(TEST_CASE\(\s*"([^"]*(?:"\s*"[^"]*)*)")re");
  static const std::regex seam("\"\\s*\"");
  for (const fs::path& file : files_of(folder, ".cpp")) {
    for (const std::string& name : all_of(read(file), test_case)) {
      tests[prefix + ": " + std::regex_replace(name, seam, "")];
    }
  }
}

const std::regex test_function(R"(\ndef (test_\w+))");

/// As tests/python_app/CMakeLists.txt names them: one for each function.
void add_template_tests(Tests& tests) {
  for (const fs::path& file : files_of("tests/python_app", ".py")) {
    for (const std::string& name : all_of(read(file), test_function)) {
      tests["python_app: " + with_blanks(name.substr(std::string("test_").size()))];
    }
  }
}

/// As python/tests/CMakeLists.txt names them: one for each file.
void add_package_tests(Tests& tests) {
  for (const fs::path& file : files_of("python/tests", ".py")) {
    const std::string stem = file.stem().string();
    if (!stem.starts_with("test_")) continue;
    const bool in_browser = file.parent_path().filename() == "browser";
    const std::string name = with_blanks(stem.substr(std::string("test_").size()));
    for (const std::string& function : all_of(read(file), test_function)) {
      tests[package + ": " + name + (in_browser ? " in the browser" : "")].insert(function);
    }
  }
}

Tests all_tests() {
  Tests tests;
  add_catch_tests(tests, "core", "tests/units/core");
  add_catch_tests(tests, "launcher", "tests/launcher");
  add_catch_tests(tests, "launcher_fetch", "tests/units/launcher_fetch");
  add_catch_tests(tests, "launcher_units", "tests/units/launcher");
  add_catch_tests(tests, "scenarios", "tests/scenarios");
  add_template_tests(tests);
  add_package_tests(tests);
  return tests;
}

/// The last cell of each row of the tables in a document.
std::vector<std::string> last_cells(const std::string& document) {
  std::vector<std::string> cells;
  for (const std::string& line : core::lines(document)) {
    if (!line.starts_with("| ") || line.starts_with("| the guide")) continue;
    const std::string row = line.substr(0, line.rfind('|'));
    cells.push_back(row.substr(row.rfind('|') + 1));
  }
  return cells;
}

}  // namespace

TEST_CASE("each row of docs/in-app-updates.md names tests that exist") {
  const Tests tests = all_tests();
  const std::vector<std::string> cells = last_cells(read(source / "docs/in-app-updates.md"));
  CHECK(cells.size() > 50);
  for (const std::string& cell : cells) {
    std::string test;
    for (const std::string& name : all_of(cell, std::regex("`([^`]+)`"))) {
      INFO(name << " in:" << cell);
      if (name.starts_with("test_")) {
        REQUIRE(tests.contains(test));
        CHECK(tests.at(test).contains(name));
      } else {
        test = name;
        CHECK(tests.contains(test));
      }
    }
    INFO("the row has no test:" << cell);
    CHECK_FALSE(test.empty());
  }
}
