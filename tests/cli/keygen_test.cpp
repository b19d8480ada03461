// SPDX-License-Identifier: MIT
// The command `keygen`.
#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/matchers/catch_matchers_string.hpp>
#include <filesystem>

#include "core/text/text.hpp"
#include "signing/secret_key.hpp"
#include "support/process.hpp"
#include "support/under_test.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

using Catch::Matchers::ContainsSubstring;
using signing::PublicKey;
using signing::SecretKey;

namespace {

struct Place {
  TempDir dir;

  support::Ended keygen(std::vector<std::string> arguments = {},
                        const std::map<std::string, std::string>& environment = {}) const {
    arguments.insert(arguments.begin(), {GITEA_RELEASE, "keygen"});
    return support::Process(arguments, environment, dir.path(), dir / "log").wait();
  }
  SecretKey secret(const std::string& password = "",
                   const std::string& name = "signing.key") const {
    return SecretKey::parse(core::Token(support::read_file(dir / name)), core::Token(password));
  }
  PublicKey open(const std::string& name = "signing.key.pub") const {
    return PublicKey::parse(support::read_file(dir / name));
  }
};

}  // namespace

TEST_CASE("keygen creates a matching key pair and says where each part goes") {
  const Place place;
  const auto ended = place.keygen();
  INFO(ended.output);
  CHECK(ended.status == 0);
  CHECK(place.secret().public_key() == place.open());
  struct stat status {};
  REQUIRE(stat((place.dir / "signing.key").c_str(), &status) == 0);
  if (!support::tests_windows_program()) CHECK((status.st_mode & 0777) == 0600);
  CHECK_THAT(ended.output, ContainsSubstring(place.open().text()));
  CHECK_THAT(ended.output, ContainsSubstring("SIGNING_KEY"));
  CHECK_THAT(ended.output, ContainsSubstring("second pair"));
  const std::string secret_line = core::lines(support::read_file(place.dir / "signing.key"))[1];
  CHECK(ended.output.find(secret_line.substr(80, 20)) == std::string::npos);
}

TEST_CASE("keygen overwrites nothing") {
  const Place place;
  place.dir.write("signing.key", "mine");
  const auto ended = place.keygen();
  CHECK(ended.status == 2);
  CHECK_THAT(ended.output, ContainsSubstring("signing.key already exists and was not changed"));
  CHECK(support::read_file(place.dir / "signing.key") == "mine");
  CHECK(place.keygen({"--key-path", "other"}).status == 0);
  std::filesystem::remove(place.dir / "other");
  CHECK(place.keygen({"--key-path", "other"}).status == 2);
  CHECK_FALSE(std::filesystem::exists(place.dir / "other"));
}

TEST_CASE("keygen reads the password from the environment or a file, and never prints it") {
  const Place place;
  const auto ended = place.keygen({}, {{"INPUT_SIGNING_PASSWORD", "hunter2"}});
  CHECK(ended.status == 0);
  CHECK(ended.output.find("hunter2") == std::string::npos);
  CHECK(place.secret("hunter2").public_key() == place.open());
  place.dir.write("password", "hunter3\n");
  CHECK(place.keygen({"--key-path", "b", "--signing-password-file", "password"}).status == 0);
  CHECK(place.secret("hunter3", "b").public_key() == place.open("b.pub"));
  const auto option = place.keygen({"--signing-password", "hunter2"});
  CHECK(option.status == 2);
  CHECK_THAT(option.output, ContainsSubstring("--signing-password cannot be an option"));
}
