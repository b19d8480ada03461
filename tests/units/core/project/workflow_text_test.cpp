// SPDX-License-Identifier: MIT
#include "core/project/workflow_text.hpp"

#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <iterator>

#include "has.hpp"
#include "units/core/project/files.hpp"

using core::ActionSource;
using core::ProjectKind;

using support::has;

namespace {

std::string example(const std::string& name) {
  std::ifstream file(std::string(GITEA_RELEASE_SOURCE) + "/examples/" + name, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string release_of(const Files& files, ProjectKind kind, const std::string& name,
                       const ActionSource& action = {}) {
  return core::text_for_project(".gitea/workflows/release.yml", example(name), kind, view_of(files),
                                found_in(files), action);
}

const std::string dynamic = "[project]\nname = 'acme'\ndynamic = ['version']\n";

}  // namespace

TEST_CASE("the example for a library is written unchanged if pyproject.toml has the version") {
  const Files files = {{"pyproject.toml", "[project]\nname = 'acme'\nversion = '1.0.0'\n"}};
  CHECK(release_of(files, ProjectKind::library, "workflows/library.yml") ==
        example("workflows/library.yml"));
}

TEST_CASE("a library's version is written to the file that its backend reads") {
  const std::string text =
      release_of({{"pyproject.toml", dynamic + "[tool.hatch.version]\npath = 'acme/a.py'\n"},
                  {"acme/a.py", "__version__ = '1.0.0'\n"}},
                 ProjectKind::library, "workflows/library.yml");
  INFO(text);
  CHECK(has(text, "          stamp: |\n            acme/a.py => ^__version__"));
  CHECK_FALSE(has(text, "stamp: pyproject.toml"));
}

TEST_CASE("a library whose backend reads the tag gets the version in a variable") {
  const std::string text = release_of({{"pyproject.toml", dynamic + "[tool.setuptools_scm]\n"}},
                                      ProjectKind::library, "workflows/library.yml");
  INFO(text);
  CHECK_FALSE(has(text, "stamp"));
  CHECK(has(text,
            "      - id: version\n        uses: OWNER/gitea-release/version@v1\n"
            "      - run: uv build\n        env:\n"
            "          SETUPTOOLS_SCM_PRETEND_VERSION: ${{ steps.version.outputs.pep440 }}\n"));
}

TEST_CASE("a library without a known version is built without a stamp") {
  const std::string text =
      release_of({{"pyproject.toml", dynamic}}, ProjectKind::library, "workflows/library.yml");
  CHECK_FALSE(has(text, "stamp"));
  CHECK(has(text, "version@v1\n      - run: uv build\n"));
}

TEST_CASE("the owner and the server are written into every use of the action") {
  const Files files = {{"Cargo.toml", ""}};
  const auto with = [&](const ActionSource& action) {
    return release_of(files, ProjectKind::plain, "workflows/minimal.yml", action);
  };
  CHECK(has(with({}), "uses: OWNER/gitea-release@v1"));
  CHECK(has(with({"acme", "", true}), "uses: acme/gitea-release@v1"));
  CHECK(has(with({"acme", "https://git.example.org", true}),
            "uses: https://git.example.org/acme/gitea-release@v1"));
}

TEST_CASE("the build of a plain project is guessed from its language") {
  struct Row {
    Files files;
    std::vector<std::string> parts;
    bool is_known;
  };
  const Row rows[] = {
      {{{"Cargo.toml", "[package]\nname = \"acme\"\nversion = \"0.3.1\"\n"}},
       {"stamp: Cargo.toml\n", "run: cargo build --release\n", "files: target/release/acme\n"},
       true},
      {{{"go.mod", "module example.org/acme\n"}, {"main.go", ""}},
       {"run: go build -trimpath -o dist/ .\n", "files: dist/*\n"},
       true},
      {{{"go.mod", "module example.org/acme\n"}, {"cmd/acme/main.go", ""}}, {"./cmd/...\n"}, true},
      {{{"CMakeLists.txt", "project(acme)\ninclude(CPack)\n"}},
       {"cmake --build build\n", "cpack --config build/CPackConfig.cmake -G TGZ -B dist\n",
        "files: dist/*.tar.gz\n"},
       true},
      {{{"CMakeLists.txt", "project(acme)\ninstall(TARGETS acme)\n"}},
       {"cmake --install build --prefix dist/acme\n", "tar -czf dist/acme-linux-x64.tar.gz"},
       true},
      {{{"CMakeLists.txt", "project(acme)\n"}}, {"files: build/acme\n"}, false},
      {{{"package.json", "{\"scripts\": {\"build\": \"tsc\"}}"}, {"package-lock.json", ""}},
       {"npm ci\n", "npm run build\n", "npm pack\n", "files: '*.tgz'\n"},
       true},
      {{{"package.json", "{}"}}, {"npm install\n", "npm pack\n"}, true},
      {{{"Makefile", "all:\n\ndist: all\n"}}, {"run: make dist\n", "files: dist/*\n"}, true},
      {{{"notes.txt", ""}}, {"run: make dist\n"}, false},
  };
  for (const Row& row : rows) {
    INFO(row.files.begin()->first);
    const std::string text = release_of(row.files, ProjectKind::plain, "workflows/minimal.yml");
    INFO(text);
    for (const std::string& part : row.parts) CHECK(has(text, part));
    CHECK(core::guess_build(view_of(row.files), found_in(row.files)).is_known == row.is_known);
  }
}

TEST_CASE("the scripts in packaging/ get the names and the layout of the application") {
  const Files files = {{"pyproject.toml", "[project]\nname = 'acme-tool'\nversion = '1.0.0'\n"},
                       {"README.rst", ""},
                       {"acme_tool/__init__.py", ""}};
  core::FoundProject project = found_in(files);
  project.origin = {"https://git.acme.example", "acme", "tool"};
  const auto text = [&](const std::string& place) {
    return core::text_for_project(place, example("python-app/" + place), ProjectKind::desktop,
                                  view_of(files), project, {"acme", "https://git.acme.example"});
  };
  const std::string names = text("packaging/app.env");
  INFO(names);
  CHECK(has(names, "APP_NAME=\"acme-tool\"\nPACKAGE=\"acme_tool\"\nTITLE=\"acme-tool\"\n"));
  CHECK(has(names, "SERVER=\"https://git.acme.example\"\nREPOSITORY=\"acme/tool\"\n"));
  CHECK(has(text("packaging/launcher.env"),
            ":=https://git.acme.example/acme/gitea-release/releases/download/v"));
  CHECK(
      has(text("packaging/common.sh"), "  cp -R pyproject.toml README.rst acme_tool \"$copy\"\n"));
  CHECK(text("packaging/run.sh") == example("python-app/packaging/run.sh"));
}
