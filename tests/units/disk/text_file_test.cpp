// SPDX-License-Identifier: MIT
#include "disk/text_file.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"
#include "temp_dir.hpp"

using disk::read_text;

TEST_CASE("a text is read whole, whatever bytes it has") {
  const TempDir dir;
  const std::string text("a\r\n\0\xff", 5);
  CHECK(read_text(dir.write("t", text), "body_path") == text);
  CHECK(read_text(dir.write("empty", ""), "body_path").empty());
}

TEST_CASE("a text that cannot be read is an error of the workflow that names the option") {
  const TempDir dir;
  for (const std::string& file : {dir / "absent", dir.path().string()}) {
    try {
      read_text(file, "body_path");
      FAIL_CHECK("no error");
    } catch (const core::Error& error) {
      CHECK(error.fault == core::Fault::workflow);
      CHECK(error.message.starts_with("body_path: "));
      CHECK(error.message.find(file) != std::string::npos);
    }
  }
}

TEST_CASE("a text is written over what was there") {
  const TempDir dir;
  const std::string path = dir.write("t", "a longer text");
  disk::write_text(path, "a\n", "notes_path");
  CHECK(read_text(path, "body_path") == "a\n");
}

TEST_CASE("a text that cannot be written is an error of the workflow that names the option") {
  const TempDir dir;
  for (const std::string& file : {dir / "absent/t", dir.path().string()}) {
    try {
      disk::write_text(file, "a", "notes_path");
      FAIL_CHECK("no error");
    } catch (const core::Error& error) {
      CHECK(error.fault == core::Fault::workflow);
      CHECK(error.message.starts_with("notes_path: " + file));
    }
  }
}

TEST_CASE("a text is not written through a link to nothing") {
  const TempDir dir;
  std::filesystem::create_symlink(dir / "elsewhere", dir / "link");
  CHECK_THROWS_AS(disk::write_text(dir / "link", "text", "notes_file"), core::Error);
  CHECK_FALSE(std::filesystem::exists(dir / "elsewhere"));
  disk::write_text(dir / "file", "text", "notes_file");
  CHECK(read_text(dir / "file", "notes_file") == "text");
}
