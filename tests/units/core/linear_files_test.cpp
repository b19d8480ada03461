// SPDX-License-Identifier: MIT
// Files and responses, each with the worst inputs that its author could think of.
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "core/text/json.hpp"
#include "core/version/cargo.hpp"
#include "core/version/elsewhere.hpp"
#include "core/version/lock_files.hpp"
#include "core/version/stamp.hpp"
#include "support/linear.hpp"

namespace {

using linear::many;
using linear::nested;
using linear::numbered;
using linear::repeated;

void stamp(const char* name, const std::string& text) {
  core::stamped(core::parse_version_place(name), text, "v1.2.0");
}

void pattern_of_a_value(const std::string& text) { stamp("a => version = \"(.*)\"", text); }

void pattern_of_anything(const std::string& text) { stamp("a => .*version = \"(.*)\"", text); }

void pattern_of_a_line(const std::string& text) { stamp("a => ^.*version\\s*=\\s*(.*)$", text); }

void pyproject(const std::string& text) { stamp("pyproject.toml", text); }

void cargo(const std::string& text) { stamp("Cargo.toml", text); }

void package(const std::string& text) { stamp("package.json", text); }

void manifest(const std::string& text) {
  core::read_cargo_manifest(text);
  core::version_of_pyproject("pyproject.toml", text);
}

void lock(const std::string& text) {
  core::stamped_cargo_lock(text, {"w"}, "1.2.0");
  core::stamped_uv_lock(text, "w", "1.2.0");
}

void package_lock(const std::string& text) { core::stamped_package_lock(text, "", "1.2.0"); }

void cmake(const std::string& text) { stamp("CMakeLists.txt", text); }

void json(const std::string& text) {
  const core::Json json = core::Json::parse(text);
  json.has("x");
  json.array("x");
}

}  // namespace

TEST_CASE("reading and stamping files takes time in proportion to their length") {
  const std::string project = "[project]\n";
  linear::check({
      {"versions", many("version = \"1\"\n", project), pyproject},
      {"tables", many(project), pyproject},
      {"tables of another name", numbered("[a", "]\n"), pyproject},
      {"a long header", many("a.", "["), pyproject},
      {"keys below a long header",
       [](std::size_t bytes) {
         return "[" + repeated("a.", bytes / 2) + "a]\n" + repeated("k=1\n", bytes / 2);
       },
       pyproject},
      {"a long dotted key", many("a.", project), pyproject},
      {"dotted keys", many("project.version.x = 1\n"), pyproject},
      {"arrays", many("[", project + "x = "), pyproject},
      {"arrays that end", nested("[", "]", project + "x = "), pyproject},
      {"inline tables", many("{a=", project + "x = "), pyproject},
      {"strings over lines", many("\"\"\"", project + "x = "), pyproject},
      {"a string without an end", many("x\n", project + "x = \"\"\"\n"), pyproject},
      {"strings without an end", many("x = \"\n", project), pyproject},
      {"other strings without an end", many("x = '\n", project), pyproject},
      {"quotes", many("\"", project + "x = "), pyproject},
      {"apostrophes", many("'", project + "x = "), pyproject},
      {"backslashes", many("\\", project + "x = \""), pyproject},
      {"comments", many("#"), pyproject},
      {"lines of a comment", many("#\n"), pyproject},
      {"blanks", many(" "), pyproject},
      {"equals signs", many("="), pyproject},
      {"versions of a crate", many("version = \"1\"\n", "[package]\n"), cargo},
      {"versions of a workspace", many("version = \"1\"\n", "[workspace.package]\n"), cargo},
      {"tables of dependencies", numbered("[dependencies.a", "]\nversion = \"1\"\n"), cargo},
      {"members", numbered("\"k", "\": \"x\",", "{"), package},
      {"versions of a package", many("\"version\":\"1\",", "{", "\"x\":1}"), package},
      {"nested objects", nested("{\"a\":", "}", "", ""), package},
      {"nested arrays", nested("[", "]", "", ""), package},
      {"strings", many("\"x\",", "[", "1]"), package},
      {"blanks behind strings", many("\"x\"          ,", "[", "1]"), package},
      {"escapes", many("\\\"", "{\"version\":\"", "\"}"), package},
      {"dependencies", numbered("[dependencies.a", "]\npath = \"a\"\nversion = \"1\"\n"), manifest},
      {"members of a workspace", many("\"a\",", "[workspace]\nmembers = [", "]"), manifest},
      {"dynamic values", many("\"a\",", "[project]\ndynamic = [", "]"), manifest},
      {"inline tables in a row", many("{a=1},", "x = [", "]"), manifest},
      {"entries of a lock", numbered("[[package]]\nname = \"w\"\nversion = \"", "\"\n"), lock},
      {"what an entry needs",
       many("\"w 1\",", "[[package]]\nname='w'\nversion='1'\ndependencies=["), lock},
      {"packages", many("\"\":{\"version\":\"1\"},", "{\"packages\":{", "\"x\":1}}"), package_lock},
      {"calls", many("project(x VERSION 1.0)\n"), cmake},
      {"parentheses", many("("), cmake},
      {"parentheses that end", nested("(", ")", "project"), cmake},
      {"calls in calls", many("project("), cmake},
      {"words", many("VERSION ", "project("), cmake},
      {"a long word", many("a"), cmake},
      {"brackets", many("["), cmake},
      {"brackets and equals signs", many("[="), cmake},
      {"one bracket and equals signs", many("=", "["), cmake},
      {"bracket arguments", many("[==[ ]==]", "project("), cmake},
      {"a bracket argument without an end", many("]=] ", "[==["), cmake},
      {"nearly the end of a bracket argument",
       [](std::size_t bytes) {
         const std::string level(bytes / 100, '=');
         return "[" + level + "[" + repeated("]" + level, bytes);
       },
       cmake},
      {"bracket comments", many("#[["), cmake},
      {"quotes of calls", many("\"", "project("), cmake},
      {"escapes of calls", many("\\\"", "project(\""), cmake},
      {"comments of calls", many("#\n", "project("), cmake},
      {"lines without the pattern", many("name = \"version\"\n"), pattern_of_a_value},
      {"lines that begin like it", many("version = \n"), pattern_of_a_value},
      {"empty lines", many("\n"), pattern_of_a_value},
      {"long lines", many(std::string(4000, 'x') + "\n"), pattern_of_a_value},
      {"lines and a pattern that begins with .*", many("name = \"version\"\n"),
       pattern_of_anything},
      {"long lines and a pattern that begins with .*", many(std::string(1000, 'x') + "\n"),
       pattern_of_anything},
      {"blanks and a pattern with ^.*", many("version          \n"), pattern_of_a_line},
      {"one line that is too long for a pattern", many("version = "), pattern_of_anything},
  });
}

TEST_CASE("reading JSON takes time in proportion to its length") {
  linear::check({
      {"arrays", nested("[", "]"), json},
      {"objects", many("{\"a\":"), json},
      {"arrays without an end", many("["), json},
      {"members of one name", many("\"x\":1,", "{", "\"y\":1}"), json},
      {"members", numbered("\"m", "\":1,", "{"), json},
      {"elements", many("{},", "{\"x\":[", "{}]}"), json},
      {"a long number", many("1"), json},
      {"a long fraction", many("1", "0."), json},
      {"a long exponent", many("1", "1e"), json},
      {"escapes", many("\\u0041", "\"", "\""), json},
      {"surrogates", many("\\ud83d\\ude00", "\"", "\""), json},
      {"blanks", many(" "), json},
      {"commas", many(","), json},
      {"text to be written", many("\xC3\x28\xF0\x9F\x98"),
       [](const std::string& text) { core::JsonObject().add("x", text).text(); }},
  });
}
