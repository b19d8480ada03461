// SPDX-License-Identifier: MIT
#include "core/text/unclosed.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <utility>
#include <vector>

#include "core/text/blocks.hpp"
#include "core/text/text.hpp"

using core::with_blocks_closed;

TEST_CASE("text with everything closed stays unchanged") {
  for (const char* text : {"",
                           "a",
                           "```\na\n```",
                           "`<!--`",
                           "a `<!-- b` c",
                           "`` ` <!-- ``",
                           "```\n<!--\n```",
                           "~~~\n<!-- a\n~~~\n\nb",
                           "    <!-- a",
                           "- a\n\n      <!-- b",
                           "\\<!-- a",
                           "<!-- a -->",
                           "<!--\na\n-->",
                           "<!-- a --> b",
                           "x --> y",
                           "a <!-- b\n\nc",
                           "# a <!-- b\nc",
                           "<div>\na",
                           "- a\n  ```\n  b",
                           "> ```\n> b",
                           "<details>a</details>",
                           "<details>\n\na\n\n</details>",
                           "`<details>`",
                           "```\n<details>\n```",
                           "<!-- <details> -->",
                           "<!--\n<details>\n-->",
                           "</details>",
                           "<detailsx>"}) {
    INFO(text);
    CHECK(with_blocks_closed(text) == text);
  }
}

TEST_CASE("an open block is closed once, and nothing after it is swallowed") {
  const std::vector<std::pair<std::string, std::string>> rows = {
      {"```\na", "\n```"},
      {"a\n~~~~ sh\nb\n~~~", "\n~~~~"},
      {"````\n```", "\n````"},
      {"  ```\n  a", "\n```"},
      {"```\n<!--", "\n```"},
      {"- a\n\n```\nb", "\n```"},
      {"<!--", "\n-->"},
      {"<!-- a\n\nb", " -->"},
      {"<!-- a --> <!-- b", " -->"},
      {"- <!-- a", " -->"},
      {"a <!-- b", " -->"},
      {"`a <!-- b", " -->"},
      {"--> <!--", " -->"},
      {"# a <!-- b", " -->"},
      {"<pre>\na", "</pre>"},
      {"<script>\n\na", "</script>"},
      {"<?x", "?>"},
      {"<![CDATA[\n\na", "]]>"},
      {"<!X", ">"},
      {"<details>\n<summary>a</summary>\n\nb", "\n\n</details>"},
      {"<DETAILS open>a<details>\n\n```\nb", "\n```\n\n</details>\n\n</details>"},
      {"a <details> b", "\n\n</details>"},
  };
  for (const auto& [text, end] : rows) {
    INFO(text);
    const std::string closed = with_blocks_closed(text);
    CHECK(closed == text + end);
    CHECK(with_blocks_closed(closed) == closed);
    CHECK(core::normalized(closed) == closed);
    CHECK(core::text_lines(core::lines(closed + "\n\n# behind")).back());
  }
}

TEST_CASE("closing leaves nothing open, even if one end would open another block") {
  for (const char* text :
       {"a\n<!a\n<!-- b", "<!a\n<!-- <details>", "<?a\n<!-- b", "<pre>\n<!-- a"}) {
    INFO(text);
    const std::string closed = core::with_blocks_closed(text);
    CHECK(core::with_blocks_closed(closed) == closed);
  }
}
