// SPDX-License-Identifier: MIT
// What both builds hold, as the fixture made them.
#include <catch2/catch_test_macros.hpp>
#include <sstream>

#include "python_app/project.hpp"
#include "support/workspace.hpp"

using python_app::Built;
using python_app::Project;
using support::read_file;

namespace fs = std::filesystem;

namespace {

std::string facts(const fs::path& tree) {
  const auto ended = python_app::script("tree_facts.py", {tree.string()});
  INFO(ended.output);
  REQUIRE(ended.status == 0);
  return ended.output;
}

std::vector<std::string> lines_of(const std::string& text, const std::string& start) {
  std::istringstream lines(text);
  std::vector<std::string> result;
  for (std::string line; std::getline(lines, line);) {
    if (line.compare(0, start.size(), start) == 0) result.push_back(line.substr(start.size()));
  }
  return result;
}

bool has(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

std::vector<std::string> entries(const fs::path& archive) {
  const bool zip = archive.extension() == ".zip";
  const auto ended = python_app::run(zip ? std::vector<std::string>{"unzip", "-Z1", archive}
                                         : std::vector<std::string>{"tar", "-tzf", archive},
                                     "/");
  REQUIRE(ended.status == 0);
  return lines_of(ended.output, "");
}

}  // namespace

// Rows "4.2, Linux wheels in a Windows bundle" and "3, markers are those of the host".
TEST_CASE("Windows gets the packages and libraries of Windows, Linux those of Linux", "[built]") {
  const Built built;
  const std::string on_windows = facts(built.windows_tree);
  const std::string on_linux = facts(built.linux_tree);
  CHECK(lines_of(on_windows, "library ").size() > 30);
  for (const std::string& library : lines_of(on_windows, "library ")) {
    INFO(library);
    CHECK(has(library, " pe-8664"));
  }
  CHECK(lines_of(on_linux, "library ").size() > 10);
  for (const std::string& library : lines_of(on_linux, "library ")) {
    INFO(library);
    CHECK(has(library, " elf-62"));
  }
  CHECK(has(on_windows, "package tzdata "));
  CHECK(!has(on_linux, "package tzdata "));
  CHECK(has(on_linux, "package uvloop "));
  CHECK(!has(on_windows, "uvloop"));
  CHECK(!fs::exists(built.windows_tree / "python/Lib/site-packages/uvloop"));
}

// Rows "10.1 + 5" and "10.1 + 4.2": the project itself is installed, as the tag says.
TEST_CASE("both trees hold the project in the version of the tag", "[built]") {
  const Built built;
  for (const fs::path& tree : {built.windows_tree, built.linux_tree}) {
    INFO(tree);
    CHECK(lines_of(facts(tree), "package your_app") ==
          std::vector<std::string>{" 1.2.0 METADATA INSTALLER RECORD"});
  }
}

// Rows "10.1 vs 4.3, delete *.dist-info" and "4.2, unzip": packages are installed, and stay whole.
TEST_CASE("every package keeps its metadata, entry points and licence, and no folder .data",
          "[built]") {
  const Built built;
  for (const fs::path& tree : {built.windows_tree, built.linux_tree}) {
    const std::string all = facts(tree);
    CHECK(lines_of(all, "package ").size() > 15);
    for (const std::string& package : lines_of(all, "package ")) {
      INFO(package);
      CHECK(has(package, " METADATA INSTALLER RECORD"));
    }
    for (const auto& entry : fs::recursive_directory_iterator(tree)) {
      const std::string name = entry.path().filename();
      INFO(entry.path());
      CHECK(entry.path().extension() != ".data");
      CHECK(name != "direct_url.json");  // would name the folder of the build
    }
  }
  const auto kept = python_app::run(
      {"find", built.windows_tree.string(), "-path", "*/uvicorn-*.dist-info/*"}, "/");
  CHECK(has(kept.output, "/entry_points.txt\n"));
  CHECK(has(kept.output, "/licenses/LICENSE"));
}

TEST_CASE("no file of a tree is one of uv's cache", "[built]") {
  const Built built;
  for (const fs::path& tree : {built.windows_tree, built.linux_tree}) {
    CHECK(python_app::run({"find", tree.string(), "-type", "f", "-links", "+1"}, "/").output == "");
  }
}

// Rows "4.3, strip" and "4.3, delete *.py": no file of a package was changed.
TEST_CASE("what is left of a package is as its author published it", "[built]") {
  const Built built;
  CHECK(lines_of(facts(built.windows_tree), "changed ").empty());
  CHECK(lines_of(facts(built.linux_tree), "changed ").empty());
  CHECK(fs::exists(built.linux_tree / "python/lib/python3.11/site-packages/starlette/status.py"));
}

TEST_CASE("what nobody needs at run time is left out", "[built]") {
  const Built built;
  for (const fs::path& tree : {built.windows_tree, built.linux_tree}) {
    for (const auto& entry : fs::recursive_directory_iterator(tree)) {
      INFO(entry.path());
      const std::string name = entry.path().filename();
      CHECK(name != "__pycache__");
      CHECK(name != "pip");
      CHECK(name != "setuptools");
      CHECK(entry.path().extension() != ".pyi");
    }
    CHECK(!fs::exists(tree / "app/bin"));
  }
}

// Row "4.1, echo >> ._pth".
TEST_CASE("Windows' Python looks at its own folder and at app, and nowhere else", "[built]") {
  const Built built;
  CHECK(read_file(built.windows_tree / "python/python311._pth") ==
        "python311.zip\r\n.\r\n..\\app\r\nimport site\r\n");
}

// Row "5, tar dist/": the folder in the archive is the application's.
TEST_CASE("both archives have one root folder, the application's name", "[built]") {
  const Built built;
  for (const fs::path& archive : {built.zip, built.tarball}) {
    const auto names = entries(archive);
    CHECK(names.size() > 500);
    for (const std::string& name : names) {
      INFO(name);
      CHECK(name.compare(0, 9, "your-app/") == 0);
    }
  }
}

TEST_CASE("nothing in the archives says where they were built", "[built]") {
  const Built built;
  for (const fs::path& tree : {built.windows_tree, built.linux_tree}) {
    const auto found =
        python_app::run({"grep", "-rlF", built.project.string(), tree.string()}, "/");
    INFO(found.output);
    CHECK(found.status == 1);  // no match
  }
}

TEST_CASE("the same commit gives the same archive in another folder", "[built]") {
  const Built built;
  const Project project;
  const auto ended = project.packaging(
      "build-windows.sh", {"v1.2.0"},
      python_app::environment({{"SOURCE_DATE_EPOCH", "1767225600"}, {"NSIS_COMPRESSOR", "zlib"}}));
  INFO(ended.output);
  REQUIRE(ended.status == 0);
  const bool same =
      read_file(project.path() / "build" / built.zip.filename()) == read_file(built.zip);
  CHECK(same);
  const auto packed = project.run({"python3", "packaging/archive.py", built.linux_tree.string(),
                                   (project.path() / "again.tar.gz").string()},
                                  python_app::environment({{"SOURCE_DATE_EPOCH", "1767225600"}}));
  INFO(packed.output);
  const bool same_tar = read_file(project.path() / "again.tar.gz") == read_file(built.tarball);
  CHECK(same_tar);
}
