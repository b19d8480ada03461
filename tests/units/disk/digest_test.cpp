// SPDX-License-Identifier: MIT
#include "disk/digest.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"
#include "temp_dir.hpp"
#include "units/disk/identity.hpp"

using disk::digest_of_file;

namespace {

std::string digest_of(const std::string& path, core::Algorithm algorithm) {
  return digest_of_file(path, identity_of(path), algorithm);
}

}  // namespace

TEST_CASE("a file's digest covers all its bytes") {
  const TempDir dir;
  const auto sha256 = core::Algorithm::sha256;
  CHECK(digest_of(dir.write("empty", ""), sha256) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(digest_of(dir.write("abc", "abc"), sha256) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(digest_of(dir.write("a", std::string(1'000'000, 'a')), sha256) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
  CHECK(digest_of(dir / "abc", core::Algorithm::md5) == "900150983cd24fb0d6963f7d28e17f72");
}

TEST_CASE("a file that was changed since it was checked has no digest, whatever changed it") {
  const TempDir dir;
  const std::string path = dir.write("a", "abc");
  const core::FileIdentity before = identity_of(path);
  dir.write("a", "abd");
  CHECK_THROWS_AS(digest_of_file(path, before), core::Error);
  dir.write("b", "abc");
  std::filesystem::rename(dir / "b", path);
  CHECK_THROWS_AS(digest_of_file(path, before), core::Error);
}

TEST_CASE("a file that cannot be read is an error that names it") {
  const TempDir dir;
  for (const std::string& file : {dir / "absent", dir.path().string()}) {
    try {
      digest_of_file(file, {});
      FAIL_CHECK("no error");
    } catch (const core::Error& error) {
      CHECK(error.fault == core::Fault::failed);
      CHECK(error.message.find(file) != std::string::npos);
    }
  }
}
