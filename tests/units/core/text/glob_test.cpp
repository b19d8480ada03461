// SPDX-License-Identifier: MIT
#include "core/text/glob.hpp"
#include "core/text/braces.hpp"

#include <catch2/catch_test_macros.hpp>

#include "core/error.hpp"

using core::expand_braces;
using core::is_literal;
using core::matches_path;
using core::matches_segment;
using Strings = std::vector<std::string>;

TEST_CASE("braces are expanded, nested and side by side") {
  CHECK(expand_braces("x.{zip,tar.{gz,xz}}") == Strings{"x.zip", "x.tar.gz", "x.tar.xz"});
  CHECK(expand_braces("{a,b}{1,2}") == Strings{"a1", "a2", "b1", "b2"});
  CHECK(expand_braces("a{,.sig}") == Strings{"a", "a.sig"});
  CHECK(expand_braces("plain") == Strings{"plain"});
  CHECK(expand_braces("{one}") == Strings{"one"});
}

TEST_CASE("an escaped brace or comma is literal") {
  CHECK(expand_braces("\\{a,b\\}") == Strings{"\\{a,b\\}"});
  CHECK(expand_braces("{a\\,b,c}") == Strings{"a\\,b", "c"});
  CHECK(expand_braces("{a\\},b}") == Strings{"a\\}", "b"});
  CHECK(expand_braces("a,b") == Strings{"a,b"});
}

TEST_CASE("an unmatched brace or bracket is an error in the workflow") {
  for (const char* pattern : {"a{b", "{a,{b}", "{", "a}b", "[ab", "x[!"}) {
    INFO(pattern);
    try {
      expand_braces(pattern);
      FAIL_CHECK("no error");
    } catch (const core::Error& error) {
      CHECK(error.fault == core::Fault::workflow);
      CHECK(error.message.find(pattern) != std::string::npos);
      CHECK_FALSE(error.hint.empty());
    }
  }
}

TEST_CASE("a brace or comma within brackets is literal") {
  CHECK(expand_braces("x[{]y") == Strings{"x[{]y"});
  CHECK(expand_braces("[{}]") == Strings{"[{}]"});
  CHECK(expand_braces("{a,[}]}") == Strings{"a", "[}]"});
  CHECK(expand_braces("{[a,b],c}") == Strings{"[a,b]", "c"});
}

TEST_CASE("braces expand to a thousand patterns at most") {
  const std::string ten = "{0,1,2,3,4,5,6,7,8,9}";
  CHECK(expand_braces(ten + ten + ten).size() == 1000);
  CHECK_THROWS_AS(expand_braces(ten + ten + ten + "{a,b}"), core::Error);
}

TEST_CASE("a pattern has a hundred braces at most, side by side or nested") {
  std::string beside;
  std::string nested = "x";
  for (int i = 0; i < 100; ++i) {
    beside += "{a}";
    nested = "{" + nested + "}";
  }
  CHECK(expand_braces(beside).size() == 1);
  CHECK(expand_braces(nested) == Strings{"x"});
  CHECK_THROWS_AS(expand_braces(beside + "{a}"), core::Error);
  CHECK_THROWS_AS(expand_braces("{" + nested + "}"), core::Error);
}

TEST_CASE("a name with a leading dot is matched only by a literal dot") {
  for (const char* pattern :
       {"*", "**", "?env", "[.]env", "[!x]env", "*env", "\\*env", "[^a-z]*"}) {
    INFO(pattern);
    CHECK_FALSE(core::matches_file(pattern, ".env"));
  }
  for (const char* pattern : {".env", "\\.env", ".*", ".e?v", ".[e]nv", "\\.*", ".**"}) {
    INFO(pattern);
    CHECK(core::matches_file(pattern, ".env"));
  }
  CHECK(core::matches_file("*", "a.b"));
  CHECK_FALSE(core::matches_file(".*", "a.b"));
}

TEST_CASE("a star matches any text within a segment") {
  CHECK(matches_segment("*", ""));
  CHECK(matches_segment("*", ".hidden"));
  CHECK(matches_segment("*.gz", "a.tar.gz"));
  CHECK(matches_segment("a*b*c", "aXbYbZc"));
  CHECK(matches_segment("**", "name"));
  CHECK_FALSE(matches_segment("*.gz", "a.gz.sig"));
  CHECK_FALSE(matches_segment("a*b", "ab.c"));
  CHECK_FALSE(matches_segment("a", "ab"));
  CHECK_FALSE(matches_segment("ab", "a"));
}

TEST_CASE("a question mark matches one character, even beyond ASCII") {
  CHECK(matches_segment("a?c", "abc"));
  CHECK(matches_segment("?", "ä"));
  CHECK(matches_segment("a?c", "a😀c"));
  CHECK(matches_segment("?.txt", "..txt"));
  CHECK_FALSE(matches_segment("??", "ä"));
  CHECK_FALSE(matches_segment("a?", "a"));
}

TEST_CASE("brackets hold sets, ranges and their negation") {
  CHECK(matches_segment("v[0-9].[xyz]", "v7.y"));
  CHECK(matches_segment("[!a]", "b"));
  CHECK(matches_segment("[^a]", "b"));
  CHECK(matches_segment("[]x]", "]"));
  CHECK(matches_segment("[a-]", "-"));
  CHECK_FALSE(matches_segment("[!a]", "a"));
  CHECK_FALSE(matches_segment("[0-9]", "x"));
  CHECK_FALSE(matches_segment("[ab]", "ab"));
  CHECK_FALSE(matches_segment("[!a]", ""));
}

TEST_CASE("brackets hold characters, not bytes") {
  CHECK(matches_segment("x[äö]y", "xäy"));
  CHECK(matches_segment("x[!a]y", "xöy"));
  CHECK(matches_segment("[α-ω]", "γ"));
  CHECK_FALSE(matches_segment("x[äö]y", "xüy"));
  CHECK_FALSE(matches_segment("x[!ä]y", "xäy"));
}

TEST_CASE("an escaped character is literal") {
  CHECK(matches_segment("\\*", "*"));
  CHECK_FALSE(matches_segment("\\*", "a"));
  CHECK(matches_segment("a\\[b\\]", "a[b]"));
  CHECK(matches_segment("a\\\\b", "a\\b"));
  CHECK(matches_segment("\\?x", "?x"));
  CHECK_FALSE(matches_segment("\\?x", "ax"));
}

TEST_CASE("two stars match any number of segments, including none") {
  CHECK(matches_path("/a/**/z", "/a/z"));
  CHECK(matches_path("/a/**/z", "/a/b/c/z"));
  CHECK(matches_path("**", "a/b"));
  CHECK(matches_path("**/b/**", "a/b/c"));
  CHECK(matches_path("a//b/", "a/b"));
  CHECK_FALSE(matches_path("/a/**/z", "/a/b/y"));
  CHECK_FALSE(matches_path("a/*", "a/b/c"));
  CHECK_FALSE(matches_path("a/*", "a"));
  CHECK_FALSE(matches_path("a", "a/b"));
  CHECK_FALSE(matches_path("a*c", "a/c"));
}

TEST_CASE("many stars do not make matching slow") {
  std::string pattern;
  for (int i = 0; i < 30; ++i) pattern += "a*";
  CHECK_FALSE(matches_segment(pattern + "b", std::string(200, 'a')));
  CHECK(matches_segment(pattern + "b", std::string(200, 'a') + "b"));
}

TEST_CASE("a pattern without wildcards is literal") {
  CHECK(is_literal("plain.txt"));
  CHECK(is_literal("\\*\\?\\["));
  CHECK_FALSE(is_literal("a*"));
  CHECK_FALSE(is_literal("?"));
  CHECK_FALSE(is_literal("[ab]"));
  CHECK_FALSE(is_literal("\\\\*"));
  CHECK(core::unescaped("a\\*\\\\b\\[c") == "a*\\b[c");
  CHECK(core::unescaped("end\\") == "end\\");
}

TEST_CASE("a path is split into segments, without empty ones") {
  CHECK(core::segments("//a//b/") == Strings{"a", "b"});
  CHECK(core::segments("/").empty());
  CHECK(core::segments("").empty());
}
