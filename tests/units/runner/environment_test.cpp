// SPDX-License-Identifier: MIT
#include "runner/environment.hpp"

#include <unistd.h>

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

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

TEST_CASE("variables that are taken are removed from the process, unless libraries read them") {
  std::string token = "GITEA_RELEASE_TEST=secret";
  std::string bundle = "SSL_CERT_FILE=/bundle";
  std::string path = "PATH=/bin";
  std::vector<char*> mine = {token.data(), bundle.data(), path.data(), nullptr};
  char** const before = std::exchange(environ, mine.data());
  const runner::Environment environment = runner::take_environment();
  const runner::Environment left = runner::read_environment();
  environ = before;
  CHECK(environment == runner::Environment{{"GITEA_RELEASE_TEST", "secret"},
                                           {"SSL_CERT_FILE", "/bundle"},
                                           {"PATH", "/bin"}});
  CHECK(left == runner::Environment{{"SSL_CERT_FILE", "/bundle"}, {"PATH", "/bin"}});
  CHECK(token == std::string(token.size(), '\0'));
}

TEST_CASE("without an environment nothing is taken") {
  char** const before = std::exchange(environ, nullptr);
  CHECK(runner::take_environment().empty());
  environ = before;
}

TEST_CASE("a variable that is not set is empty") {
  CHECK(runner::value_of({{"A", "1"}}, "A") == "1");
  CHECK(runner::value_of({{"A", "1"}}, "a").empty());
  CHECK(runner::value_of({}, "A").empty());
}
