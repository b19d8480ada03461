// SPDX-License-Identifier: MIT
#include "core/text/pattern_habits.hpp"

#include <catch2/catch_test_macros.hpp>
#include <set>

namespace {

/// "why | hint", or "" for a pattern without a habit; these paths exist.
std::string habit(const std::string& pattern, const std::set<std::string>& paths = {}) {
  const auto found =
      core::pattern_habit(pattern, [&](const std::string& path) { return paths.contains(path); });
  return found ? found->why + " | " + found->hint : "";
}

}  // namespace

TEST_CASE("patterns separated by commas, blanks, semicolons or bars: the message asks for lines") {
  const std::string hint = " | Write each pattern on a separate line: 'files: |', then the lines.";
  const std::string commas = "patterns are separated by line breaks, not by commas" + hint;
  CHECK(habit("a.zip, b.zip") == commas);
  CHECK(habit("dist/*.zip,dist/*.whl") == commas);
  CHECK(habit("a,b", {"a"}) == commas);
  CHECK(habit("a.zip b.zip", {"a.zip"}) ==
        "patterns are separated by line breaks, not by blanks" + hint);
  CHECK(habit("a.zip;b.zip", {"b.zip"}) ==
        "patterns are separated by line breaks, not by ';'" + hint);
  CHECK(habit("a.zip | b.zip", {"b.zip"}) ==
        "patterns are separated by line breaks, not by '|'" + hint);
  CHECK(habit("My Application.zip").empty());
  CHECK(habit("dist/{a,b}.zip").empty());
}

TEST_CASE("quotes, dashes and comments are part of a pattern") {
  CHECK(habit("\"dist/*.zip\"") ==
        "the quotes are part of the pattern | Write 'dist/*.zip' without them.");
  CHECK(habit("'a.zip',") == "the quotes are part of the pattern | Write 'a.zip' without them.");
  CHECK(habit("“a.zip”") == "the quotes are part of the pattern | Write 'a.zip' without them.");
  CHECK(habit("- dist/a.zip") ==
        "the input is a text and not a list, so '- ' is part of the pattern | Write 'dist/a.zip'; "
        "with 'files: |', one pattern per line, dashes are not needed.");
  CHECK(habit("# the binaries") ==
        "each line is a pattern, and comments are not supported | Remove the line.");
  CHECK(habit("a.zip # for Linux") ==
        "comments are not supported, so '#' and the text after it are part of the pattern | Write "
        "'a.zip'.");
}

TEST_CASE("variables and expressions are not evaluated") {
  for (const char* pattern : {"$DIST/a.zip", "dist/${VERSION}.zip", "%DIST%/a.zip"}) {
    CHECK(habit(pattern) ==
          "variables are not expanded, because no shell reads it | Write ${{ env.NAME }} in the "
          "workflow instead.");
  }
  CHECK(habit("${{ env.DIST }}/a.zip").starts_with("it contains an expression"));
  CHECK(habit("100%/a.zip").empty());
  CHECK(habit("a$.zip").empty());
}

TEST_CASE("backslashes are not separators, and a literal bracket needs one") {
  CHECK(habit("dist\\*.zip") ==
        "'\\' makes the next character literal, also on Windows | Write 'dist/*.zip'.");
  CHECK(habit("C:\\out\\app.exe").ends_with("Write 'C:/out/app.exe'."));
  CHECK(habit("dist/\\[a\\].zip").empty());
  CHECK(habit("[Release] x.jar", {"\\[Release\\] x.jar"}) ==
        "'[…]' matches one of the characters in it | Write '\\[Release\\] x.jar' to match the file "
        "of this name.");
  CHECK(habit("[ab].zip").empty());
}

TEST_CASE("syntax of other globs") {
  CHECK(habit("dist/@(a|b).zip") == "'@(…)' is not a pattern here | Write alternatives as {a,b}.");
  CHECK(habit("!(a|b).zip").starts_with("'!(…)'"));
  CHECK(habit("dist/**.zip", {"dist/**/*.zip"}) ==
        "'**' matches directories only if it is a whole segment | Write 'dist/**/*.zip'.");
  CHECK(habit("https://example.org/a.zip").starts_with("it is an address"));
}

TEST_CASE("other ways to rename an asset") {
  for (const char* pattern : {"a.zip=>b.zip", "a.zip -> b.zip", "a.zip#b.zip", "a.zip:b.zip"}) {
    CHECK(habit(pattern, {"a.zip"}) ==
          "the name of the asset has to follow ' => ', with blanks around it | Write 'a.zip => "
          "b.zip'.");
  }
}

TEST_CASE("characters that look like others") {
  CHECK(habit("dist/\u00a0a.zip").starts_with("it contains the character U+00A0"));
  CHECK(habit("a\u2013b.zip").starts_with("it contains the character U+2013"));
}

TEST_CASE("names that differ only in their Unicode form are told from different names") {
  CHECK(core::differ_in_unicode_form("caf\u00e9.zip", "cafe\u0301.zip"));
  CHECK(core::differ_in_unicode_form("Gr\u00f6\u00dfe", "Gro\u0308\u00dfe"));
  CHECK(core::differ_in_unicode_form("\u1ebf", "e\u0302\u0301"));
  CHECK_FALSE(core::differ_in_unicode_form("cafe.zip", "cafe\u0301.zip"));
  CHECK_FALSE(core::differ_in_unicode_form("a", "a"));
}
