// SPDX-License-Identifier: MIT
#include "core/text/blocks.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "core/text/text.hpp"

namespace {

struct Row {
  const char* text;
  const char* kinds;  ///< of its lines: text, code, html
};

/// "tch" for a line of text, of code and of HTML.
std::string kinds_of(const std::string& text) {
  core::Blocks blocks;
  std::string kinds;
  for (const std::string& line : core::lines(text)) {
    const auto kind = blocks.read(line).kind;
    kinds += kind == core::Blocks::Kind::text ? 't' : kind == core::Blocks::Kind::code ? 'c' : 'h';
  }
  return kinds;
}

void check(const std::vector<Row>& rows) {
  for (const Row& row : rows) {
    INFO(row.text);
    CHECK(kinds_of(row.text) == row.kinds);
  }
}

std::string end_of(const std::string& text) {
  core::Blocks blocks;
  for (const std::string& line : core::lines(text)) blocks.read(line);
  return blocks.end();
}

}  // namespace

TEST_CASE("fenced code ends at a fence of the same kind and at least the same length") {
  check({{"a\n```\nb\n```\nc", "tccct"},
         {"~~~~\n~~~\n```\n~~~~~\nb", "cccct"},
         {"```sh\n```x\n```\nb", "ccct"},
         {"```a`b\nc", "tt"},
         {"~~~a`b\nc", "cc"},
         {"``\na", "tt"},
         {"   ```\nb\n   ```\nc", "ccct"},
         {"```\nb\n    ```\nc", "cccc"},
         {"a\n```\nb", "tcc"}});
}

TEST_CASE("lines with four blanks are code, except in a paragraph") {
  check({{"    a\nb", "ct"},
         {"a\n    b", "tt"},
         {"a\n\n    b\n\tc", "ttcc"},
         {"# a\n    b", "tc"},
         {"- a\n\n    b", "ttt"},
         {"- a\n\n      b", "ttc"},
         {"> a\n    b", "tt"},
         {"\ta", "c"},
         {"-\ta\n\n\tb", "ttt"}});
}

TEST_CASE("code in a quote or a list item ends with it") {
  check({{"- ```\n  a\n  ```\nb", "ccct"},
         {"- a\n  ```\n  b\nc", "tcct"},
         {"> ```\n> a\nb", "cct"},
         {"1. ```\n\n   a\n\n   ```\n2. b", "ccccct"},
         {"- a\n  ~~~\n\n  b\n- c", "tccct"},
         {"10) a\n    ```\n    b", "tcc"},
         {"- a\n ```\nb", "tcc"}});
}

TEST_CASE("HTML continues to its end tag, or to a blank line") {
  check({{"<!-- one line -->\na\n<!--\nb\n\nc --> d\ne", "hthhhht"},
         {"<div>\na\n\nb", "hhht"},
         {"<pre>\na\n\nb\n</PRE> c\nd", "hhhhht"},
         {"<script>\n\n</style>\na", "hhht"},
         {"<?x\n\n?>\na\n<!X\n>\nb\n<![CDATA[\n\n]]>\nc", "hhhthhthhht"},
         {"<span>\na\n\nb", "hhht"},
         {"a\n<span>\nb\n<div>\nc", "ttthh"},
         {"<https://h>\na", "tt"},
         {"<b>c</b>\na", "tt"},
         {"- <!--\n  a\nb", "hht"},
         {"```\n<!--\n```\na", "ccct"}});
}

TEST_CASE("text that only looks like a block is text") {
  check({{"a\n---\n    b", "ttc"},
         {"a\n2. b\n    c", "ttt"},
         {"* * *\n    a", "tc"},
         {"#a\n    b", "tt"},
         {"1234567890. a\n\n           b", "ttc"},
         {"-a\n    b", "tt"},
         {"- a\nb\n    c", "ttt"}});
}

TEST_CASE("for an open block, its end is known if text after it would belong to it") {
  for (const auto& [text, end] :
       std::vector<std::pair<const char*, const char*>>{{"a", ""},
                                                        {"```\na", "```"},
                                                        {"a\n~~~~~ x\n~~~", "~~~~~"},
                                                        {"```\na\n```", ""},
                                                        {"- ```\n  a", ""},
                                                        {"> ```", ""},
                                                        {"<!-- a", "-->"},
                                                        {"<!-- a\n\nb -->", ""},
                                                        {"<pre>", "</pre>"},
                                                        {"<style>\n</script>", ""},
                                                        {"<?", "?>"},
                                                        {"<!A", ">"},
                                                        {"<![CDATA[", "]]>"},
                                                        {"<div>", ""},
                                                        {"a <!-- b", ""},
                                                        {"    ```", ""}}) {
    INFO(text);
    CHECK(end_of(text) == end);
  }
}

TEST_CASE("nested containers have a limit, beyond which everything is text") {
  std::string deep;
  for (int i = 0; i < 100; ++i) deep += "> ";
  CHECK(kinds_of(deep + "```\na") == "tt");
  CHECK(kinds_of(deep.substr(0, 64) + "```\na") == "ct");
}
