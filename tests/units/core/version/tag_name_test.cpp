// SPDX-License-Identifier: MIT
#include "core/version/tag_name.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <string>
#include <vector>

#include "temp_dir.hpp"

using core::fault_of_tag_name;
using Names = std::vector<std::string>;

namespace {

/// Names of every form, each with the fault.
const std::vector<std::pair<std::string, std::string>> refused = {
    {"", "is empty"},
    {"v 1", "contains a blank"},
    {"v1\t", "contains a control character"},
    {"v1\x7f", "contains a control character"},
    {"v1..2", "contains two dots in a row"},
    {"..", "contains two dots in a row"},
    {"v1.lock", "has a part that ends with '.lock'"},
    {"a.lock/b", "has a part that ends with '.lock'"},
    {".v1", "has a part that begins with a dot"},
    {"a/.b", "has a part that begins with a dot"},
    {"v1.", "ends with a dot"},
    {"a/", "begins or ends with a slash"},
    {"/a", "begins or ends with a slash"},
    {"a//b", "contains two slashes in a row"},
    {"v~1", "contains '~'"},
    {"v^1", "contains '^'"},
    {"v:1", "contains ':'"},
    {"v?", "contains '?'"},
    {"v*", "contains '*'"},
    {"v[1]", "contains '['"},
    {"v\\1", "contains '\\'"},
    {"v@{1}", "contains '@{'"},
    {"-v1", "begins with '-'"},
};

const Names allowed = {"v1.0.0",    "app/v1.0.0", "@scope/pkg@1.0.0",
                       "a./b",      "a.lockx",    "{a}",
                       "a]b",       "v1+build",   "##x",
                       "$(id)",     "%2e",        "ä/ö",
                       "@",         "v1'",        "a&b=c",
                       "heads/main"};

bool does_git_allow(const std::string& name) {
  const TempDir directory;
  directory.write("name", "refs/tags/" + name);
  const std::string command =
      "git check-ref-format \"$(cat '" + directory.path().string() + "/name')\" 2>/dev/null";
  return std::system(command.c_str()) == 0;
}

}  // namespace

TEST_CASE("a tag that git does not allow is told with the rule that it breaks") {
  for (const auto& [name, fault] : refused) {
    INFO(name);
    CHECK(fault_of_tag_name(name) == fault);
  }
  for (const std::string& name : allowed) {
    INFO(name);
    CHECK(fault_of_tag_name(name).empty());
  }
}

TEST_CASE("the rules of tags are those of git") {
  if (std::system("git --version >/dev/null 2>&1") != 0) SKIP("git is not installed");
  for (const auto& [name, fault] : refused) {
    INFO(name);
    // Only `git tag` refuses a dash, and a trailing control character is cut off by the shell.
    if (name.starts_with('-') || name.ends_with('\t')) continue;
    CHECK_FALSE(does_git_allow(name));
  }
  for (const std::string& name : allowed) {
    INFO(name);
    CHECK(does_git_allow(name));
  }
}

TEST_CASE("the full name of a reference and bytes that are no text are not tags") {
  CHECK(fault_of_tag_name("refs/heads/main").starts_with("is the full name of a reference"));
  CHECK(fault_of_tag_name("refs/tags/v1").starts_with("is the full name of a reference"));
  CHECK(fault_of_tag_name("v\xff") == "is not valid UTF-8");
}

TEST_CASE("tags that are folders of one another cannot exist side by side") {
  CHECK(core::folders_of_tag("a/b/c") == Names{"a", "a/b"});
  CHECK(core::folders_of_tag("v1").empty());
}
