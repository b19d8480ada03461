// SPDX-License-Identifier: MIT
#include "disk/hashed_file.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <fstream>

#include "core/error.hpp"
#include "disk/digest.hpp"
#include "temp_dir.hpp"

using core::digest_of;
using disk::HashedFile;

namespace {

/// Bytes that are different everywhere, so that blocks in a wrong order have another digest.
std::string bytes_of(std::size_t size) {
  std::string text;
  while (text.size() < size) text += std::to_string(text.size()) + ' ';
  text.resize(size);
  return text;
}

std::string read_rest(const core::Reader& read) {
  std::string result;
  for (std::string_view bytes = read(); !bytes.empty(); bytes = read()) result += bytes;
  CHECK(read().empty());
  return result;
}

void append(const std::string& file, const std::string& text) {
  std::ofstream(file, std::ios::binary | std::ios::app) << text;
}

constexpr std::size_t two_blocks = 100'000;
constexpr std::size_t many_blocks = 5'000'001;  // with a digest beside the reading

}  // namespace

TEST_CASE("the digest is taken while the file streams, and survives the file") {
  const std::size_t size = GENERATE(1U, 3U, two_blocks, std::size_t{1} << 20, many_blocks);
  const TempDir dir;
  const std::string text = bytes_of(size);
  const std::string path = dir.write("a", text);
  const HashedFile file(path, size);
  CHECK(file.source().size == size);
  CHECK((read_rest(file.source().open()) == text));
  std::filesystem::remove(path);
  CHECK(file.digest() == digest_of(text));
}

TEST_CASE(
    "a reader that is faster than the digest does not run over the bytes that it still needs") {
  const TempDir dir;
  const std::string text = bytes_of(std::size_t{32} << 20);
  const HashedFile file(dir.write("a", text), text.size());
  const core::Reader read = file.source().open();
  while (!read().empty()) {
  }
  CHECK(file.digest() == digest_of(text));
}

TEST_CASE("an empty file streams nothing and has the digest of nothing") {
  const TempDir dir;
  const HashedFile file(dir.write("empty", ""), 0);
  CHECK(read_rest(file.source().open()).empty());
  CHECK(file.digest() == digest_of(""));
  CHECK(HashedFile(dir / "empty", 0).digest() == digest_of(""));
}

TEST_CASE("a file that never streamed is read for its digest") {
  const TempDir dir;
  CHECK(HashedFile(dir.write("a", "abc"), 3).digest() == digest_of("abc"));
}

TEST_CASE("a file that cannot be read is an error when it is to be sent") {
  const TempDir dir;
  CHECK_THROWS_AS(HashedFile(dir / "absent", 3).source().open(), core::Error);
  CHECK_THROWS_AS(read_rest(HashedFile(dir.path().string(), 3).source().open()), core::Error);
}

TEST_CASE("every try opens the file anew, and a broken-off one leaves no digest behind") {
  const std::size_t size = GENERATE(two_blocks, many_blocks);
  const TempDir dir;
  const std::string text = bytes_of(size);
  const HashedFile file(dir.write("a", text), size);
  const core::Source source = file.source();
  CHECK_FALSE(source.open()().empty());
  CHECK(file.digest() == digest_of(text));
  CHECK((read_rest(source.open()) == text));
  const std::string other(size, 'x');
  dir.write("a", other);
  CHECK((read_rest(source.open()) == other));
  CHECK(file.digest() == digest_of(other));
}

TEST_CASE("a file that shrinks before or while it is read is an error") {
  const std::size_t size = GENERATE(two_blocks, many_blocks);
  const TempDir dir;
  const std::string path = dir.write("a", bytes_of(size));
  CHECK_THROWS_AS(read_rest(HashedFile(path, size + 1).source().open()), core::Error);
  const HashedFile file(path, size);
  const core::Reader read = file.source().open();
  CHECK_FALSE(read().empty());
  std::filesystem::resize_file(path, size - 1);
  CHECK_THROWS_AS(read_rest(read), core::Error);
}

TEST_CASE("a file that grows before or while it is read is an error") {
  const std::size_t size = GENERATE(two_blocks, many_blocks);
  const TempDir dir;
  const std::string path = dir.write("a", bytes_of(size));
  CHECK_THROWS_AS(read_rest(HashedFile(path, size - 1).source().open()), core::Error);
  const core::Reader read = HashedFile(path, size).source().open();
  CHECK_FALSE(read().empty());
  append(path, "e");
  CHECK_THROWS_AS(read_rest(read), core::Error);
}
