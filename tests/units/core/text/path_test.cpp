// SPDX-License-Identifier: MIT
#include "core/text/path.hpp"

#include <catch2/catch_test_macros.hpp>
#include <vector>

namespace {

/// All texts of up to `length` of these parts.
std::vector<std::string> texts_of(const std::vector<std::string>& parts, int length) {
  std::vector<std::string> texts = {""};
  std::size_t begin = 0;
  for (int round = 0; round < length; ++round) {
    const std::size_t end = texts.size();
    for (; begin < end; ++begin) {
      for (const std::string& part : parts) texts.push_back(texts[begin] + part);
    }
  }
  return texts;
}

}  // namespace

TEST_CASE("a path is made normal as the standard library does it") {
  for (const std::string& text : texts_of({"/", ".", "..", "a", "b\\*"}, 6)) {
    INFO(text);
    if (text.starts_with("//") && text.find_first_not_of('/') == std::string::npos) {
      CHECK(core::normal_path(text) == "/");  // libstdc++ 12 leaves it as it is
      continue;
    }
    CHECK(core::normal_path(text) == core::path_of(text).lexically_normal().string());
  }
}

TEST_CASE("a path and a directory are joined as the standard library does it") {
  for (const std::string& directory : texts_of({"/", "a"}, 3)) {
    for (const std::string& text : texts_of({"/", ".", "a"}, 3)) {
      INFO(directory << " and " << text);
      const auto joined = core::path_of(directory) / core::path_of(text);
      CHECK(core::joined_path(directory, text) == joined.string());
    }
  }
}

TEST_CASE("a clean path names its directory and its last name") {
  CHECK(core::clean_path("/").size() == 1);
  CHECK(core::clean_path("/a/b/../").ends_with("/a"));
  CHECK(core::clean_path("a/..").empty());
  CHECK(core::last_name_of("/a/b.txt") == "b.txt");
  CHECK(core::last_name_of("b.txt") == "b.txt");
  CHECK(core::parent_of_path("/a/b").ends_with("/a"));
  CHECK(core::parent_of_path("/a") == "/");
  CHECK(core::parent_of_path("a").empty());
  CHECK(core::path_from("/a/b", "/a/c/d") == "../c/d");
  CHECK(core::root_of_path("a/b").empty());
}
