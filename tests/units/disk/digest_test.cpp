// SPDX-License-Identifier: MIT
#include "disk/digest.hpp"

#include <unistd.h>

#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"
#include "temp_dir.hpp"

using disk::digest_of_file;
using disk::HashedFile;
using disk::read_text;

namespace {

const std::string of_empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const std::string of_abc = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
const std::string of_million_a = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";

/// Reads to the end, as an upload does: never more than is announced.
std::string read_all(const core::Source& source, std::size_t chunk) {
  const core::Reader read = source.open();
  std::string result;
  std::string buffer(chunk, '\0');
  while (const std::size_t count = read(buffer.data(), chunk)) result.append(buffer, 0, count);
  return result;
}

void append(const std::string& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::app) << text;
}

}  // namespace

TEST_CASE("a file's digest is that of all its bytes") {
  const TempDir dir;
  CHECK(digest_of_file(dir.write("empty", "")) == of_empty);
  CHECK(digest_of_file(dir.write("abc", "abc")) == of_abc);
  CHECK(digest_of_file(dir.write("a", std::string(1'000'000, 'a'))) == of_million_a);
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
    CHECK_THROWS_AS(read_all(HashedFile(file, 3).source(), 10), core::Error);
  }
}

TEST_CASE("the digest is taken while the file streams, and survives the file") {
  const TempDir dir;
  const std::string path = dir.write("a", "abc");
  for (const std::size_t chunk : {1U, 2U, 3U, 1000U}) {
    const HashedFile file(path, 3);
    CHECK(file.source().size == 3);
    CHECK(read_all(file.source(), chunk) == "abc");
    CHECK(file.digest() == of_abc);
  }
  const HashedFile file(path, 3);
  read_all(file.source(), 2);
  std::filesystem::remove(path);
  CHECK(file.digest() == of_abc);
}

TEST_CASE("an empty file streams nothing and has the digest of nothing") {
  const TempDir dir;
  const HashedFile file(dir.write("empty", ""), 0);
  CHECK(read_all(file.source(), 10).empty());
  CHECK(file.digest() == of_empty);
  CHECK(HashedFile(dir / "empty", 0).digest() == of_empty);
}

TEST_CASE("a file that never streamed is read for its digest") {
  const TempDir dir;
  CHECK(HashedFile(dir.write("a", "abc"), 3).digest() == of_abc);
}

TEST_CASE("every try opens the file anew, and a broken-off one leaves no digest behind") {
  const TempDir dir;
  const HashedFile file(dir.write("a", "abc"), 3);
  const core::Source source = file.source();
  char byte = 0;
  CHECK(source.open()(&byte, 1) == 1);
  CHECK(file.digest() == of_abc);
  CHECK(read_all(source, 2) == "abc");
  dir.write("a", "xyz");
  CHECK(read_all(source, 2) == "xyz");
  CHECK(file.digest() == digest_of_file(dir / "a"));
  CHECK(file.digest() != of_abc);
}

TEST_CASE("a file that shrinks before or while it is read is an error") {
  const TempDir dir;
  const std::string path = dir.write("a", "ab");
  CHECK_THROWS_AS(read_all(HashedFile(path, 3).source(), 10), core::Error);
  const HashedFile file(path, 2);
  const core::Reader read = file.source().open();
  char byte = 0;
  CHECK(read(&byte, 1) == 1);
  std::filesystem::resize_file(path, 1);
  CHECK_THROWS_AS(read(&byte, 1), core::Error);
}

TEST_CASE("a file that grows is an error, for every size of the pieces it is read in") {
  const TempDir dir;
  for (const std::size_t chunk : {1U, 2U, 3U, 4U, 1000U}) {
    INFO(chunk);
    CHECK_THROWS_AS(read_all(HashedFile(dir.write("a", "abcdef"), 3).source(), chunk), core::Error);
  }
}

TEST_CASE("a file that grows while it is read is an error, also where only its size is asked for") {
  const TempDir dir;
  const std::string path = dir.write("a", "abcd");
  const core::Reader read = HashedFile(path, 4).source().open();
  char buffer[4];
  CHECK(read(buffer, 2) == 2);
  append(path, "e");
  CHECK_THROWS_AS(read(buffer, 2), core::Error);
}

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
