// SPDX-License-Identifier: MIT
#include "core/project/project.hpp"

#include <catch2/catch_test_macros.hpp>

#include "units/core/project/files.hpp"

using core::Language;
using core::ProjectKind;

TEST_CASE("the language and the kind follow from the files") {
  struct Row {
    Files files;
    Language language;
    ProjectKind kind;
    bool has_application;
  };
  const std::string python = "[project]\nname = 'acme'\nversion = '1.0.0'\n";
  const Row rows[] = {
      {{}, Language::unknown, ProjectKind::desktop_docker, false},
      {{{"README.md", ""}, {"LICENSE", ""}}, Language::unknown, ProjectKind::desktop_docker, false},
      {{{"notes.txt", ""}}, Language::unknown, ProjectKind::plain, false},
      {{{"main.py", ""}}, Language::unknown, ProjectKind::plain, true},
      {{{"pyproject.toml", python}}, Language::python, ProjectKind::library, true},
      {{{"setup.py", ""}}, Language::python, ProjectKind::library, true},
      {{{"pyproject.toml", python}, {"Dockerfile", ""}},
       Language::python,
       ProjectKind::docker,
       true},
      {{{"pyproject.toml", python}, {"packaging/app.env", ""}},
       Language::python,
       ProjectKind::desktop,
       true},
      {{{"Dockerfile", ""}}, Language::unknown, ProjectKind::docker, true},
      {{{"Cargo.toml", ""}}, Language::rust, ProjectKind::plain, true},
      {{{"CMakeLists.txt", ""}, {"packaging/deb/control", ""}},
       Language::cmake,
       ProjectKind::plain,
       true},
      {{{"go.mod", ""}, {"package.json", ""}}, Language::go, ProjectKind::plain, true},
      {{{"CMakeLists.txt", ""}}, Language::cmake, ProjectKind::plain, true},
      {{{"package.json", "{}"}}, Language::node, ProjectKind::plain, true},
      {{{"package.json", "{}"}, {"pyproject.toml", "[tool.ruff]\n"}},
       Language::node,
       ProjectKind::plain,
       true},
      {{{"pyproject.toml", "the template's"},
        {"src/your_app/web.py", ""},
        {"packaging/app.env", ""}},
       Language::unknown,
       ProjectKind::desktop,
       false},
  };
  for (const Row& row : rows) {
    INFO((row.files.empty() ? "nothing" : row.files.begin()->first));
    const auto found = found_in(row.files);
    CHECK(found.language == row.language);
    CHECK(kind_of(found) == row.kind);
    CHECK(found.has_application == row.has_application);
  }
}

TEST_CASE("the name and the version of other languages are found") {
  const auto rust = found_in({{"Cargo.toml", "[package]\nname = \"acme\"\nversion = \"0.3.1\"\n"}});
  CHECK(description_of(rust) == "Rust, acme 0.3.1");
  const auto go = found_in({{"go.mod", "module example.org/team/acme/v2\n\ngo 1.22\n"}});
  CHECK(description_of(go) == "Go, acme");
  const auto cmake = found_in({{"CMakeLists.txt", "project(Acme VERSION 2.1.0)\n"}});
  CHECK(description_of(cmake) == "CMake, Acme 2.1.0");
  const auto node =
      found_in({{"package.json", "{\n  \"name\": \"acme\",\n  \"version\": \"5.0.0\"\n}\n"}});
  CHECK(description_of(node) == "Node.js, acme 5.0.0");
  CHECK(node.version_place == "package.json");
}

TEST_CASE("new workflows go to the folder that the server reads") {
  const std::string none = "on: push\n";
  CHECK(found_in({}).workflow_folder == ".gitea/workflows");
  CHECK(found_in({{".github/workflows/ci.yml", none}}).workflow_folder == ".github/workflows");
  CHECK(found_in({{".github/workflows/ci.yml", none}, {".gitea/workflows/x.yml", none}})
            .workflow_folder == ".gitea/workflows");
  CHECK(found_in({{".gitea/workflows/ci.yml", none}, {".forgejo/workflows/x.yml", none}})
            .workflow_folder == ".forgejo/workflows");
}

TEST_CASE("workflows that create releases in another way are found, with the line") {
  const std::pair<std::string, std::size_t> rows[] = {
      {"on: push\njobs:\n  a:\n    steps:\n      - run: curl -X POST $URL/releases -d x\n", 5},
      {"steps:\n  - uses: softprops/action-gh-release@v2\n", 2},
      {"steps:\n  - uses: akkuman/gitea-release-action@v1\n", 2},
      {"steps:\n  - run: |\n      URL=$S/api/v1/repos/o/r/releases\n      curl $URL\n", 3},
      {"steps:\n  # curl /releases\n  - uses: OWNER/gitea-release@v1\n", 0},
      {"steps:\n  - run: echo see /releases\n", 0},
  };
  for (const auto& [text, line] : rows) {
    INFO(text);
    const auto found = found_in({{".gitea/workflows/a.yaml", text}});
    REQUIRE(found.replaced.size() == (line == 0 ? 0 : 1));
    if (line != 0) CHECK(found.replaced.front().line == line);
  }
}

TEST_CASE("the next tag is above the present version and every tag") {
  struct Row {
    std::string version;
    std::vector<std::string> tags;
    std::string next;
  };
  const Row rows[] = {
      {"", {}, "v0.1.0"},
      {"1.4.2", {}, "v1.4.3"},
      {"1.4", {}, "v1.4.1"},
      {"0.0.0", {}, "v0.0.1"},
      {"1.5.0.dev0", {}, "v1.5.0"},
      {"1.5.0rc1", {"v1.4.9"}, "v1.5.0"},
      {"1.4.2", {"v1.4.1", "v1.10.0", "app/v7.0.0", "nightly"}, "v1.10.1"},
      {"", {"2.0.0"}, "v2.0.1"},
  };
  for (const Row& row : rows) {
    core::FoundProject project;
    auto view = view_of({});
    view.tags = row.tags;
    project = core::find_project(view, "");
    project.version = row.version;
    INFO(row.version << " -> " << row.next);
    CHECK(next_tag(project) == row.next);
  }
}

TEST_CASE("checks with uv are written only for a project that uses it") {
  const std::string place = ".gitea/workflows/test.yml";
  const std::string checks = "[dependency-groups]\ndev = ['ruff', 'pytest']\n";
  const std::string project = "[project]\nname = 'acme'\n";
  CHECK(fits_application(found_in({{"pyproject.toml", project + checks}, {"uv.lock", ""}}), place));
  CHECK_FALSE(fits_application(found_in({{"pyproject.toml", project + checks}}), place));
  CHECK_FALSE(fits_application(found_in({{"pyproject.toml", project}, {"uv.lock", ""}}), place));
  for (const char* other : {".gitignore", "Dockerfile", ".dockerignore", "RELEASE_NOTES.md",
                            "README.md", "src/your_app/web.py"}) {
    INFO(other);
    CHECK_FALSE(fits_application(found_in({{"pyproject.toml", project}}), other));
  }
}

TEST_CASE("several packages in one repository are found") {
  const auto monorepo = found_in({{"packages/a/pyproject.toml", "[project]\nname = 'a'\n"},
                                  {"packages/b/setup.py", ""},
                                  {"examples/c/pyproject.toml", ""},
                                  {"tests/package.json", ""}});
  CHECK(monorepo.packages == std::vector<std::string>{"packages/a", "packages/b"});
  CHECK(has_several_packages(monorepo));
  CHECK(description_of(monorepo) == "several packages (packages/a, packages/b)");
  CHECK(has_several_packages(found_in({{"Cargo.toml", ""}, {"crates/x/Cargo.toml", ""}})));
  CHECK_FALSE(has_several_packages(found_in({{"web/package.json", ""}, {"README.md", ""}})));
  CHECK_FALSE(has_several_packages(found_in({{"setup.py", ""}, {"docs/package.json", ""}})));
}
