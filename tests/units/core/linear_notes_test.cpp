// SPDX-License-Identifier: MIT
// Texts that become notes, each with the worst inputs that its author could think of.
#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "core/release/changelog.hpp"
#include "core/release/commits.hpp"
#include "core/release/generated_notes.hpp"
#include "core/release/notes.hpp"
#include "core/release/record.hpp"
#include "core/release/sections.hpp"
#include "core/text/blocks.hpp"
#include "core/text/markdown.hpp"
#include "core/text/text.hpp"
#include "support/linear.hpp"

namespace {

using linear::many;
using linear::nested;
using linear::numbered;
using linear::repeated;

/// "` `` ``` ````": no two runs of one length, so that none closes another.
std::string growing_backticks(std::size_t bytes) {
  std::string text;
  for (std::size_t length = 1; text.size() < bytes; ++length)
    text += std::string(length, '`') + " ";
  return text;
}

void changelog(const std::string& text) { core::changelog_section(text, "v1.2.0", "CHANGELOG.md"); }

const std::string definition = "[x]: https://h\n";

void links(const std::string& text) {
  core::LinkDefinitions definitions;
  core::read_link_definition("[x]: https://h", definitions);
  core::with_links_written_out(text, definitions);
}

void text_lines(const std::string& text) { core::text_lines(core::lines(text)); }

void inline_text(const std::string& text) { core::inline_markdown(text, "https://h/o/r"); }

void body(const std::string& text) {
  core::parse_notes(text, false);
  core::parse_notes(text, true);
}

void incoming(const std::string& text) { core::incoming_text(text); }

void sections(const std::string& text) {
  core::user_text(text);
  core::section(text, core::Section::downloads);
  core::with_section(text, core::Section::downloads, "x");
  core::with_section(text, core::Section::generated, "");
  core::with_user_text(text, "user");
  core::without_comments(text);
  core::with_cut_sections(text, text.size() / 2);
}

/// Whether the first half contains the second as lines.
void contains_lines(const std::string& text) {
  core::contains_lines(std::string_view(text).substr(0, text.size() / 2),
                       std::string_view(text).substr(text.size() / 2));
}

void message(const std::string& text) { core::parse_change(text); }

core::ReleaseHistory history(const std::vector<std::string>& messages) {
  core::ReleaseHistory history;
  history.repository_url = "https://h/o/r";
  for (const std::string& one : messages) {
    history.commits.push_back({std::to_string(history.commits.size()), one, one, "https://h", {}});
  }
  return history;
}

/// One message.
void notes_of_one(const std::string& text) { core::generated_notes(history({text}), {}); }

/// A message in each line, and each commit with one parent more than the one before.
void notes_of_many(const std::string& text) {
  core::generated_notes(history(core::lines(text)), {});
}

/// A chain of commits, each a merge of the two before.
void notes_of_merges(const std::string& text) {
  core::ReleaseHistory merges = history(core::lines(text));
  for (std::size_t i = 0; i < merges.commits.size(); ++i) {
    merges.commits[i].parents = {std::to_string(i + 1), std::to_string(i + 2)};
  }
  core::generated_notes(merges, {});
}

/// All commits are parents of the first.
void notes_of_an_octopus(const std::string& text) {
  core::ReleaseHistory octopus = history(core::lines(text));
  for (const core::Commit& commit : octopus.commits) {
    octopus.commits.front().parents.push_back(commit.sha);
  }
  core::generated_notes(octopus, {});
}

/// A category in each line, for as many commits of the type of the last one.
void notes_with_categories(const std::string& text) {
  core::NotesLayout layout;
  core::ReleaseHistory changes;
  for (const std::string& type : core::lines(text)) {
    layout.categories.push_back({type, {type}});
    layout.exclude.push_back("not-" + type);
    changes.commits.push_back({type, type + ": x", "", "", {}});
  }
  core::generated_notes(changes, layout);
}

void record(const std::string& text) { core::parse_record(text); }

}  // namespace

TEST_CASE("reading a changelog takes time in proportion to its length, whatever it contains") {
  const std::string heading = "## 1.2.0\n\n";
  linear::check({
      {"brackets", nested("[", "]", heading, "\n\n" + definition), changelog},
      {"pairs of brackets", many("[a]", heading, "\n\n" + definition), changelog},
      {"brackets and labels", many("[a][", heading, "\n\n" + definition), changelog},
      {"brackets without an end", many("[", heading, "\n\n" + definition), changelog},
      {"headings of versions", numbered("## 1.", ".0\n"), changelog},
      {"headings below a version", many("### x\n", heading), changelog},
      {"headings beside a version", many("## x\n", heading), changelog},
      {"underlined headings", numbered("1.", ".0\n---\n"), changelog},
      {"code spans", many("`a` ", heading), changelog},
      {"backticks that do not close", growing_backticks,
       [](const std::string& text) { changelog("## 1.2.0\n\n" + text); }},
      {"backslashes", many("\\", heading), changelog},
      {"definitions of links", numbered("[", "]: https://h\n", heading), changelog},
      {"definitions of one link", many("[x]: https://h\n", heading), changelog},
      {"a definition with a long label", many("x", heading + "[", "]: https://h\n[x]\n"),
       changelog},
      {"fences", many("```\n", heading), changelog},
      {"a fence without an end", many("x\n", heading + "```\n"), changelog},
      {"growing fences", growing_backticks,
       [](const std::string& text) {
         std::string fences = text;
         std::replace(fences.begin(), fences.end(), ' ', '\n');
         changelog("## 1.2.0\n\n" + fences);
       }},
      {"comments without an end", many("<!-- \n", heading), changelog},
      {"tables", many("|a|b|\n|-|-|\n", heading), changelog},
      {"quotes in quotes", many("> ", heading), changelog},
      {"lists in lists", many("- ", heading), changelog},
      {"emphasis", many("*_", heading), changelog},
      {"a long heading", many("[", "## "), changelog},
      {"a long version", many("1.", "## "), changelog},
      {"a line of hashes", many("#"), changelog},
      {"a heading that ends with hashes", many("#", "## 1.2.0 "), changelog},
      {"blank lines", many("\n", heading), changelog},
      {"blanks", many(" ", heading), changelog},
      {"line ends of Windows", many("\r\n", heading), changelog},
      {"versions equivalent to the tag", many("## 1.2\n"), changelog},
  });
}

TEST_CASE("reading Markdown takes time in proportion to its length") {
  linear::check({
      {"brackets", nested("[", "]"), links},
      {"brackets and code", nested("[`", "`]"), links},
      {"brackets with text", nested("[x ", " x]"), links},
      {"link after link", many("[x]"), links},
      {"code spans", many("`a`"), links},
      {"paragraphs with a backtick each", many("`\n\n"), links},
      {"a backtick in each line", many("`` a\n"), links},
      {"growing backticks", growing_backticks, links},
      {"two lengths of backticks", nested("` ", "`` "), links},
      {"labels without an end", many("][ x"), links},
      {"escaped brackets", many("\\[\\]"), links},
      {"growing backticks in a line", growing_backticks, inline_text},
      {"backticks in a line", many("` "), inline_text},
      {"code in a line", many("`` a`` "), inline_text},
      {"numbers of issues", many("#1 "), inline_text},
      {"a long number", many("1", "#"), inline_text},
      {"hashes", many("#"), inline_text},
      {"stars in a line", many("*"), inline_text},
      {"stars and blanks in a line", many("* "), inline_text},
      {"brackets in a line", many("["), inline_text},
      {"addresses in a line", many("http://"), inline_text},
      {"a number in a line", many("1"), inline_text},
      {"backslashes in a line", many("\\"), inline_text},
      {"HTML", many("<"), inline_text},
      {"entities", many("&"), inline_text},
      {"text to be escaped", many("*_[`"),
       [](const std::string& text) { core::escaped_markdown(text); }},
      {"fences of both kinds", many("```\n~~~\n"), text_lines},
      {"a line of backticks", many("`"), text_lines},
      {"a comment in each line", many("<!-- x\n-->\n"), text_lines},
      {"comments within one", many("<!-- "), text_lines},
      {"quotes in quotes", many("> "), text_lines},
      {"items in items", many("- "), text_lines},
      {"deep items and empty lines",
       [](std::size_t bytes) {
         return repeated("- ", bytes / 2) + "a" + repeated("\n", bytes / 2);
       },
       text_lines},
      {"deep quotes in each line", many(std::string(60, '>') + "a\n"), text_lines},
      {"blanks and a fence", many(" ", "", "```"), text_lines},
      {"tabs", many("\t"), text_lines},
      {"digits", many("1"), text_lines},
      {"tags", many("<a"), text_lines},
      {"marks of a rule", many("* ", "", "a"), text_lines},
      {"lines in one block of HTML", many("a</\n", "<pre>\n"), text_lines},
  });
}

TEST_CASE("reading notes takes time in proportion to their length") {
  const std::string ours = "<!-- gitea-release";
  const std::string mark = ours + ": being filled for commit abc -->\n";
  const std::string entry = " 1:01234567:" + std::string(43, 'A') + "=";
  linear::check({
      {"comments like ours", many(ours), incoming},
      {"elements that hide", many("<details>"), incoming},
      {"comments in one paragraph", many("a <!--\n"), incoming},
      {"lines of one paragraph", many("a`\n"), incoming},
      {"blocks of HTML", many("<div>\n\n"), incoming},
      {"deep items", many("- "), incoming},
      {"comments", many("<!--"), incoming},
      {"comments that end", many("<!---->"), incoming},
      {"ends of comments", many("-->"), incoming},
      {"comments in code", many("`<!--` "), incoming},
      {"growing backticks", growing_backticks, incoming},
      {"code spans", many("`a` "), incoming},
      {"backslashes", many("\\"), incoming},
      {"backticks behind backslashes", many("\\` "), incoming},
      {"fences", many("```\n"), incoming},
      {"tags", many("<"), incoming},
      {"tags with quotes", many("<a href=\""), incoming},
      {"one long line", many("x"), incoming},
      {"quotes and lists", many("> - 1. "), incoming},
      {"marks", many(mark), body},
      {"records", many(ours + " record:" + entry + " -->\n"), body},
      {"a long record", many(entry, ours + " record:", " -->"), body},
      {"a record without an end", many(ours + " record:"), body},
      {"lines of blanks", many(" \n"), body},
      {"one line of blanks", many(" ", "x"), body},
      {"entries of a record", numbered(" ", entry.substr(2), ours + " record:"), record},
      {"colons", many(":", ours + " record: ", " -->"), record},
      {"sections that begin", many(ours + ": downloads -->\n"), sections},
      {"sections that end", many(ours + ": end of downloads -->\n"), sections},
      {"both kinds of sections",
       many(ours + ": downloads -->\n" + ours + ": generated notes -->\n"), sections},
      {"whole sections", many(ours + ": downloads -->\n" + ours + ": end of downloads -->\n"),
       sections},
      {"text around sections",
       many("x\n" + ours + ": generated notes -->\ny\n" + ours + ": end of generated notes -->\n"),
       sections},
      {"lines that are nearly contained",
       [](std::size_t bytes) {
         return repeated("a\n", bytes - bytes / 4) + repeated("a\n", bytes / 4) + "b\n";
       },
       contains_lines},
      {"long lines that are nearly contained",
       [](std::size_t bytes) { return repeated(std::string(100, 'a') + "\n", bytes) + "b\n"; },
       contains_lines},
      {"empty lines", many("\n"), contains_lines},
  });
}

TEST_CASE("reading commits takes time in proportion to the length of their messages") {
  linear::check({
      {"footers", many("Token: x\n", "feat: a\n\n"), message},
      {"breaking changes", many("BREAKING CHANGE: x\n", "feat: a\n\n"), message},
      {"a long breaking note", many("x\n", "feat: a\n\nBREAKING CHANGE: x\n"), message},
      {"a long type", many("a"), message},
      {"scopes without an end", many("feat("), message},
      {"lines like the name of a footer", many("a"), message},
      {"a merge with hashes", many("#", "Merge pull request '"), notes_of_one},
      {"a merge with titles", many("' (#", "Merge pull request '"), notes_of_one},
      {"co-authors", numbered("Co-authored-by: N", " <n@h>\n", "feat: a\n\n"), notes_of_one},
      {"one co-author", many("Co-authored-by: N <n@h>\n", "feat: a\n\n"), notes_of_one},
      {"numbers of issues", many("#1 "), notes_of_one},
      {"commits", many("feat: a\n"), notes_of_many},
      {"breaking commits", many("feat!: a\n"), notes_of_many},
      {"commits of a type each", numbered("t", ": x\n"), notes_of_many},
      {"merges", many("Merge pull request 'x' (#1) from a into b\n"), notes_of_merges},
      {"a merge of all", many("feat: a\n"), notes_of_an_octopus},
      {"categories", numbered("type", "\n"), notes_with_categories},
  });
}
