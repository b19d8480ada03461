// SPDX-License-Identifier: MIT
#include "core/release/changelog.hpp"

#include <catch2/catch_test_macros.hpp>
#include <random>
#include <string>
#include <vector>

#include "core/error.hpp"
#include "core/text/text.hpp"

namespace {

std::string section(const std::string& text, const std::string& tag) {
  return core::changelog_section(text, tag, "CHANGELOG.md");
}

std::string refusal(const std::string& text, const std::string& tag) {
  try {
    return "no error, but: " + section(text, tag);
  } catch (const core::Error& error) {
    CHECK(error.fault == core::Fault::workflow);
    return error.message + " | " + error.hint;
  }
}

const std::string kept = R"(# Changelog

All notable changes.

## [Unreleased]

### Added

- something for later

## [1.2.0] - 2026-01-02

### Added

- exports ([#12], see [the manual][manual])

### Fixed

- imports

## [1.1.0] - 2025-12-01

- the one before

[Unreleased]: https://git.example.org/o/app/compare/v1.2.0...HEAD
[1.2.0]: https://git.example.org/o/app/compare/v1.1.0...v1.2.0
[#12]: https://git.example.org/o/app/issues/12
[Manual]: https://example.org/manual "The manual"
)";

}  // namespace

TEST_CASE(
    "a section of Keep a Changelog is taken without its heading, and its links are written out") {
  CHECK(section(kept, "v1.2.0") ==
        "### Added\n\n"
        "- exports ([#12](https://git.example.org/o/app/issues/12), see [the "
        "manual](https://example.org/manual \"The manual\"))\n\n"
        "### Fixed\n\n- imports");
}

TEST_CASE("the last section ends before the link definitions") {
  CHECK(section(kept, "v1.1.0") == "- the one before");
}

TEST_CASE("a section is found with every common spelling of its heading") {
  for (const char* heading : {"## [1.2.0] - 2026-01-02",
                              "## 1.2.0",
                              "## v1.2.0",
                              "## [v1.2.0]",
                              "## V1.2.0 ##",
                              "# 1.2.0",
                              "### 1.2.0",
                              "## [1.2.0](https://h/compare/a...b) (2026-01-02)",
                              "## 1.2.0 (2026-01-02)",
                              "## 1.2.0 / 2026-01-02",
                              "## 1.2.0 – 2026-01-02",
                              "## 1.2.0:",
                              "## Version 1.2.0",
                              "## Release v1.2.0",
                              "## **1.2.0**",
                              "## `1.2.0`",
                              "## 1.2",
                              "## [1.2.0] - 2026-01-02 [YANKED]",
                              "## 1.2.0 The large one",
                              "  ## 1.2.0",
                              "##\t1.2.0",
                              "1.2.0 / 2026-01-02\n==================",
                              "v1.2.0\n------"}) {
    INFO(heading);
    const std::string text =
        std::string("# Changes\n\n") + heading + "\n\n- new\n\n" + "## 1.1.0\n\n- old\n";
    CHECK(section(text, "v1.2.0") == "- new");
    CHECK(section(text, "1.2.0") == "- new");
    CHECK(section(text, "app/v1.2.0") == "- new");
  }
}

TEST_CASE("a heading with the tag's prefix belongs to the same package") {
  const std::string text = "## @scope/b@1.2.0\n\n- of b\n\n## @scope/a@1.2.0\n\n- of a\n";
  CHECK(section(text, "@scope/a@1.2.0") == "- of a");
  CHECK(section(text, "@scope/b@1.2.0") == "- of b");
  CHECK(refusal(text, "v1.2.0").find("has no section for v1.2.0") != std::string::npos);
}

TEST_CASE("a heading that is spelt like the tag wins over an equivalent one") {
  const std::string text = "## 1.2\n\n- short\n\n## 1.2.0\n\n- long\n\n## 1.3.0+b2\n\n- b2\n";
  CHECK(section(text, "v1.2.0") == "- long");
  CHECK(section(text, "v1.2") == "- short");
  CHECK(section(text, "v1.3.0") == "- b2");
}

TEST_CASE("prereleases have sections of their own") {
  const std::string text = "## 1.2.0\n\n- stable\n\n## 1.2.0-rc.1\n\n- candidate\n";
  CHECK(section(text, "v1.2.0") == "- stable");
  CHECK(section(text, "v1.2.0-rc.1") == "- candidate");
  CHECK(section(text, "v1.2.0rc1") == "- candidate");
}

TEST_CASE("a tag that is not a version finds a section with that name") {
  CHECK(section("## Nightly\n\n- tonight\n\n## 1.0.0\n\n- one\n", "nightly") == "- tonight");
}

TEST_CASE("deeper headings belong to a section, even if they begin with a number") {
  const std::string text =
      "## 1.2.0\n\n### 3 new features\n\n- a\n\n### 2.5 times as fast\n\n#### How\n\n- b\n\n## "
      "1.1\n";
  CHECK(section(text, "v1.2.0").find("- a") != std::string::npos);
  CHECK(section("## 1.2.0\n\n### 3 new features\n\n- a\n", "v1.2.0") ==
        "### 3 new features\n\n- a");
}

TEST_CASE("a patch release below its minor release has a section of its own") {
  const std::string text =
      "## [1.1.0](https://h) (2026-01-01)\n\n### Features\n\n- f\n\n"
      "### [1.0.1](https://h) (2025-12-01)\n\n### Bug Fixes\n\n- b\n\n# [1.0.0](https://h)\n\n- "
      "a\n";
  CHECK(section(text, "v1.1.0") == "### Features\n\n- f");
  CHECK(section(text, "v1.0.1") == "### Bug Fixes\n\n- b");
}

TEST_CASE("text in code or in a comment is neither a heading nor a definition") {
  const std::string text =
      "<!--\n## 1.2.0\n\ntemplate\n-->\n\n```\n## 1.2.0\n\nexample\n[x]: https://wrong\n```\n\n"
      "## 1.2.0\n\n```sh\n## 1.1.0\n[x] stays\n```\n\n- [x] and `[x]` and \\[x]\n\n"
      "## 1.1.0\n\n- old\n\n[x]: https://right\n";
  CHECK(section(text, "1.2.0") ==
        "```sh\n## 1.1.0\n[x] stays\n```\n\n- [x](https://right) and `[x]` and \\[x]");
}

TEST_CASE("code in a list and a hard line break stay unchanged") {
  const std::string text = "- a  \n  b\n\n  ```\n  ## 1.1.0\n  [x]\n- c [x]";
  CHECK(core::changelog_section("## 1.2.0\n\n" + text + "\n\n## 1.1.0\n\n[x]: https://h\n",
                                "v1.2.0", "C") == text + "(https://h)");
}

TEST_CASE("all forms of reference links are written out, but only if they are defined") {
  const auto linked = [](const std::string& line) {
    return section("## 1.0.0\n\n" + line + "\n\n[a]: <https://a>\n[b c]: https://h/b_(c) 'B'\n",
                   "1.0.0");
  };
  CHECK(linked("[a] [a][] [text][a] [A]") ==
        "[a](<https://a>) [a](<https://a>) [text](<https://a>) [A](<https://a>)");
  CHECK(linked("[text][B  c] and\n[wrapped\ntext][b\nc]") ==
        "[text](<https://h/b_(c)> 'B') and\n[wrapped\ntext](<https://h/b_(c)> 'B')");
  CHECK(linked("[![image][a]][b c]") == "[![image](<https://a>)](<https://h/b_(c)> 'B')");
  CHECK(linked("[a](https://own) [nothing] [text][nothing] [ ] a[0] [^1]") ==
        "[a](https://own) [nothing] [text][nothing] [ ] a[0] [^1]");
  CHECK(linked("]] [[a]] [a") == "]] [[a](<https://a>)] [a");
}

TEST_CASE("for a missing section the existing ones are listed") {
  CHECK(
      refusal(kept, "v2.0.0") ==
      "CHANGELOG.md has no section for v2.0.0; there are Unreleased, 1.2.0, 1.1.0 | Add one under "
      "a heading such as '## [1.2.0] - 2026-01-02'.");
  std::string many;
  for (int i = 0; i < 30; ++i) many += "## 0." + std::to_string(i) + ".0\n\n- x\n\n";
  CHECK(refusal(many, "v1.0.0").find("0.9.0 and 20 more") != std::string::npos);
  CHECK(refusal("# Changes\n\n- none yet\n", "v1.0.0").find("names a version: 'Changes'") !=
        std::string::npos);
  CHECK(refusal("", "v1.0.0").find("has no section") != std::string::npos);
}

TEST_CASE("an empty section is a mistake, too") {
  CHECK(refusal("## 1.2.0\n\n\n## 1.1.0\n\n- old\n", "v1.2.0") ==
        "CHANGELOG.md: the section for v1.2.0 is empty | Describe the changes below its "
        "heading.");
}

TEST_CASE("Windows line ends and a byte order mark make no difference") {
  CHECK(section("\xEF\xBB\xBF## 1.2.0\r\n\r\n- new\r\n\r\n## 1.1.0\r\n", "v1.2.0") == "- new");
}

TEST_CASE("each section keeps its content, whatever the changelog contains") {
  std::mt19937 random(7);
  const auto pick = [&](const std::vector<std::string>& words) {
    return words[std::uniform_int_distribution<std::size_t>(0, words.size() - 1)(random)];
  };
  const std::vector<std::string> lines = {
      "- a change",   "### Added",           "text with `code [x]`", "    indented", "> quoted",
      "1. first",     "[inline](https://x)", "```\n## 9.9.9\n```",   "| a | b |",    "- [ ] open",
      "#12 is fixed", "é 🎉 \\[x\\]",         "<!-- note -->",        "***",          "a ] b [ c"};
  for (int round = 0; round < 300; ++round) {
    std::string text = "# Changelog\n\n";
    std::vector<std::string> bodies;
    const int count = std::uniform_int_distribution<int>(1, 6)(random);
    for (int i = count; i > 0; --i) {
      std::string body;
      for (int n = std::uniform_int_distribution<int>(1, 8)(random); n > 0; --n) {
        body += pick(lines) + pick({"\n", "\n\n"});
      }
      body = "- first\n" + core::normalized(body) + "\n- last";
      const std::string version = "1." + std::to_string(i) + ".0";
      text += pick({"## [" + version + "] - 2026-01-01", "## v" + version, "## " + version}) +
              "\n\n" + body + "\n\n";
      bodies.insert(bodies.begin(), body);
    }
    for (int i = 1; i <= count; ++i) {
      INFO(text);
      CHECK(section(text, "v1." + std::to_string(i) + ".0") ==
            bodies[static_cast<std::size_t>(i) - 1]);
    }
  }
}

TEST_CASE("every failure is an error that users can understand, whatever the text") {
  std::mt19937 random(11);
  const std::vector<std::string> parts = {
      "## ", "[",     "]", "(",        ")",    ":", "1.2.0", "\n", "`", "```\n", "<!--", "-->",
      "\\",  "---\n", " ", "[a]: b\n", "\xFF", "v", "#",     "<",  ">", "\"",    "é"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (int n = std::uniform_int_distribution<int>(0, 40)(random); n > 0; --n) {
      text += parts[std::uniform_int_distribution<std::size_t>(0, parts.size() - 1)(random)];
    }
    INFO(text);
    try {
      const std::string found = section(text, "v1.2.0");
      CHECK_FALSE(found.empty());
    } catch (const core::Error& error) {
      CHECK(error.message.starts_with("CHANGELOG.md"));
    }
  }
}
