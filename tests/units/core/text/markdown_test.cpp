// SPDX-License-Identifier: MIT
#include "core/text/markdown.hpp"

#include <catch2/catch_test_macros.hpp>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/text/text.hpp"

using core::inline_markdown;

namespace {

const std::string repository = "https://h/o/r";

std::string in_list(const std::string& text) { return inline_markdown(text, repository); }

}  // namespace

TEST_CASE("the number of an issue becomes a link, but only if it is one") {
  CHECK(in_list("fix #12") == "fix [#12](https://h/o/r/issues/12)");
  CHECK(in_list("#1, (#23) and #4.") ==
        "[#1](https://h/o/r/issues/1), ([#23](https://h/o/r/issues/23)) and "
        "[#4](https://h/o/r/issues/4).");
  for (const char* none :
       {"a#1", "o/r#1", "x #", "x #a1", "x #1a", "x #1_", "x/#1", "`#1`", "C# 1"}) {
    CHECK(in_list(none) == none);
  }
  CHECK(in_list("&#1;") == "&amp;#1;");
  CHECK(inline_markdown("fix #12", "") == "fix #12");
}

TEST_CASE("HTML in external text is escaped, but code stays code") {
  CHECK(in_list("drop <b> and <!-- x -->") == "drop &lt;b> and &lt;!-- x -->");
  CHECK(in_list("`a<b>` and ``a`<`b``<") == "`a<b>` and ``a`<`b``&lt;");
  CHECK(in_list("`a<b ``c") == "\\`a&lt;b \\`\\`c");
  CHECK(in_list("```") == "\\`\\`\\`");
}

TEST_CASE("no block begins in a line of external text") {
  CHECK(in_list("# heading") == "\\# heading");
  CHECK(in_list("> quote") == "\\> quote");
  CHECK(in_list("- item") == "\\- item");
  CHECK(in_list("~~~ fence") == "\\~~~ fence");
  CHECK(in_list("a - b > c # d") == "a - b > c # d");
}

TEST_CASE(
    "a line of external text is literal: no list item, emphasis, link or reference begins in it") {
  const std::vector<std::pair<const char*, const char*>> rows = {
      {"1. x", "1\\. x"},
      {"12) x", "12\\) x"},
      {"1.", "1\\."},
      {"1.0 x", "1.0 x"},
      {"2024 was good", "2024 was good"},
      {"+ x", "\\+ x"},
      {"* x", "\\* x"},
      {"= x", "\\= x"},
      {"| x", "\\| x"},
      {"[ ] x", "\\[ ] x"},
      {"pass *args and **kwargs", "pass \\*args and \\*\\*kwargs"},
      {"2 * 3 * 4", "2 * 3 * 4"},
      {"call __init__ of _x in snake_case_name", "call \\_\\_init__ of \\_x in snake_case_name"},
      {"~~gone~~", "\\~\\~gone~~"},
      {"~/.config is ~ 5", "\\~/.config is ~ 5"},
      {"[a](https://b) ![c](d) [e]", "\\[a](https://b) !\\[c](d) \\[e]"},
      {"&lt; & &#60; &;", "&amp;lt; & &amp;#60; &;"},
      {"C:\\new \\* x", "C:\\new \\\\* x"},
      {"see https://h/_a_/*b*#1, <https://c_d>", "see https://h/_a_/*b*#1, &lt;https://c_d>"},
      {"xhttps://h/*b", "xhttps://h/\\*b"},
      {"thanks @ada_l :tada:", "thanks @ada_l :tada:"},
      {"`*a* [b](c)` *d*", "`*a* [b](c)` \\*d*"},
  };
  for (const auto& [line, markdown] : rows) {
    INFO(line);
    CHECK(in_list(line) == markdown);
  }
}

TEST_CASE("names are text, whatever characters they contain") {
  CHECK(core::escaped_markdown("[bot] <x> a_b*c `d` \\") ==
        "\\[bot\\] \\<x\\> a\\_b\\*c \\`d\\` \\\\");
  CHECK(core::escaped_markdown("v1.0...v1.1") == "v1.0...v1.1");
}

TEST_CASE("only a link definition is read as one") {
  for (const char* line : {"[a]: https://b", "   [a]: https://b", "[a]:https://b",
                           "[a]: <https://b> \"t\"", "[a]: https://b 't'", "[a]: b (t)"}) {
    INFO(line);
    core::LinkDefinitions definitions;
    CHECK(core::read_link_definition(line, definitions));
    CHECK(definitions.contains("a"));
  }
  for (const char* line : {"[a] : b", "    [a]: b", "[a]:", "[]: b", "[^a]: b", "[a[b]: c",
                           "[a]: b c", "[a]: <b", "x [a]: b", "[a]: b \"t", ""}) {
    INFO(line);
    core::LinkDefinitions definitions;
    CHECK_FALSE(core::read_link_definition(line, definitions));
    CHECK(definitions.empty());
  }
  core::LinkDefinitions definitions;
  core::read_link_definition("[a]: first", definitions);
  core::read_link_definition("[A]: second", definitions);
  CHECK(definitions.at("a") == "(first)");
}

TEST_CASE("a backtick that begins no code has no effect beyond its paragraph") {
  core::LinkDefinitions definitions;
  core::read_link_definition("[a]: https://a", definitions);
  CHECK(core::with_links_written_out("one ` tick\n\n[a] and ` again", definitions) ==
        "one ` tick\n\n[a](https://a) and ` again");
}

TEST_CASE("writing links out twice gives the same result as once") {
  core::LinkDefinitions definitions;
  core::read_link_definition("[a]: https://a", definitions);
  core::read_link_definition("[b c]: https://b", definitions);
  std::mt19937 random(5);
  const std::vector<std::string> parts = {"[", "]",  "a",  "b c", "(", ")",
                                          "`", "\\", "\n", " ",   "!"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int n = std::uniform_int_distribution<int>(0, 20)(random); n > 0; --n) {
      text += parts[std::uniform_int_distribution<std::size_t>(0, parts.size() - 1)(random)];
    }
    INFO(text);
    const std::string once = core::with_links_written_out(text, definitions);
    CHECK(core::with_links_written_out(once, definitions) == once);
  }
}
