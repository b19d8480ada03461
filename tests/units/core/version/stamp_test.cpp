// SPDX-License-Identifier: MIT
#include "core/version/stamp.hpp"

#include <catch2/catch_test_macros.hpp>
#include <vector>

#include "core/error.hpp"

using core::parse_version_place;
using core::read_version;
using core::stamped;

namespace {

std::string read(const char* place, const std::string& text) {
  return read_version(parse_version_place(place), text).value_or("(none)");
}

std::string stamp(const char* place, const std::string& text, const char* tag = "v2.0.0") {
  return stamped(parse_version_place(place), text, tag);
}

/// The message and hint of the error that `work` throws.
template <typename Work>
std::string refusal(Work work) {
  try {
    work();
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::workflow);
    return error.message + " | " + error.hint;
  }
  return "(no error)";
}

/// A project file with every trap in it: other tables, strings and comments that look like the
/// version, CRLF, unusual blanks.
const std::string pyproject =
    "# version = \"9\"\r\n"
    "[build-system]\r\n"
    "requires = [\"hatchling\"]\r\n"
    "version = \"7.7.7\"\r\n"
    "\r\n"
    "[project]  # of this table only\r\n"
    "name = \"app\"\r\n"
    "description = \"\"\"\r\n"
    "version = \"8\"\r\n"
    "[tool.x]\r\n"
    "\"\"\"\r\n"
    "dependencies = [\r\n"
    "  \"x[version] == 1\", # ]\r\n"
    "  'y',\r\n"
    "]\r\n"
    "version\t=  '1.0.0'   # stamped by the build\r\n"
    "urls = { version = \"6\", home = \"https://h/#a\" }\r\n"
    "\r\n"
    "[project.optional-dependencies]\r\n"
    "version = [\"5\"]\r\n"
    "[[tool.list]]\r\n"
    "version = \"4\"\r\n"
    "[tool.demo]\r\n"
    "version = \"3\"";

std::string replaced(std::string text, const std::string& what, const std::string& with) {
  return text.replace(text.find(what), what.size(), with);
}

}  // namespace

TEST_CASE("in a pyproject.toml only the version of [project] counts, and no other byte changes") {
  CHECK(read("pyproject.toml", pyproject) == "1.0.0");
  CHECK(stamp("server/pyproject.toml", pyproject) == replaced(pyproject, "'1.0.0'", "'2.0.0'"));
}

TEST_CASE("all spellings of a TOML key are recognized") {
  for (const char* text : {"[project]\nversion = \"1.0.0\"", "[ project ]\n\"version\" = '1.0.0'\n",
                           "['project']\nversion=\"1.0.0\"", "project.version = \"1.0.0\"",
                           "\xEF\xBB\xBF[project]\nversion = \"1.0.0\"\n",
                           "[project]\nx = \"a\\\"\\n[tool]\"\nversion = \"1.0.0\""}) {
    INFO(text);
    CHECK(read("pyproject.toml", text) == "1.0.0");
    CHECK(stamp("pyproject.toml", text) == replaced(text, "1.0.0", "2.0.0"));
  }
}

TEST_CASE("a pyproject.toml without its own version gives none and is not stamped") {
  for (const char* text : {"",
                           "[project]\nname = \"x\"\ndynamic = [\"version\"]\n[tool.a]\n"
                           "version = \"7.7.7\"",
                           "version = \"1.0\"", "[[project]]\nversion = \"1.0\"",
                           "[project.version]\nversion = \"1.0\"", "[project]\nversion = 1",
                           "[project]\nversion.x = \"1.0\"", "[project\nversion = \"1\""}) {
    INFO(text);
    CHECK(read("pyproject.toml", text) == "(none)");
    CHECK(refusal([&] {
            stamp("pyproject.toml", text);
          }).starts_with("pyproject.toml has no version in its table [project]"));
  }
}

TEST_CASE("two places for a version are reported with their lines, and none is written") {
  const std::string twice = "[project]\nversion = \"1\"\n\nversion = \"2\"\n";
  CHECK(refusal([&] { stamp("pyproject.toml", twice); }).find("(lines 2, 4)") != std::string::npos);
  CHECK(refusal([&] { read("pyproject.toml", twice); }).find("(lines 2, 4)") != std::string::npos);
  const std::string json = "{\"version\":\"1\",\n\"version\":\"2\"}";
  CHECK(refusal([&] { stamp("package.json", json); }).find("(lines 1, 2)") != std::string::npos);
  CHECK(refusal([&] { stamp("a.txt => v(\\d)", "v1 v2"); }).find("(lines 1, 1)") !=
        std::string::npos);
}

TEST_CASE("pyproject.toml is stamped in the form of PEP 440") {
  const std::string text = "[project]\nversion = \"0.0.0\"\n";
  CHECK(stamp("pyproject.toml", text, "v0.3.0-alpha.1") == replaced(text, "0.0.0", "0.3.0a1"));
  CHECK(refusal([&] {
          stamp("pyproject.toml", text, "v1.0.0-nightly");
        }).find("cannot hold the version 'v1.0.0-nightly'") != std::string::npos);
}

TEST_CASE("in a package.json only the version of the top-level object counts") {
  const std::string text = R"({
	"name" : "version",
	"engines": {"version": "9.9.9"},
	"keywords": ["version", "8.8.8"],
	"note": "\"version\": \"7\"",
	"version"  :	"1.0.0",
	"other": [{"version": "6.6.6"}]
}
)";
  CHECK(read("web/package.json", text) == "1.0.0");
  CHECK(stamp("package.json", text, "v2.0.0-rc.1") == replaced(text, "1.0.0", "2.0.0-rc.1"));
  for (const char* none : {"{}", "[]", R"({"version":1})", R"({"version":{"version":"1.0.0"}})",
                           R"([{"version":"1.0.0"}])", R"({"version":null,"x":"1.0.0"})"}) {
    INFO(none);
    CHECK(read("package.json", none) == "(none)");
    CHECK(refusal([&] { stamp("package.json", none); }).starts_with("package.json has no"));
  }
  CHECK(refusal([&] {
          stamp("package.json", "{\"version\":\"1\"");
        }).starts_with("package.json: invalid JSON"));
}

TEST_CASE("a Cargo.toml has its version in [package], that of a workspace in [workspace.package]") {
  const std::string crate =
      "[package]\nname = \"x\"\nversion = \"1.0.0\"\n[dependencies]\nserde = { version = \"1.0\" "
      "}\n"
      "[dependencies.tokio]\nversion = \"1.9\"\n";
  CHECK(read("Cargo.toml", crate) == "1.0.0");
  CHECK(stamp("Cargo.toml", crate) == replaced(crate, "1.0.0", "2.0.0"));
  const std::string workspace =
      "[workspace]\nmembers = [\"a\"]\n[workspace.package]\nversion = \"1.0.0\"\n";
  CHECK(stamp("Cargo.toml", workspace) == replaced(workspace, "1.0.0", "2.0.0"));
  const std::string member = "[package]\nname = \"a\"\nversion.workspace = true\n";
  CHECK(read("Cargo.toml", member) == "(none)");
}

TEST_CASE("npm and Cargo only read SemVer") {
  const std::string text = "{\"version\":\"1.0.0\"}";
  for (const char* tag : {"v2", "1.2.0rc1", "1!2.0.0", "2024.01.05", "1.2.3.4", "1.0.post1"}) {
    INFO(tag);
    CHECK(refusal([&] { stamp("package.json", text, tag); }).find("cannot hold") !=
          std::string::npos);
  }
  CHECK(stamp("package.json", text, "app/v1.2.3-rc.1+b.5") == "{\"version\":\"1.2.3-rc.1+b.5\"}");
}

TEST_CASE("in a CMakeLists.txt the numbers in the call of project count") {
  const std::string text = R"cmake(# project(x VERSION 9.0)
#[[ project(x VERSION 8.0) ]]
cmake_minimum_required(VERSION 3.22)
message("project(x VERSION 7.0)")
set(text [=[ project(x VERSION 6.0) ]] ]=])
Project (app # VERSION 5.0
  VERSION "1.0.0" LANGUAGES CXX)
find_package(fmt VERSION 4.0)
)cmake";
  CHECK(read("CMakeLists.txt", text) == "1.0.0");
  CHECK(stamp("CMakeLists.txt", text, "v2.1.0-rc.1") == replaced(text, "1.0.0", "2.1.0"));
  for (const char* none : {"project(app)", "project(app VERSION ${V})", "", "project(",
                           "myproject(a VERSION 1.0)", "project(a \"VERSION\\\" 1.0"}) {
    INFO(none);
    CHECK(read("CMakeLists.txt", none) == "(none)");
  }
  CHECK(refusal([&] {
          stamp("CMakeLists.txt", "project(a VERSION 1)", "1.2.3.4.5");
        }).find("cannot hold") != std::string::npos);
}

TEST_CASE("a pattern finds the version in any file, line by line") {
  const std::string text = "a = '1.0'\r\n__version__ = '1.0.0'\r\nb = '1.0'\r\n";
  const char* place = "src/app/__init__.py => ^__version__ = '([^']+)'$";
  CHECK(read(place, text) == "1.0.0");
  CHECK(stamp(place, text, "v2.0.0-rc.1") == replaced(text, "1.0.0", "2.0.0-rc.1"));
  CHECK(stamp("a.php => 'version' => '(.*)'", "'version' => '1'") == "'version' => '2.0.0'");
  CHECK(stamp("VERSION => ^(.+)$", "1.0\n\n") == "2.0.0\n\n");
  CHECK(refusal([&] {
          stamp("a.txt => ^v(\\d)$", "x");
        }).starts_with("a.txt has no line that the pattern matches"));
}

TEST_CASE("a line that is too long for a pattern is skipped, however long it is") {
  CHECK(read("a.min.js => v=\"(.*)\"", "v=\"1.0.0\"" + std::string(5'000'000, ' ')) == "(none)");
}

TEST_CASE("a pattern has a limit of work for the whole file, and the message names the place") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "name = \"" + std::string(1000, 'a') + "\"\n";
  text += "version = \"1.0.0\"\n";
  const std::string slow = refusal([&] { read("setup.cfg => (?:a*)*version = \"(.*)\"", text); });
  CHECK(slow.starts_with(
      "setup.cfg, line 1: matching the pattern '(?:a*)*version = \"(.*)\"' takes too long"));
  CHECK(slow.find("Begin it with ^ or with fixed text") != std::string::npos);
  const std::string many = refusal([&] { read("setup.cfg => [a-z]*version = \"(.*)\"", text); });
  CHECK(many.starts_with("setup.cfg, line "));
  CHECK_FALSE(many.starts_with("setup.cfg, line 1:"));
  CHECK(read("setup.cfg => .*version = \"(.*)\"", text) == "1.0.0");
  CHECK(read("setup.cfg => ^[a-z]*version = \"(.*)\"", text) == "1.0.0");
}

TEST_CASE("a file of one MiB is within the limit of work for usual patterns") {
  std::string text;
  while (text.size() < (std::size_t{1} << 20)) text += "name = \"version of something else\"\n";
  text += "version = \"1.0.0\"\n";
  for (const char* pattern : {"a => version = \"(.*)\"", "a => ^version\\s*=\\s*\"([^\"]+)\"$",
                              "a => .*version = \"(\\d.*)\"", "a => \\bversion = .(.*)\""}) {
    INFO(pattern);
    CHECK(read(pattern, text) == "1.0.0");
  }
}

TEST_CASE("a pattern must be valid and have one group") {
  CHECK(refusal([] {
          parse_version_place("a => x");
        }).starts_with("a: the pattern 'x' has 0 groups"));
  CHECK(refusal([] { parse_version_place("a => (x)(y)"); }).find("has 2 groups") !=
        std::string::npos);
  CHECK(refusal([] {
          parse_version_place("a => (x");
        }).starts_with("a: '(x' is not a valid regular expr"));
}

TEST_CASE("a file with an unknown name needs a pattern") {
  for (const char* path : {"setup.cfg", "pyproject.toml.in", "yarn.lock", "cmakelists.txt"}) {
    INFO(path);
    CHECK(refusal([&] {
            parse_version_place(path);
          }).find("Known files are pyproject.toml, package.json, Cargo.toml, CMakeLists.txt") !=
          std::string::npos);
  }
}

TEST_CASE("a value that is not a version is ignored, and can be overwritten") {
  CHECK(read("pyproject.toml", "[project]\nversion = \"dev\"") == "(none)");
  CHECK(stamp("pyproject.toml", "[project]\nversion = \"\"") == "[project]\nversion = \"2.0.0\"");
}
