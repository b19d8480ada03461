// SPDX-License-Identifier: MIT
// Symbolic links and junctions, as Windows stores them. wine 8 has none, so what follows a link is tested with its bytes.
#include <catch2/catch_test_macros.hpp>
#include <cstring>
#include <string>
#include <vector>

#include "disk/windows.hpp"

namespace {

constexpr DWORD symlink_tag = 0xA000'000C;
constexpr DWORD junction_tag = 0xA000'0003;
constexpr DWORD cloud_tag = 0x9000'001A;

/// REPARSE_DATA_BUFFER: tag, size, reserved; offset and size of two names; the flags of a symbolic link; the names.
std::vector<char> content(DWORD tag, const std::wstring& target, const std::wstring& shown) {
  std::vector<char> data;
  const auto add = [&data](const void* bytes, std::size_t size) {
    const char* const begin = static_cast<const char*>(bytes);
    data.insert(data.end(), begin, begin + size);
  };
  const auto add_word = [&add](std::size_t value) {
    const auto word = static_cast<std::uint16_t>(value);
    add(&word, sizeof word);
  };
  const std::size_t target_size = target.size() * sizeof(wchar_t);
  const std::size_t shown_size = shown.size() * sizeof(wchar_t);
  add(&tag, sizeof tag);
  add_word(8 + (tag == symlink_tag ? 4 : 0) + target_size + shown_size);
  add_word(0);
  add_word(shown_size);  // the target comes after the shown name
  add_word(target_size);
  add_word(0);
  add_word(shown_size);
  if (tag == symlink_tag) {
    add_word(1);  // relative
    add_word(0);
  }
  add(shown.data(), shown_size);
  add(target.data(), target_size);
  return data;
}

}  // namespace

TEST_CASE("where a symbolic link and a junction lead is read") {
  CHECK(disk::link_target_in(content(symlink_tag, L"..\\gr\u00fc\u00df", L"x")) ==
        L"..\\gr\u00fc\u00df");
  CHECK(disk::link_target_in(content(junction_tag, L"\\??\\C:\\w", L"C:\\w")) == L"\\??\\C:\\w");
}

TEST_CASE("another reparse point leads nowhere") {
  CHECK(disk::link_target_in(content(cloud_tag, L"x", L"y")).empty());
  CHECK(disk::link_target_in({}).empty());
}

TEST_CASE("the damaged content of a reparse point leads nowhere") {
  const std::vector<char> whole = content(junction_tag, L"\\??\\C:\\w", L"C:\\w");
  for (std::size_t size = 0; size < whole.size(); ++size) {
    CHECK(disk::link_target_in({whole.begin(), whole.begin() + static_cast<std::ptrdiff_t>(size)})
              .empty());
  }
  std::vector<char> beyond = whole;
  beyond[8] = beyond[9] = static_cast<char>(0xFF);  // the offset of the target
  CHECK(disk::link_target_in(beyond).empty());
}
