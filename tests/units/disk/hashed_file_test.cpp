// SPDX-License-Identifier: MIT
#include "disk/hashed_file.hpp"

#include <sys/stat.h>

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>
#include <filesystem>
#include <fstream>

#include "core/error.hpp"
#include "disk/digest.hpp"
#include "temp_dir.hpp"
#include "units/disk/identity.hpp"

using core::Algorithm;
using core::digest_of;
using disk::HashedFile;

namespace {

/// Bytes without repetition, so that blocks in a wrong order have another digest.
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

/// Like a run does it: first checked, then sent.
HashedFile hashed(const std::string& path, const std::vector<Algorithm>& others = {}) {
  return {path, identity_of(path), others};
}

/// The error about the file; a retry must be able to help.
template <typename Work>
std::string fault_of(Work&& work) {
  try {
    work();
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::failed);
    return error.message;
  }
  FAIL_CHECK("no error");
  return "";
}

constexpr std::size_t two_blocks = 100'000;
constexpr std::size_t many_blocks = 5'000'001;  // hashed while it is read

}  // namespace

TEST_CASE("the digest is computed while the file is sent, and outlives the file") {
  const std::size_t size = GENERATE(1U, 3U, two_blocks, std::size_t{1} << 20, many_blocks);
  const TempDir dir;
  const std::string text = bytes_of(size);
  const std::string path = dir.write("a", text);
  const HashedFile file = hashed(path);
  CHECK(file.source().size == size);
  CHECK(file.sent().empty());
  CHECK((read_rest(file.source().open()) == text));
  std::filesystem::remove(path);
  CHECK(file.sent() == digest_of(text));
  CHECK(file.digest() == digest_of(text));
}

TEST_CASE("other digests are computed from the bytes that were sent, too") {
  const std::size_t size = GENERATE(0U, 3U, two_blocks, many_blocks);
  const TempDir dir;
  const std::string text = bytes_of(size);
  const std::string path = dir.write("a", text);
  const HashedFile file = hashed(path, {Algorithm::sha512, Algorithm::md5});
  CHECK((read_rest(file.source().open()) == text));
  std::filesystem::remove(path);
  for (const Algorithm one : {Algorithm::sha256, Algorithm::sha512, Algorithm::md5}) {
    CHECK(file.digest(one) == digest_of(text, one));
  }
}

TEST_CASE("all digests of a large file are computed while it is read") {
  const TempDir dir;
  const std::string text = bytes_of(std::size_t{32} << 20);
  const HashedFile file = hashed(dir.write("a", text), {Algorithm::sha512});
  const core::Reader read = file.source().open();
  while (!read().empty()) {
  }
  CHECK(file.digest() == digest_of(text));
  CHECK(file.digest(Algorithm::sha512) == digest_of(text, Algorithm::sha512));
}

TEST_CASE("an empty file sends nothing and has the digest of no bytes") {
  const TempDir dir;
  const HashedFile file = hashed(dir.write("empty", ""));
  CHECK(read_rest(file.source().open()).empty());
  CHECK(file.sent() == digest_of(""));
  CHECK(hashed(dir / "empty").digest() == digest_of(""));
}

TEST_CASE("a file that was never sent is read for its digest, if it is unchanged since the check") {
  const TempDir dir;
  const HashedFile file = hashed(dir.write("a", "abc"));
  CHECK(file.sent().empty());
  CHECK(file.digest() == digest_of("abc"));
  dir.write("a", "abd");
  CHECK_THROWS_AS(file.digest(), core::Error);
}

TEST_CASE("every attempt opens the file again, and an aborted one leaves no digest") {
  const std::size_t size = GENERATE(two_blocks, many_blocks);
  const TempDir dir;
  const std::string text = bytes_of(size);
  const HashedFile file = hashed(dir.write("a", text));
  const core::Source source = file.source();
  CHECK((read_rest(source.open()) == text));
  CHECK_FALSE(source.open()().empty());
  CHECK(file.sent().empty());
  CHECK((read_rest(source.open()) == text));
  CHECK(file.sent() == digest_of(text));
}

TEST_CASE(
    "a file that has changed since the check is rejected when opened, before the first byte") {
  const std::size_t size = GENERATE(two_blocks, many_blocks);
  const TempDir dir;
  const std::string text = bytes_of(size);
  const std::string path = dir.write("a", text);
  const auto after = [&](const auto& change) {
    const HashedFile file = hashed(path);
    change();
    const std::string fault = fault_of([&] { file.source().open(); });
    dir.write("a", text);
    return fault;
  };
  const std::string told = path + " changed since this run checked it";
  CHECK(after([&] { std::filesystem::resize_file(path, size - 1); }) == told);
  CHECK(after([&] { append(path, "e"); }) == told);
  CHECK(after([&] { dir.write("a", std::string(size, 'x')); }) == told);
  CHECK(after([&] {  // its modification time is restored
          const auto time = std::filesystem::last_write_time(path);
          dir.write("a", std::string(size, 'x'));
          std::filesystem::last_write_time(path, time);
        }) == told);
  CHECK(after([&] { std::filesystem::rename(dir.write("b", text), path); }) == told);
  CHECK(after([&] {
          std::filesystem::remove(path);
          std::filesystem::create_directory(path);
        }) == told);
  std::filesystem::remove(path);
  dir.write("a");
  CHECK(after([&] {
          std::filesystem::remove(path);
        }).starts_with(path + " could be read when this run started, but cannot be read now"));
}

TEST_CASE("a named pipe that has replaced a file does not block") {
  const TempDir dir;
  const std::string path = dir.write("a", "abc");
  const HashedFile file = hashed(path);
  std::filesystem::remove(path);
  REQUIRE(mkfifo(path.c_str(), 0600) == 0);
  CHECK(fault_of([&] { file.source().open(); }).find("changed since") != std::string::npos);
}

TEST_CASE("a large file that changes while it is read is an error before its last bytes are sent") {
  const TempDir dir;
  const std::string text = bytes_of(many_blocks);
  const std::string path = dir.write("a", text);
  const auto with = [&](const auto& change) {
    const HashedFile file = hashed(path);
    const core::Reader read = file.source().open();
    std::size_t count = read().size();
    change();
    const std::string fault = fault_of([&] {
      for (std::string_view bytes = read(); !bytes.empty(); bytes = read()) count += bytes.size();
    });
    CHECK(count < text.size());
    CHECK(file.sent().empty());
    dir.write("a", text);
    return fault;
  };
  const std::string told = path + " changed while it was being uploaded";
  CHECK(with([&] { std::filesystem::resize_file(path, text.size() - 1); }) == told);
  CHECK(with([&] { append(path, "e"); }) == told);
  CHECK(with([&] { dir.write("a", std::string(text.size(), 'x')); }) == told);
}

TEST_CASE("a file that is hard-linked or unlinked while it is sent is still the same file") {
  const TempDir dir;
  const std::string text = bytes_of(many_blocks);
  const std::string path = dir.write("a", text);
  const HashedFile file = hashed(path);
  const core::Reader read = file.source().open();
  const std::string first(read());
  std::filesystem::create_hard_link(path, dir / "b");
  CHECK((first + read_rest(read) == text));
  const core::Reader again = hashed(path).source().open();
  const std::string begin(again());
  std::filesystem::remove(path);
  CHECK((begin + read_rest(again) == text));
}

TEST_CASE("a small file is completely in memory before its first byte is sent") {
  const TempDir dir;
  const std::string text = bytes_of(std::size_t{1} << 20);
  const std::string path = dir.write("a", text);
  const HashedFile file = hashed(path);
  const core::Reader read = file.source().open();
  const std::string first(read());
  dir.write("a", "");
  CHECK((first + read_rest(read) == text));
  CHECK(file.sent() == digest_of(text));
}
