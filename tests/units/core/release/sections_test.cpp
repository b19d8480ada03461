// SPDX-License-Identifier: MIT
#include "core/release/sections.hpp"

#include <catch2/catch_test_macros.hpp>
#include <random>
#include <vector>

#include "core/text/text.hpp"

using core::Section;
using core::section;
using core::user_text;
using core::with_section;
using core::with_user_text;
using core::without_comments;

namespace {

const std::string opening = "<!-- gitea-release: downloads -->";
const std::string closing = "<!-- gitea-release: end of downloads -->";
const std::string generated_opening = "<!-- gitea-release: generated notes -->";

/// Texts of all kinds: with sections, halves of sections, and blank lines.
std::string any_text(std::mt19937& random) {
  const std::vector<std::string> pieces = {"Mine.",
                                           "",
                                           "\n\n",
                                           "    indented",
                                           opening,
                                           closing,
                                           generated_opening,
                                           "<!-- gitea-release: end of generated notes -->",
                                           opening + "\n\nold\n\n" + closing,
                                           "```\ncode\n```"};
  std::string text;
  for (auto count = random() % 7; count > 0; --count) {
    text += pieces[random() % pieces.size()] + "\n";
  }
  return core::normalized(text);
}

}  // namespace

TEST_CASE("sections follow the user's text, in their order") {
  std::string text = with_section("Mine.", Section::downloads, "the table");
  text = with_section(text, Section::generated, "the commits");
  CHECK(without_comments(text) == "Mine.\n\nthe commits\n\nthe table");
  CHECK(user_text(text) == "Mine.");
  CHECK(section(text, Section::downloads) == "the table");
  CHECK(section(text, Section::generated) == "the commits");
}

TEST_CASE("a section is replaced in its place, and text around it stays") {
  const std::string text = "Before.\n\n" + opening + "\n\nold\n\n" + closing + "\n\nAfter.";
  CHECK(with_section(text, Section::downloads, "new") ==
        "Before.\n\n" + opening + "\n\nnew\n\n" + closing + "\n\nAfter.");
  CHECK(with_section(text, Section::downloads, "") == "Before.\n\nAfter.");
  CHECK(user_text(text) == "Before.\n\nAfter.");
}

TEST_CASE("a new user's text replaces the old one, and the sections stay") {
  const std::string text = "Before.\n\n" + opening + "\n\ntable\n\n" + closing + "\n\nAfter.";
  CHECK(with_user_text(text, "New.") == "New.\n\n" + opening + "\n\ntable\n\n" + closing);
  CHECK(user_text(with_user_text(text, "")).empty());
}

TEST_CASE("a section without its end is the user's text") {
  const std::string text = "Mine.\n" + opening + "\nstill mine";
  CHECK(user_text(text) == "Mine.\nstill mine");
  CHECK_FALSE(section(text, Section::downloads));
  CHECK(section(with_section(text, Section::downloads, "x"), Section::downloads) == "x");
}

TEST_CASE("of two sections of one kind one remains after a write") {
  const std::string one = opening + "\n\na\n\n" + closing;
  CHECK(with_section(one + "\n\n" + one, Section::downloads, "b") ==
        opening + "\n\nb\n\n" + closing);
}

TEST_CASE("unclosed code in the user's text does not swallow a section") {
  const std::string text = with_section("a\n```\nb", Section::downloads, "x");
  CHECK(text.starts_with("a\n```\nb\n```\n\n<!-- gitea-release: downloads -->"));
  CHECK(with_section(text, Section::downloads, "x") == text);
  CHECK(with_user_text(text, "~~~\nc").starts_with("~~~\nc\n~~~\n\n<!--"));
  CHECK(user_text("~~~\nc") == "~~~\nc");
}

TEST_CASE("writing a section is idempotent and changes nothing else, whatever the text") {
  std::mt19937 random(1);
  for (int i = 0; i < 3000; ++i) {
    const std::string text = any_text(random);
    const auto which = random() % 2 == 0 ? Section::generated : Section::downloads;
    const std::string once = with_section(text, which, "content\n\n  of two");
    INFO("text:\n" << text << "\nonce:\n" << once);
    REQUIRE(with_section(once, which, "content\n\n  of two") == once);
    REQUIRE(section(once, which) == "content\n\n  of two");
    REQUIRE(user_text(once) == user_text(text));
    const std::string replaced = with_user_text(once, "New text.");
    REQUIRE(with_user_text(replaced, "New text.") == replaced);
    REQUIRE(section(replaced, which) == section(once, which));
  }
}

TEST_CASE("what is too long is cut at whole lines of the sections, never in the user's text") {
  std::string rows;
  for (int i = 0; i < 100; ++i) rows += "row " + std::to_string(i) + "\n";
  std::string text = with_section("Mine.", Section::generated, rows);
  text = with_section(text, Section::downloads, rows);
  CHECK(core::with_cut_sections(text, text.size()) == text);
  const std::string less = core::with_cut_sections(text, text.size() - 100);
  CHECK(less.size() <= text.size() - 100);
  CHECK(section(less, Section::generated) == section(text, Section::generated));
  CHECK(section(less, Section::downloads)
            ->ends_with("*(shortened, because the notes would be too long)*"));
  CHECK(core::with_cut_sections(less, text.size() - 100) == less);
  CHECK(core::with_cut_sections(text, 3) == "Mine.");
}
