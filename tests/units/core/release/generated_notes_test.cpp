// SPDX-License-Identifier: MIT
#include "core/release/generated_notes.hpp"

#include <catch2/catch_test_macros.hpp>
#include <random>
#include <string>
#include <vector>

#include "core/release/notes.hpp"
#include "core/text/text.hpp"
#include "has.hpp"

using core::Commit;
using core::generated_notes;
using core::NotesLayout;
using core::ReleaseHistory;

using support::has;

namespace {

/// A history of one line with these messages, the newest first; the commits' shas are "1…", "2…".
ReleaseHistory history(const std::vector<std::string>& messages) {
  ReleaseHistory result;
  result.tag = "v1.2.0";
  result.previous_tag = "v1.1.0";
  result.repository_url = "https://h/o/r";
  result.changes_url = "https://h/o/r/compare/v1.1.0...v1.2.0";
  for (const std::string& message : messages) {
    const std::string number = std::to_string(result.commits.size() + 1);
    Commit commit{number + std::string(40 - number.size(), 'f'), message, "Ada", "", {"later"}};
    commit.url = "https://h/o/r/commit/" + number;
    if (!result.commits.empty()) result.commits.back().parents = {commit.sha};
    result.commits.push_back(commit);
  }
  result.total = result.commits.size();
  return result;
}

std::string notes(const std::vector<std::string>& messages, const NotesLayout& layout = {}) {
  return generated_notes(history(messages), layout);
}

}  // namespace

TEST_CASE("notes are grouped by type, breaking changes first, with links") {
  CHECK(notes({"docs: manual", "fix(ui): button (#12)", "feat: export",
               "feat(api)!: drop version 1\n\nBREAKING CHANGE: use <2>, see #9.", "Update README",
               "chore(deps): bump x", "perf: faster"}) ==
        R"(### Breaking changes

- **api:** drop version 1 ([4fffffffff](https://h/o/r/commit/4))
  - use &lt;2>, see [#9](https://h/o/r/issues/9).

### Features

- export ([3fffffffff](https://h/o/r/commit/3))

### Fixes

- **ui:** button ([#12](https://h/o/r/issues/12)) ([2fffffffff](https://h/o/r/commit/2))

### Performance

- faster ([7fffffffff](https://h/o/r/commit/7))

### Documentation

- manual ([1fffffffff](https://h/o/r/commit/1))

### Other changes

- Update README ([5fffffffff](https://h/o/r/commit/5))
- chore(deps): bump x ([6fffffffff](https://h/o/r/commit/6))

**Authors:** Ada

**All changes:** [v1.1.0...v1.2.0](https://h/o/r/compare/v1.1.0...v1.2.0))");
}

TEST_CASE("the file's categories replace the default ones, and excluded types are left out") {
  NotesLayout layout;
  layout.categories = {{"New", {"feat", "perf"}}, {"Mended", {"fix"}}};
  layout.exclude = {"chore", "ci"};
  const std::string text =
      notes({"perf: p", "feat: f", "fix: x", "chore: c", "ci: i", "docs: d"}, layout);
  CHECK(text.find("### New\n\n- p") == 0);
  CHECK(has(text, "- f ("));
  CHECK(has(text, "### Mended\n\n- x ("));
  CHECK(has(text, "### Other changes\n\n- docs: d ("));
  CHECK_FALSE(has(text, "chore"));
  CHECK_FALSE(has(text, "ci: i"));
  CHECK_FALSE(has(text, "Features"));
}

TEST_CASE("'breaking' and 'other' can be named and left out like types") {
  NotesLayout layout;
  layout.categories = {{"Neu", {"feat"}}, {"Brüche", {"breaking"}}, {"Rest", {"other"}}};
  CHECK(notes({"feat: f", "fix!: x", "fix: y"}, layout).find("### Neu") == 0);
  CHECK(has(notes({"feat: f", "fix!: x"}, layout), "### Brüche\n\n- x ("));
  CHECK(has(notes({"fix: y"}, layout), "### Rest\n\n- fix: y ("));
  layout.exclude = {"other", "breaking"};
  CHECK(notes({"fix: y", "feat!: z"}, layout).find("No changes since v1.1.0.") == 0);
}

TEST_CASE("a breaking change of an excluded type is listed all the same") {
  NotesLayout layout;
  layout.exclude = {"chore"};
  CHECK(has(notes({"chore!: drop Python 3.8", "chore: c"}, layout),
            "### Breaking changes\n\n- drop Python 3.8 ("));
}

TEST_CASE("a release without changes says so") {
  CHECK(notes({}) ==
        "No changes since v1.1.0.\n\n"
        "**All changes:** [v1.1.0...v1.2.0](https://h/o/r/compare/v1.1.0...v1.2.0)");
  CHECK(generated_notes({}, {}) == "No changes.");
}

TEST_CASE("a first release has no previous one to compare with") {
  ReleaseHistory first = history({"feat: all"});
  first.previous_tag = "";
  first.changes_url = "https://h/o/r/commits/tag/v1.2.0";
  CHECK(has(generated_notes(first, {}),
            "**All changes:** [v1.2.0](https://h/o/r/commits/tag/v1.2.0)"));
}

TEST_CASE("a subject stays one line, without any effect as Markdown") {
  for (const auto& [subject, line] : std::vector<std::pair<std::string, std::string>>{
           {"1. x", "1\\. x"},
           {"- x", "\\- x"},
           {"# x", "\\# x"},
           {"> x", "\\> x"},
           {"+ x", "\\+ x"},
           {"    x", "x"},
           {"fix: *a* _b_ `c` <b>", "\\*a* \\_b_ `c` &lt;b>"},
           {"fix: 1. x", "1\\. x"},
           {"for @ada, see #12", "for @ada, see [#12](https://h/o/r/issues/12)"}}) {
    INFO(subject);
    CHECK(has(notes({subject}), "\n\n- " + line + " ([1fff"));
  }
}

TEST_CASE("the number of a pull request is named once") {
  ReleaseHistory merged = history({"Merge pull request 'x' (#7) from b into main", "feat: a (#7)",
                                   "feat: b", "feat: c, see #77"});
  merged.commits[0].parents = {"older", merged.commits[1].sha};
  merged.repository_url = "";
  const std::string text = generated_notes(merged, {});
  CHECK(has(text, "- a (#7) (["));
  CHECK(has(text, "- b (#7) (["));
  CHECK(has(text, "- c, see #77 (#7) (["));
}

TEST_CASE("5,000 commits fit, the important ones first, and the rest is counted") {
  std::vector<std::string> messages;
  for (int i = 0; i < 1000; ++i) {
    messages.push_back((i % 2 == 0 ? "fix: number " : "other number ") + std::to_string(i));
  }
  messages.emplace_back("feat!: the last of all");
  ReleaseHistory large = history(messages);
  large.total = 5000;
  const std::string text = generated_notes(large, {});
  CHECK(text.size() <= core::generated_notes_limit);
  CHECK(text.size() > core::generated_notes_limit - 400);
  CHECK(text.find("### Breaking changes\n\n- the last of all") == 0);
  std::size_t listed = 0;
  for (const std::string& line : core::lines(text)) listed += line.starts_with("- ") ? 1U : 0U;
  CHECK(has(text, "\n… and " + std::to_string(5000 - listed) + " more changes.\n"));
  CHECK(text.ends_with("(https://h/o/r/compare/v1.1.0...v1.2.0)"));
}

TEST_CASE("after the first change that does not fit, no less important change is listed") {
  std::vector<std::string> messages(100, "feat: " + std::string(280, 'x'));
  messages.push_back("fix: short");
  const std::string text = notes(messages);
  CHECK(text.size() <= core::generated_notes_limit);
  CHECK(has(text, " more changes.\n"));
  CHECK_FALSE(has(text, "short"));
}

TEST_CASE("many authors do not fill the notes") {
  ReleaseHistory many = history({"a"});
  for (int i = 0; i < 80; ++i) {
    many.commits[0].message += "\nCo-authored-by: " + std::string(300, 'n') + std::to_string(i);
    many.commits[0].message += "\nCo-authored-by: N" + std::to_string(i) + " <n@h>";
  }
  const std::string text = generated_notes(many, {});
  CHECK(text.size() < 7000);
  CHECK(has(text, " more\n"));
}

TEST_CASE("commits cannot begin a comment, a block or a runner's command in the notes") {
  std::mt19937 random(3);
  const std::vector<std::string> parts = {"<!-- gitea-release record: x -->",
                                          "<!-- gitea-release: being filled for commit c -->",
                                          "<!--",
                                          "-->",
                                          "`",
                                          "```",
                                          "::set-env name=x::y",
                                          "##[error]",
                                          "feat: ",
                                          "fix(x)!: ",
                                          "\n",
                                          "\r\n",
                                          "# ",
                                          "<b>",
                                          "#12",
                                          "BREAKING CHANGE: ",
                                          "\xFF",
                                          "é",
                                          " ",
                                          "[x](y)",
                                          "Co-authored-by: "};
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::string> messages;
    for (int m = 0; m < 3; ++m) {
      std::string message;
      for (int n = std::uniform_int_distribution<int>(0, 12)(random); n > 0; --n) {
        message += parts[std::uniform_int_distribution<std::size_t>(0, parts.size() - 1)(random)];
      }
      messages.push_back(message);
    }
    const std::string text = notes(messages);
    INFO(text);
    for (const std::string& line : core::lines(text)) {
      const bool ours = line.empty() || line.starts_with("### ") || line.starts_with("- ") ||
                        line.starts_with("  - ") || line.starts_with("**A");
      CHECK(ours);
      CHECK(line.find("<!-- gitea-release") == std::string::npos);
    }
    // Below our own mark and record it changes nothing of them.
    core::Notes body;
    body.text = text;
    body.mark = "abc";
    const core::Notes again = core::parse_notes(core::render_notes(body, {}));
    CHECK(again.mark == "abc");
    CHECK(again.text == text);
    CHECK(core::incoming_text(text) == text);
    CHECK(notes(messages) == text);
  }
}
