// SPDX-License-Identifier: MIT
#include "disk/git.hpp"

#include <catch2/catch_test_macros.hpp>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include "temp_dir.hpp"

using Texts = std::vector<std::string>;

namespace {

namespace fs = std::filesystem;

Texts tags_of_head(const fs::path& directory) { return disk::tags_of_head(directory, directory); }

void git(const fs::path& directory, const std::string& arguments) {
  const std::string command = "git -C '" + directory.string() +
                              "' -c user.name=n -c user.email=e@example.org " + arguments +
                              " >/dev/null 2>&1";
  REQUIRE(std::system(command.c_str()) == 0);  // NOLINT: a fixed command of the test
}

/// A repository with one commit, which has this tag.
void commit(const fs::path& directory, const std::string& tag) {
  git(directory, "init");
  git(directory, "commit --allow-empty -m one");
  git(directory, "tag " + tag);
}

}  // namespace

TEST_CASE("only the tags of HEAD are read, lightweight and annotated, packed and loose") {
  const TempDir temp;
  const fs::path& directory = temp.path();
  git(directory, "init");
  CHECK(tags_of_head(directory).empty());
  git(directory, "commit --allow-empty -m one");
  git(directory, "tag v1.0.0");
  git(directory, "commit --allow-empty -m two");
  CHECK(tags_of_head(directory).empty());
  git(directory, "tag app/v2.0.0");
  git(directory, "tag -a v2.0.0 -m annotated");
  CHECK(tags_of_head(directory) == Texts{"app/v2.0.0", "v2.0.0"});
  git(directory, "pack-refs --all");
  git(directory, "tag v2.0.1");
  CHECK(tags_of_head(directory) == Texts{"app/v2.0.0", "v2.0.0", "v2.0.1"});
}

TEST_CASE("without a repository there are no tags") {
  const TempDir directory;
  CHECK(tags_of_head(directory.path()).empty());
  CHECK(tags_of_head(directory / "nowhere").empty());
}

TEST_CASE("the repository is the nearest one, and never above the workspace") {
  const TempDir temp;
  const fs::path& above = temp.path();
  const fs::path workspace = above / "workspace";
  const fs::path library = workspace / "library";
  fs::create_directories(workspace / "app/src");
  fs::create_directories(library / "src");
  commit(above, "v1.0.0");
  CHECK(disk::tags_of_head(workspace / "app", workspace).empty());
  commit(workspace, "v2.0.0");
  commit(library, "v3.0.0");
  CHECK(disk::tags_of_head(workspace, workspace) == Texts{"v2.0.0"});
  CHECK(disk::tags_of_head(workspace / "app/src", workspace) == Texts{"v2.0.0"});
  CHECK(disk::tags_of_head(workspace / "app/../library/src/.", workspace) == Texts{"v3.0.0"});
  // A repository that the workflow names elsewhere is read, one above it is not.
  CHECK(disk::tags_of_head(workspace, library) == Texts{"v2.0.0"});
  CHECK(disk::tags_of_head(workspace / "app", library).empty());
}

TEST_CASE("a worktree and a submodule, whose .git is a file, have their tags") {
  const TempDir temp;
  const fs::path origin = temp.path() / "origin";
  const fs::path workspace = temp.path() / "workspace";
  fs::create_directory(origin);
  fs::create_directory(workspace);
  commit(origin, "v1.0.0");
  git(origin, "worktree add ../tree");
  CHECK(tags_of_head(temp.path() / "tree") == Texts{"v1.0.0"});
  commit(workspace, "v2.0.0");
  git(workspace, "-c protocol.file.allow=always submodule add ../origin module");
  CHECK(disk::tags_of_head(workspace / "module", workspace) == Texts{"v1.0.0"});
  CHECK(tags_of_head(workspace) == Texts{"v2.0.0"});
}

TEST_CASE("a directory that looks like a repository, but may come from a commit, is not one") {
  const TempDir temp;
  const fs::path workspace = temp.path() / "workspace";
  fs::create_directory(workspace);
  commit(workspace, "v2.0.0");
  git(temp.path(), "clone --bare workspace bare");
  fs::rename(temp.path() / "bare", workspace / "app");
  CHECK(disk::tags_of_head(workspace / "app", workspace) == Texts{"v2.0.0"});
  fs::remove_all(workspace / ".git");
  CHECK(disk::tags_of_head(workspace / "app", workspace).empty());
}

TEST_CASE("all tags of a repository, and the address of its origin") {
  const TempDir temp;
  const fs::path& directory = temp.path();
  CHECK(disk::all_tags(directory, directory).empty());
  CHECK(disk::origin_url(directory, directory).empty());
  commit(directory, "v1.0.0");
  git(directory, "commit --allow-empty -m two");
  git(directory, "tag app/v2.0.0");
  CHECK(disk::all_tags(directory, directory) == Texts{"app/v2.0.0", "v1.0.0"});
  CHECK(disk::origin_url(directory, directory).empty());
  git(directory, "remote add origin git@git.example.org:acme/app.git");
  git(directory, "remote add other https://git.example.org/other/app.git");
  CHECK(disk::origin_url(directory, directory) == "git@git.example.org:acme/app.git");
}
