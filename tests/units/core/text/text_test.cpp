// SPDX-License-Identifier: MIT
#include "core/text/text.hpp"

#include <catch2/catch_test_macros.hpp>

using core::characters;
using core::contains_lines;
using core::human_size;
using core::is_utf8;
using core::lines;
using core::nearest;
using core::normalized;
using core::one_line;
using core::trim;

TEST_CASE("trim removes blanks, tabs and line ends only at both ends") {
  CHECK(trim(" \t\r\n a b \r\n\t ") == "a b");
  CHECK(trim("a").size() == 1);
  CHECK(trim(" \r\n\t").empty());
  CHECK(trim("").empty());
}

TEST_CASE("lower changes ASCII letters and leaves every other byte") {
  CHECK(core::lower("AZaz09_Ä@[`{") == "azaz09_Ä@[`{");
}

TEST_CASE("lines end with LF or CRLF, and a final line end makes no empty last line") {
  CHECK(lines("a\r\nb\n\nc") == std::vector<std::string>{"a", "b", "", "c"});
  CHECK(lines("a\n") == std::vector<std::string>{"a"});
  CHECK(lines("a\r\n\r\n") == std::vector<std::string>{"a", ""});
  CHECK(lines("").empty());
  CHECK(lines("a\rb") == std::vector<std::string>{"a\rb"});
}

TEST_CASE("texts are compared without CR, blanks at line ends and empty lines at the end") {
  CHECK(normalized("a \r\n\r\n  b\t\n\n \n") == "a\n\n  b");
  CHECK(normalized("\n\na") == "\n\na");
  CHECK(normalized(" \r\n\t\r\n").empty());
  CHECK(normalized(normalized("x \r\ny\r\n")) == normalized("x \r\ny\r\n"));
}

TEST_CASE("normalizing a normalized text changes nothing") {
  for (const char* text : {"a\r\r\nb\r\r", "a \r \nb", "\r", " \r\n\r\n"}) {
    INFO(text);
    CHECK(normalized(normalized(text)) == normalized(text));
  }
  CHECK(normalized("a\r\r\nb\rc") == "a\nb\rc");
  CHECK(normalized("a  \nb    \r\nc \nd\t\ne \t  \nf") == "a  \nb  \nc\nd\ne  \nf");
  CHECK(normalized("a  \n\nb  \n \nc  ") == "a\n\nb\n\nc");
  CHECK(normalized("<!-- a -->  \nb") == "<!-- a -->\nb");
  CHECK(core::contains_lines("x\na  \nb\ny", "a\nb  "));
}

TEST_CASE("a part is found as complete consecutive lines only") {
  const std::string text = "one\r\ntwo  \nthree\n";
  CHECK(contains_lines(text, "one"));
  CHECK(contains_lines(text, "two\nthree"));
  CHECK(contains_lines(text, "one\ntwo\nthree\n\n"));
  CHECK_FALSE(contains_lines(text, "tw"));
  CHECK_FALSE(contains_lines(text, "wo"));
  CHECK_FALSE(contains_lines(text, "one\nthree"));
  CHECK_FALSE(contains_lines(text, " two"));
}

TEST_CASE("the nearest word is suggested, but not one that is too different") {
  const std::vector<std::string> names = {"files", "draft", "prerelease", "token"};
  CHECK(nearest("file", names) == "files");
  CHECK(nearest("pre_release", names) == "prerelease");
  CHECK(nearest("DRAFT", names) == "draft");
  CHECK(nearest("tokne", names) == "token");
  CHECK(nearest("changelog", names).empty());
  CHECK(nearest("xyz", names).empty());
  CHECK(nearest("anything", {}).empty());
}

TEST_CASE("sizes for people never show 1024 of a unit") {
  CHECK(human_size(0) == "0 B");
  CHECK(human_size(1023) == "1023 B");
  CHECK(human_size(1024) == "1.0 KiB");
  CHECK(human_size(1229) == "1.2 KiB");
  CHECK(human_size(1024 * 1024 - 1) == "1.0 MiB");
  CHECK(human_size(std::uint64_t{3} << 30) == "3.0 GiB");
  CHECK(human_size(~std::uint64_t{0}) == "16384.0 PiB");
}

TEST_CASE("external text becomes one line without control characters") {
  CHECK(one_line("  a\nb\r\tc\x1b[0m\x7f"
                 "d \n") == "a b  c [0m d");
  CHECK(one_line("ä€😀") == "ä€😀");
  CHECK(one_line("").empty());
}

TEST_CASE("a long text is cut at the limit, never inside a character") {
  CHECK(one_line("abcdef", 6) == "abcdef");
  CHECK(one_line("abcdefg", 6) == "abcdef …");
  CHECK(one_line("abcä", 4) == "abc …");
  for (std::size_t limit = 0; limit < 12; ++limit) {
    const std::string cut = one_line("a€😀ä€😀", limit);
    CHECK(is_utf8(cut));
    CHECK(cut.ends_with(" …"));
    CHECK(cut.size() <= limit + 4);
  }
}

TEST_CASE("valid UTF-8 of every length is accepted") {
  for (const char* text :
       {"", "a", "\x7f", "\xC2\x80", "\xDF\xBF", "\xE0\xA0\x80", "\xED\x9F\xBF", "\xEE\x80\x80",
        "\xEF\xBF\xBF", "\xF0\x90\x80\x80", "\xF4\x8F\xBF\xBF"}) {
    INFO(text);
    CHECK(is_utf8(text));
  }
  CHECK(is_utf8(std::string("a\0b", 3)));
}

TEST_CASE("invalid, overlong and surrogate sequences are not UTF-8") {
  for (const char* text :
       {"\x80", "\xBF", "\xC0\x80", "\xC1\xBF", "\xC3", "a\xC3", "\xC3(", "\xE0\x9F\xBF",
        "\xE2\x82", "\xED\xA0\x80", "\xED\xBF\xBF", "\xF0\x8F\xBF\xBF", "\xF0\x9F\x98",
        "\xF4\x90\x80\x80", "\xF5\x80\x80\x80", "\xFF", "\xE2\x28\xA1"}) {
    INFO(text);
    CHECK_FALSE(is_utf8(text));
  }
}

TEST_CASE("characters are counted, not bytes") {
  CHECK(characters("") == 0);
  CHECK(characters("aä€😀") == 4);
}

TEST_CASE("parts are joined with the separator") {
  CHECK(core::join({"a", "b", "c"}, ", ") == "a, b, c");
  CHECK(core::join({"a"}, ", ") == "a");
  CHECK(core::join({}, ", ").empty());
}
