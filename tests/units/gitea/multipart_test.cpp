// SPDX-License-Identifier: MIT
#include "gitea/multipart.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string_view>

#include "core/error.hpp"

namespace {

/// A source of `text` that returns at most `most` bytes at a time.
core::Source source_of(const std::string& text, std::size_t most = 1000) {
  core::Source source;
  source.size = text.size();
  source.open = [text, most] {
    return [text, most, at = std::size_t{0}]() mutable {
      const std::string_view bytes = std::string_view(text).substr(at, most);
      at += bytes.size();
      return bytes;
    };
  };
  return source;
}

std::string read_all(const core::Source& source) {
  const core::Reader read = source.open();
  std::string result;
  for (std::string_view bytes = read(); !bytes.empty(); bytes = read()) result += bytes;
  CHECK(read().empty());
  return result;
}

std::string boundary_of(const gitea::Form& form) {
  const std::string prefix = "multipart/form-data; boundary=";
  REQUIRE(form.content_type.starts_with(prefix));
  return form.content_type.substr(prefix.size());
}

std::string expected(const std::string& boundary, const std::string& text) {
  return "--" + boundary +
         "\r\nContent-Disposition: form-data; name=\"attachment\"; filename=\"asset\"\r\n"
         "Content-Type: application/octet-stream\r\n\r\n" +
         text + "\r\n--" + boundary + "--\r\n";
}

}  // namespace

TEST_CASE("a form is one part with the file's bytes, and has the announced length") {
  for (const std::string& text : {std::string("hello"), std::string(), std::string("\r\n--\0x", 7),
                                  std::string(100'000, 'z')}) {
    const gitea::Form form = gitea::multipart(source_of(text));
    const std::string whole = expected(boundary_of(form), text);
    CHECK(form.body.size == whole.size());
    CHECK(read_all(form.body) == whole);
  }
}

TEST_CASE("a form can contain the file's name") {
  const std::string form = read_all(gitea::multipart(source_of("x"), "größe;1 \"a\".txt").body);
  CHECK(form.find("name=\"attachment\"; filename*=UTF-8''gr%C3%B6%C3%9Fe%3B1%20%22a%22.txt\r\n") !=
        std::string::npos);
}

TEST_CASE("a form is the same, however its file is split into pieces") {
  const std::string text = "0123456789abcdefghij";
  for (const std::size_t most : {std::size_t{1}, std::size_t{7}, std::size_t{1000}}) {
    INFO(most);
    const gitea::Form form = gitea::multipart(source_of(text, most));
    CHECK(read_all(form.body) == expected(boundary_of(form), text));
  }
}

TEST_CASE("every attempt reads the file again") {
  int opened = 0;
  core::Source source = source_of("data");
  source.open = [&opened, open = source.open] {
    ++opened;
    return open();
  };
  const gitea::Form form = gitea::multipart(source);
  CHECK(opened == 0);
  const std::string first = read_all(form.body);
  CHECK_FALSE(form.body.open()().empty());
  CHECK(read_all(form.body) == first);
  CHECK(opened == 3);
}

TEST_CASE("no two forms have the same boundary, and it needs no quotes") {
  const std::string one = boundary_of(gitea::multipart(source_of("x")));
  const std::string two = boundary_of(gitea::multipart(source_of("x")));
  CHECK(one != two);
  CHECK(one.size() >= 32);
  CHECK(one.size() <= 70);
  CHECK(one.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-") == std::string::npos);
}

TEST_CASE("an error of the file is passed on") {
  core::Source source;
  source.size = 1;
  source.open = [] {
    return []() -> std::string_view { throw core::Error(core::Fault::failed, "it changed"); };
  };
  const gitea::Form form = gitea::multipart(source);
  CHECK_THROWS_AS(read_all(form.body), core::Error);
}
