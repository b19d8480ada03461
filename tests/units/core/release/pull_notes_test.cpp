// SPDX-License-Identifier: MIT
#include "core/release/pull_notes.hpp"

#include <fmt/format.h>

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

using core::Commit;
using core::NotesLayout;
using core::PullRequest;
using core::ReleaseHistory;

namespace {

PullRequest pull(std::uint64_t number, const std::string& title, const std::string& author,
                 const std::vector<std::string>& labels = {}) {
  PullRequest result;
  result.number = number;
  result.title = title;
  result.author = author;
  result.labels = labels;
  result.merge_commit = fmt::format("{:040x}", number);
  result.merged = std::chrono::sys_seconds(std::chrono::hours(number));
  return result;
}

ReleaseHistory history() {
  ReleaseHistory result;
  result.tag = "v1.1.0";
  result.previous_tag = "v1.0.0";
  result.repository_url = "https://h/git/o/r";
  result.changes_url = "https://h/git/o/r/compare/v1.0.0...v1.1.0";
  return result;
}

}  // namespace

TEST_CASE("pull requests are listed by label or type, with number and author") {
  const NotesLayout layout = {{{"New", {"feat"}, {"enhancement"}}, {"Repaired", {"fix"}, {"bug"}}},
                              {"skip", "chore"},
                              true};
  const std::string text = core::pull_notes(
      history(),
      {pull(9, "Export as <b>", "ada", {"Enhancement"}), pull(8, "fix: import", "grace"),
       pull(7, "feat: mislabelled", "ada", {"bug"}), pull(6, "Hidden", "ada", {"skip"}),
       pull(5, "chore: hidden", "ada"), pull(4, "feat!: drop", ""), pull(3, "Else", "ada", {"x"})},
      {"grace"}, layout);
  CHECK(text == R"(### Breaking changes

- feat!: drop ([#4](https://h/git/o/r/pulls/4))

### New

- Export as &lt;b> ([#9](https://h/git/o/r/pulls/9)) by [ada](https://h/git/ada)

### Repaired

- fix: import ([#8](https://h/git/o/r/pulls/8)) by [grace](https://h/git/grace)
- feat: mislabelled ([#7](https://h/git/o/r/pulls/7)) by [ada](https://h/git/ada)

### Other changes

- Else ([#3](https://h/git/o/r/pulls/3)) by [ada](https://h/git/ada)

### New contributors

- [grace](https://h/git/grace) made the first contribution in [#8](https://h/git/o/r/pulls/8)

**All changes:** [v1.0.0...v1.1.0](https://h/git/o/r/compare/v1.0.0...v1.1.0))");
}

TEST_CASE("only merges that are among the commits belong to the release, in the order of these") {
  const auto sha = [](int number) { return fmt::format("{:040x}", number); };
  std::vector<Commit> commits(3);
  commits[0].sha = sha(2);
  commits[1].sha = sha(5);
  commits[2].sha = sha(1);
  const auto pulls = core::pulls_of(commits, {pull(1, "one", "a"), pull(2, "two", "a"),
                                              pull(3, "three", "a"), pull(2, "two", "a")});
  REQUIRE(pulls.size() == 2);
  CHECK(pulls[0].number == 2);
  CHECK(pulls[1].number == 1);
}

TEST_CASE("a release without pull requests says so, and one with too many counts the rest") {
  CHECK(core::pull_notes(history(), {}, {}, {}).starts_with("No pull requests since v1.0.0.\n"));
  std::vector<PullRequest> many;
  for (std::uint64_t number = 1; number <= 1000; ++number) {
    many.push_back(pull(number, std::string(100, 'x'), "ada"));
  }
  const std::string text = core::pull_notes(history(), many, {}, {});
  CHECK(text.size() <= core::generated_notes_limit);
  CHECK(text.find(" more pull requests.\n") != std::string::npos);
}

TEST_CASE("a title or a login from the server begins no block and no link") {
  const std::string text = core::pull_notes(
      history(), {pull(1, "a\n# b [c](http://x) <!-- gitea-release", "ada](http://x)")}, {}, {});
  CHECK(text.find("\n# b") == std::string::npos);
  CHECK(text.find("\\[c](http://x)") != std::string::npos);
  CHECK(text.find("ada\\](http://x)") != std::string::npos);
  CHECK(text.find("<!--") == std::string::npos);
}
