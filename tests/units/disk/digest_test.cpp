// SPDX-License-Identifier: MIT
#include "disk/digest.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"
#include "temp_dir.hpp"

using disk::digest_of_file;

TEST_CASE("a file's digest is that of all its bytes") {
  const TempDir dir;
  CHECK(digest_of_file(dir.write("empty", "")) ==
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(digest_of_file(dir.write("abc", "abc")) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(digest_of_file(dir.write("a", std::string(1'000'000, 'a'))) ==
        "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("a file that cannot be read is an error that names it") {
  const TempDir dir;
  for (const std::string& file : {dir / "absent", dir.path().string()}) {
    try {
      digest_of_file(file);
      FAIL_CHECK("no error");
    } catch (const core::Error& error) {
      CHECK(error.message.find(file) != std::string::npos);
    }
  }
}
