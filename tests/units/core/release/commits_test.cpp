// SPDX-License-Identifier: MIT
#include "core/release/commits.hpp"

#include <catch2/catch_test_macros.hpp>
#include <string>
#include <vector>

using core::Change;
using core::Commit;
using core::parse_change;

namespace {

Commit commit(const std::string& sha, const std::string& message,
              const std::vector<std::string>& parents, const std::string& author = "Ada") {
  return {sha, message, author, "https://h/commit/" + sha, parents};
}

/// "description (#N) sha", one for each change.
std::vector<std::string> told(const std::vector<Commit>& commits) {
  std::vector<std::string> result;
  for (const Change& change : core::changes_of(commits)) {
    const std::string number = change.pull_request.empty() ? "" : " (#" + change.pull_request + ")";
    result.push_back(change.description + number + " " + change.sha);
    CHECK(change.url == "https://h/commit/" + change.sha);
  }
  return result;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("a Conventional Commit has a type, a scope, and a flag for breaking changes") {
  const Change change = parse_change("Feat(api, core)!: drop  version 1 (#12)\n\nWhy.\n");
  CHECK(change.type == "feat");
  CHECK(change.scope == "api, core");
  CHECK(change.description == "drop  version 1 (#12)");
  CHECK(change.subject == "Feat(api, core)!: drop  version 1 (#12)");
  CHECK(change.breaking);
  CHECK(change.breaking_note.empty());
  CHECK(parse_change("fix: x").type == "fix");
  CHECK(parse_change("fix: x").scope.empty());
  CHECK_FALSE(parse_change("fix: x").breaking);
  CHECK(parse_change("build-deps: x").type == "build-deps");
  CHECK(parse_change("feat(): x").type == "feat");
}

TEST_CASE("another commit is described by its whole subject") {
  for (const char* subject : {"Fix the thing", "https://example.org: moved", "feat:x", "feat :x",
                              "feat(api: x", "(api): x", "!: x", "two words: x", "feat",
                              "feat:", "src/main: x", "é: x", "Revert \"feat: x\""}) {
    INFO(subject);
    const Change change = parse_change(std::string(subject) + "\n\nfeat: not here\n");
    CHECK(change.type.empty());
    CHECK(change.scope.empty());
    CHECK(change.description == subject);
    CHECK_FALSE(change.breaking);
  }
  CHECK(parse_change("").description.empty());
  CHECK(parse_change("\n\n  \n").description.empty());
  CHECK(parse_change("\n\nlate subject\n").description == "late subject");
}

TEST_CASE("a footer describes the breaking change, over several lines, until the next footer") {
  const Change change =
      parse_change("fix: x\n\nBody.\n\nBREAKING CHANGE: the old way\nis gone.\nReviewed-by: Z\n");
  CHECK(change.breaking);
  CHECK(change.breaking_note == "the old way is gone.");
  CHECK(parse_change("x\n\nBREAKING-CHANGE: y\n\nmore").breaking_note == "y");
  CHECK(parse_change("x\n\nBREAKING CHANGE: y\nRefs #12").breaking_note == "y");
  CHECK_FALSE(parse_change("x\n\nbreaking change: y").breaking);
  CHECK_FALSE(parse_change("x\n\nNo BREAKING CHANGE: y").breaking);
}

TEST_CASE("a subject with control characters or of any length becomes one short line") {
  CHECK(parse_change("feat: a\tb\x1B[31m").description == "a b [31m");
  CHECK(parse_change("feat: " + std::string(5000, 'x')).description.size() < 400);
}

TEST_CASE("commits without merges stay unchanged") {
  CHECK(told({commit("c", "feat: three", {"b"}), commit("b", "two", {"a"}),
              commit("a", "one", {})}) == Lines{"three c", "two b", "one a"});
  CHECK(told({}).empty());
}

TEST_CASE("a merge adds the number of its pull request to its Conventional Commits") {
  CHECK(told({commit("m", "Merge pull request 'Exports' (#7) from exports into main", {"a", "y"}),
              commit("y", "fix: import", {"x"}), commit("a", "chore: tidy", {"0"}),
              commit("w", "wip", {"0"}), commit("x", "feat: export", {"w"})}) ==
        Lines{"import (#7) y", "export (#7) x", "tidy a"});
}

TEST_CASE("a pull request without Conventional Commits is listed by its title") {
  CHECK(told({commit("m", "Merge pull request 'feat: exports' (#7) from a/b into main", {"a", "y"}),
              commit("y", "oops", {"x"}), commit("x", "wip", {"a"}), commit("a", "one", {})}) ==
        Lines{"exports (#7) m", "one a"});
  CHECK(told({commit("m", "Merge pull request #31 from ada/exports\n\nExport to PDF\n", {"a", "y"}),
              commit("y", "wip", {"a"}), commit("a", "one", {})}) ==
        Lines{"Export to PDF (#31) m", "one a"});
}

TEST_CASE("a breaking change is not lost in a pull request") {
  const auto changes = core::changes_of(
      {commit("m", "Merge pull request 'New' (#7) from x into main", {"a", "y"}),
       commit("y", "rework\n\nBREAKING CHANGE: all", {"a"}), commit("a", "one", {})});
  REQUIRE(changes.size() == 2);
  CHECK(changes[0].breaking);
  CHECK(changes[0].pull_request == "7");
}

TEST_CASE("a merge without a pull request adds its commits, and is not listed itself") {
  CHECK(told({commit("m", "Merge branch 'main' of https://h/o/r", {"a", "y"}),
              commit("y", "theirs", {"a"}), commit("a", "mine", {})}) ==
        Lines{"theirs y", "mine a"});
  CHECK(told({commit("m", "Merge pull request 'No number' from x", {"a", "y"}),
              commit("y", "theirs", {"a"}), commit("a", "mine", {})}) ==
        Lines{"theirs y", "mine a"});
}

TEST_CASE("a merge adds only commits that no earlier merge has added") {
  // Pull request 5 first, then 6, whose branch had merged main in between.
  CHECK(told({commit("m6", "Merge pull request 'B' (#6) from b into main", {"m5", "b2"}),
              commit("b2", "feat: b2", {"mb"}),
              commit("mb", "Merge branch 'main' into b", {"b1", "m5"}),
              commit("m5", "Merge pull request 'A' (#5) from a into main", {"0", "a1"}),
              commit("b1", "feat: b1", {"0"}), commit("a1", "feat: a1", {"0"})}) ==
        Lines{"b2 (#6) b2", "b1 (#6) b1", "a1 (#5) a1"});
}

TEST_CASE("a list that is cut off in the middle of a history loses none of its commits") {
  // The first parent "b" of the merge is beyond the end.
  CHECK(told({commit("d", "four", {"m"}), commit("m", "Merge branch 'x'", {"b", "x2"}),
              commit("x2", "x two", {"x1"}), commit("z", "apart", {"gone"})}) ==
        Lines{"four d", "x two x2", "apart z"});
}

TEST_CASE("a history of 5,000 commits with a merge at every second one is read at once") {
  std::vector<Commit> commits;
  for (int i = 5000; i > 0; i -= 2) {
    const std::string n = std::to_string(i);
    commits.push_back(commit("m" + n, "Merge pull request 'T' (#" + n + ") from b into main",
                             {"m" + std::to_string(i - 2), "c" + n}));
    commits.push_back(commit("c" + n, "feat: " + n, {"m" + std::to_string(i - 2)}));
  }
  CHECK(core::changes_of(commits).size() == 2500);
}

TEST_CASE("authors and co-authors are named once, but not those who only merged") {
  CHECK(core::authors_of(
            {commit("m", "Merge branch 'x'", {"a", "b"}, "Maintainer"),
             commit("c", "x\n\nCo-authored-by: Grace Hopper <g@h>\nco-authored-by: ada <a@h>",
                    {"b"}, "Bob"),
             commit("b", "y", {"a"}, "Ada"), commit("a", "z", {}, " ")}) ==
        Lines{"Ada", "Bob", "Grace Hopper"});
}
