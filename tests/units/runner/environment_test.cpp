// SPDX-License-Identifier: MIT
#include "runner/environment.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>

TEST_CASE("the process's environment is read as a value") {
  setenv("GITEA_RELEASE_TEST", "a=b\nc", 1);
  setenv("GITEA_RELEASE_EMPTY", "", 1);
  const runner::Environment environment = runner::read_environment();
  unsetenv("GITEA_RELEASE_TEST");
  unsetenv("GITEA_RELEASE_EMPTY");
  CHECK(runner::value_of(environment, "GITEA_RELEASE_TEST") == "a=b\nc");
  CHECK(environment.contains("GITEA_RELEASE_EMPTY"));
  CHECK_FALSE(runner::read_environment().contains("GITEA_RELEASE_TEST"));
}

TEST_CASE("a variable that is not set is empty") {
  CHECK(runner::value_of({{"A", "1"}}, "A") == "1");
  CHECK(runner::value_of({{"A", "1"}}, "a").empty());
  CHECK(runner::value_of({}, "A").empty());
}
