// SPDX-License-Identifier: MIT
// Paths with drives and shares.
#include <catch2/catch_test_macros.hpp>

#include "core/text/path.hpp"

TEST_CASE("a drive, a share and the top of the current drive are where paths start") {
  CHECK(core::with_slashes("C:\\w\\a b") == "C:/w/a b");
  for (const char* path : {"C:/", "C:/w", "//server/share", "//server/share/w"}) {
    INFO(path);
    CHECK(core::is_absolute_path(path));
    CHECK(core::is_rooted_path(path));
  }
  CHECK_FALSE(core::is_absolute_path("/w"));
  CHECK(core::is_rooted_path("/w"));
  for (const char* path : {"w", "w/C:/x", "C:w", "..", ""}) {
    INFO(path);
    CHECK_FALSE(core::is_rooted_path(path));
    CHECK(core::root_of_path(path).empty());
  }
  CHECK(core::root_of_path("C:/w/x") == "C:/");
  CHECK(core::root_of_path("C:/") == "C:/");
  CHECK(core::root_of_path("//server/share/w") == "//server/share/");
  CHECK(core::root_of_path("//server/share") == "//server/share/");
}

TEST_CASE("a path and a directory with a drive are joined") {
  CHECK(core::joined_path("C:/w", "a/b") == "C:/w/a/b");
  CHECK(core::joined_path("C:/", "a") == "C:/a");
  CHECK(core::joined_path("C:/w", "D:/x") == "D:/x");
  CHECK(core::joined_path("C:/w", "//server/share/x") == "//server/share/x");
  CHECK(core::joined_path("C:/w", "/x") == "C:/x");
  CHECK(core::joined_path("//server/share/w", "/x") == "//server/share/x");
}

TEST_CASE("a path with a drive is made normal, and never leaves its drive") {
  CHECK(core::normal_path("C:/w/./a//b") == "C:/w/a/b");
  CHECK(core::normal_path("C:/w/../../x") == "C:/x");
  CHECK(core::normal_path("//server/share/../x") == "//server/share/x");
  CHECK(core::normal_path("C:/w/a\\*b") == "C:/w/a\\*b");  // a pattern
  CHECK(core::clean_path("C:/w/") == "C:/w");
  CHECK(core::clean_path("C:/w/..") == "C:/");
  CHECK(core::parent_of_path("C:/w/a") == "C:/w");
  CHECK(core::parent_of_path("C:/w") == "C:/");
  CHECK(core::path_from("C:/w/a", "C:/w/b/c") == "../b/c");
  CHECK(core::path_from("//server/share/a", "//server/share/b") == "../b");
  CHECK(core::path_from("C:/w/a", "D:/x") == "D:/x");
}

TEST_CASE("a path is UTF-8") {
  const std::string name = "C:/w/gr\u00fc\u00df \u65e5";
  CHECK(core::with_slashes(core::path_of(name).string()) == name);
  CHECK(core::path_of(name).wstring() == L"C:/w/gr\u00fc\u00df \u65e5");
}
