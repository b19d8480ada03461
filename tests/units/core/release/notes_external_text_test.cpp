// SPDX-License-Identifier: MIT
// Texts from outside that become notes: they must not change what the rest of the notes means.
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

#include "core/release/notes.hpp"
#include "core/text/text.hpp"
#include "units/core/release/notes_fixture.hpp"

using core::Asset;
using core::incoming_text;
using core::Notes;
using core::parse_notes;
using core::Record;
using core::render_notes;
using core::with_appended;

using notes_tests::asset;
using notes_tests::commit;
using notes_tests::digest;
using notes_tests::record_of;

TEST_CASE("comments in external text that look like ours are escaped") {
  for (const std::string& line : {"<!-- gitea-release: being filled for commit " + commit + " -->",
                                  core::render_record(record_of({asset(5)})),
                                  std::string("<!-- gitea-release:downloads -->")}) {
    const std::string text = incoming_text("a " + line + "\n" + line);
    INFO(text);
    CHECK(text.find("<!-- gitea-release") == std::string::npos);
    CHECK(text.starts_with("a &lt;!-- gitea-release"));
    CHECK(incoming_text(text) == text);
    const Notes notes =
        parse_notes(render_notes({text, commit, record_of({asset(9)})}, {asset(9)}));
    CHECK(notes.text == text);
    CHECK(notes.mark == commit);
    CHECK(notes.record.contains(9));
  }
}

TEST_CASE("an unclosed comment in external text is closed") {
  CHECK(incoming_text("a <!-- b") == "a <!-- b -->");
  CHECK(incoming_text("<!-- a --> <!-- b") == "<!-- a --> <!-- b -->");
  CHECK(incoming_text("--> <!--") == "--> <!-- -->");
  CHECK(incoming_text("<!-- a --> b") == "<!-- a --> b");
  CHECK(incoming_text("x --> y") == "x --> y");
  for (const char* text : {"a <!-- b", "--> <!--", "<!-- x\r\n", "", "plain \r\n\r\n"}) {
    CHECK(incoming_text(incoming_text(text)) == incoming_text(text));
    CHECK(core::normalized(incoming_text(text)) == incoming_text(text));
  }
}

TEST_CASE("a comment in code is not closed, because it is not one") {
  for (const char* text : {"write `<!--` before", "```html\n<!-- a\n```", "    <!-- a"}) {
    CHECK(incoming_text(text) == text);
  }
}

TEST_CASE("an unclosed comment or code block hides neither the mark nor appended text") {
  CHECK(incoming_text("a\n~~~~\nb") == "a\n~~~~\nb\n~~~~");
  CHECK(render_notes({"```\na", commit, {}}, {})
            .starts_with("```\na\n```\n\n<!-- gitea-release: being"));
  CHECK(render_notes({"```\na", {}, {}}, {}) == "```\na");
  CHECK(with_appended("```\na", "b") == "```\na\n```\n\nb");
}

TEST_CASE("a byte order mark is removed, and a hard line break is kept") {
  CHECK(incoming_text("\xEF\xBB\xBF# Title\r\n") == "# Title");
  CHECK(incoming_text("\xEF\xBB\xBF").empty());
  CHECK(incoming_text("\xEF\xBB\xBF\xEF\xBB\xBFx") == "x");  // two programs have added one each
  CHECK(incoming_text("a  \r\nb \r\nc   ") == "a  \nb\nc");
  CHECK(parse_notes("a  \r\nb\r\n").text == "a  \nb");
  CHECK(with_appended("x\n\na\nb", "a  \nb") == "x\n\na\nb");
}
