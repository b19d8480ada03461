// SPDX-License-Identifier: MIT
// In both directions with the program whose formats we use: Debian's minisign.
#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <cstdlib>
#include <fstream>
#include <iterator>

#include "signing/secret_key.hpp"
#include "signing/signature.hpp"
#include "temp_dir.hpp"

using signing::PublicKey;
using signing::SecretKey;

namespace {

class Minisign {
 public:
  Minisign() {
    if (!run("command -v minisign")) SKIP("minisign is not installed");
  }

  /// Runs a line of sh in the directory; true if it ended with status 0.
  bool run(const std::string& line) const {
    return std::system(("cd " + dir.path().string() + " && { " + line + "; } >log 2>&1").c_str()) ==
           0;
  }

  std::string read(const std::string& name) const {
    std::ifstream file(dir / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  const TempDir dir;
};

const std::string message = "0123  app.tar.gz\n";
const std::string comment = "tag=v1.3.0 repository=owner/app";

}  // namespace

TEST_CASE("minisign verifies our signatures, and signs with our keys") {
  const Minisign minisign;
  const SecretKey key = SecretKey::generate();
  minisign.dir.write("sums", message);
  minisign.dir.write("key.pub", key.public_key().file());
  const std::string password = GENERATE("", "hunter2", "with blanks and \xC3\xA4");
  minisign.dir.write("key", key.file(core::Token(password)));
  minisign.dir.write("password", password + "\n");

  minisign.dir.write("sums.minisig", key.sign(message, comment));
  CHECK(minisign.run("minisign -Vm sums -p key.pub"));
  CHECK(minisign.run("minisign -VHm sums -P " + key.public_key().text()));
  CHECK(minisign.run("minisign -VQm sums -p key.pub | grep -Fx '" + comment + "'"));

  INFO(minisign.read("log"));
  REQUIRE(minisign.run("minisign -Sm sums -s key -t '" + comment + "' <password"));
  CHECK(signing::verified_comment(message, minisign.read("sums.minisig"), {key.public_key()}) ==
        comment);
  CHECK(minisign.run("minisign -R -f -s key -p again.pub <password"));
  CHECK(minisign.read("again.pub") == key.public_key().file());
}

TEST_CASE("we sign with minisign's keys like minisign") {
  const Minisign minisign;
  minisign.dir.write("sums", message);
  minisign.dir.write("password", "hunter2\nhunter2\n");
  const bool has_password = GENERATE(false, true);
  const std::string password = has_password ? "hunter2" : "";
  REQUIRE(minisign.run("minisign -G -p key.pub -s key " + std::string(has_password ? "" : "-W") +
                       " <password"));
  REQUIRE(minisign.run("minisign -Sm sums -s key -t '" + comment + "' <password"));
  const SecretKey key = SecretKey::parse(core::Token(minisign.read("key")), core::Token(password));
  CHECK(key.public_key() == PublicKey::parse(minisign.read("key.pub")));
  const auto theirs = signing::parse_signature(minisign.read("sums.minisig"));
  const auto ours = signing::parse_signature(key.sign(message, comment));
  CHECK(ours.bytes == theirs.bytes);
  CHECK(ours.global == theirs.global);
  CHECK(ours.key_id == theirs.key_id);
}

TEST_CASE("minisign detects changes in what we sign") {
  const Minisign minisign;
  const SecretKey key = SecretKey::generate();
  minisign.dir.write("sums", message + "x");
  minisign.dir.write("sums.minisig", key.sign(message, comment));
  CHECK_FALSE(minisign.run("minisign -Vm sums -P " + key.public_key().text()));
}
