// SPDX-License-Identifier: MIT
#include "launcher/fetch/entry_name.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>

using fetch::case_folded;
using fetch::fault_of_path;
using fetch::fault_of_target;

TEST_CASE("ordinary paths are valid") {
  for (const char* path : {"a", "current/app.py", "current/a b/.hidden", "current/com/lpt/console",
                           "current/com10.txt", "current/naïve-日本.txt", "..a/b..c", "a/...b",
                           "current/nul-and-void", "current/auxiliary.py"}) {
    INFO(path);
    CHECK(fault_of_path(path).empty());
  }
  CHECK(fault_of_path("current/" + std::string(255, 'a')).empty());
}

TEST_CASE("a link may climb to the folder that it must not leave, and no further") {
  CHECK(fault_of_target("python3.11", 0).empty());
  CHECK(fault_of_target("../lib/a", 1).empty());
  CHECK(fault_of_target("../..", 2).empty());
  CHECK(fault_of_target("..", 0) == "is a link that leaves its folder");
  CHECK(fault_of_target("../../a", 1) == "is a link that leaves its folder");
  CHECK(fault_of_target("/etc", 5) == "is a link to a path that has an absolute path");
}

TEST_CASE("a link must not climb after a name, which could be another link") {
  CHECK(fault_of_target("a/../b", 3) == "is a link to a path that leads out of its folder");
  CHECK(fault_of_target("../a/..", 3) == "is a link to a path that leads out of its folder");
  CHECK_FALSE(fault_of_target("../", 3).empty());
  CHECK_FALSE(fault_of_target("", 3).empty());
  CHECK_FALSE(fault_of_target("./a", 3).empty());
}

TEST_CASE("letters are the same in either case, also those with accents") {
  CHECK(case_folded("README") == case_folded("readme"));
  CHECK(case_folded("Ärger/Ÿ") == case_folded("ärger/ÿ"));
  CHECK(case_folded("ŁÓDŹ ĲŸ") == case_folded("łódź ĳÿ"));
  CHECK(case_folded("ΑΩ") == case_folded("αω"));
  CHECK(case_folded("ЁЖЯ") == case_folded("ёжя"));
  CHECK(case_folded("×") != case_folded("÷"));
  CHECK(case_folded("ı") != case_folded("i"));
  CHECK(case_folded("日本") == "日本");
}
