// SPDX-License-Identifier: MIT
#include "core/project/left_to_do.hpp"

#include <catch2/catch_test_macros.hpp>

#include "has.hpp"
#include "units/core/project/files.hpp"

using core::ProjectKind;

using support::has;

namespace {

std::string list_of(const Files& files, const core::InitResult& done) {
  const auto project = found_in(files);
  std::string all;
  for (const std::string& item :
       core::left_to_do(project, core::guess_build(view_of(files), project), done)) {
    all += item + "\n";
  }
  return all;
}

std::string list_of(const Files& files, ProjectKind kind) {
  return list_of(files, {kind, {"tools", "https://git.example.org"}, "3.11", ""});
}

const std::string poetry =
    "[tool.poetry]\nname = 'acme'\nversion = '1.4.2'\n[tool.poetry.scripts]\nacme = "
    "'acme.cli:run'\n"
    "[build-system]\nbuild-backend = 'poetry.core.masonry.api'\n";

}  // namespace

TEST_CASE("only the kinds with images need a secret, and every kind needs a runner and a tag") {
  for (const auto kind : core::all_kinds()) {
    const std::string all = list_of({}, kind);
    INFO(all);
    CHECK(has(all, "DEPLOY_TOKEN") == core::has_image(kind));
    CHECK(has(all, "runs-on"));
    CHECK(has(all, "git tag v0.1.0 && git push origin v0.1.0"));
  }
}

TEST_CASE("an application without [project] and __main__ is told which lines to add") {
  const std::string all =
      list_of({{"pyproject.toml", poetry}, {"acme/__init__.py", ""}}, ProjectKind::desktop);
  INFO(all);
  CHECK(
      has(all, "[project]\nname = \"acme\"\nversion = \"1.4.2\"\nrequires-python = \">=3.11\"\n"));
  CHECK(has(all, "Create acme/__main__.py"));
  CHECK(has(all, "from acme.cli import run\n\nif __name__ == \"__main__\":\n    run()\n"));
  CHECK(has(all, "uv.lock"));
  CHECK(has(all, "Create .python-version"));
  CHECK(has(all, "above the present version, 1.4.2: git tag v1.4.3"));
}

TEST_CASE("an application that has everything is not told to add it") {
  const std::string all =
      list_of({{"pyproject.toml", "[project]\nname = 'acme'\nversion = '1.0.0'\n"},
               {"acme/__init__.py", ""},
               {"acme/__main__.py", ""},
               {"uv.lock", ""},
               {".python-version", ""}},
              ProjectKind::desktop);
  INFO(all);
  for (const char* part : {"[project]", "__main__", "uv.lock", ".python-version"}) {
    INFO(part);
    CHECK_FALSE(has(all, part));
  }
}

TEST_CASE("a poetry library without [project] can be built unchanged") {
  const std::string all =
      list_of({{"pyproject.toml", poetry}, {"acme/__init__.py", ""}}, ProjectKind::library);
  CHECK_FALSE(has(all, "[project]"));
}

TEST_CASE("a library whose version is not found is told where to write it") {
  const std::string all =
      list_of({{"pyproject.toml", "[project]\nname = 'acme'\ndynamic = ['version']\n"}},
              ProjectKind::library);
  CHECK(has(all, "[project]\nversion = \"0.1.0\"\n"));
  CHECK(has(all, "stamp: path/to/file"));
}

TEST_CASE(
    "an existing workflow that creates releases is listed, and so is one that was not replaced") {
  const Files files = {{"setup.py", ""},
                       {".gitea/workflows/publish.yml", "run: gh release create\n"}};
  const std::string all = list_of(files, ProjectKind::library);
  INFO(all);
  CHECK(has(all, ".gitea/workflows/publish.yml creates a release, too (line 1)"));
  const std::string kept = list_of(files, {ProjectKind::library,
                                           {"tools", "https://git.example.org"},
                                           "3.11",
                                           ".gitea/workflows/release.yml"});
  CHECK(has(kept, ".gitea/workflows/release.yml is your own and was not changed"));
}

TEST_CASE("an owner that is unknown, guessed or without a server is on the list") {
  const auto with = [](const core::ActionSource& action) {
    return list_of({}, {ProjectKind::plain, action, "3.11", ""});
  };
  CHECK(has(with({}), "replace OWNER"));
  CHECK(has(with({"acme", "https://git.example.org", true}),
            "The workflows use https://git.example.org/acme/gitea-release."));
  CHECK(has(with({"acme", ""}), "DEFAULT_ACTIONS_URL = self"));
  CHECK_FALSE(has(with({"acme", "https://git.example.org"}), "OWNER"));
}

TEST_CASE("changes that a Dockerfile needs are on the list") {
  CHECK(has(list_of({{"Dockerfile", "FROM x\n"}}, ProjectKind::docker), "\nARG APP_VERSION\n"));
  CHECK_FALSE(has(list_of({{"Dockerfile", "FROM x\nARG APP_VERSION\n"}}, ProjectKind::docker),
                  "ARG APP_VERSION"));
  CHECK(has(list_of({{"setup.py", ""}}, ProjectKind::docker), "Write a Dockerfile"));
}

TEST_CASE("of several packages the list says how one is released by tags of its own") {
  const std::string all = list_of({{"packages/a/pyproject.toml", "[project]\nname = 'a'\n"},
                                   {"packages/b/pyproject.toml", "[project]\nname = 'b'\n"}},
                                  ProjectKind::plain);
  INFO(all);
  CHECK(has(all, "several packages (packages/a, packages/b)"));
  CHECK(has(all, ".gitea/workflows/release-a.yml"));
  CHECK(has(all, "tags: ['a/v*']\n"));
  CHECK_FALSE(has(list_of({{"setup.py", ""}}, ProjectKind::library), "several packages"));
}

TEST_CASE("a library is told how it gets into the server's Python registry") {
  const std::string all = list_of(
      {{"pyproject.toml", "[project]\nname = 'acme'\nversion = '1.0'\n"}}, ProjectKind::library);
  INFO(all);
  CHECK(has(all, "add the secret DEPLOY_TOKEN: a token with the scope write:package"));
  CHECK(has(all, "downloads:\n  pip: acme"));
}
