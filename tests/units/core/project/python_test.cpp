// SPDX-License-Identifier: MIT
// What is found in Python projects with each build backend.
#include "core/project/python.hpp"

#include <catch2/catch_test_macros.hpp>
#include <catch2/generators/catch_generators.hpp>

#include "units/core/project/files.hpp"

using core::Backend;

namespace {

struct PythonCase {
  std::string what;
  Files files;
  Backend backend;
  std::string name;
  std::string folder;
  std::string version;
  std::string place;  ///< its path
  bool has_project_table;
};

const std::string setuptools =
    "[build-system]\nrequires = ['setuptools']\nbuild-backend = 'setuptools.build_meta'\n";
const std::string hatchling = "[build-system]\nbuild-backend = 'hatchling.build'\n";
const std::string dunder = "\"\"\"Acme.\"\"\"\n__version__ = '1.4.2'\n";

std::vector<PythonCase> cases() {
  const std::string project = "[project]\nname = 'acme-tool'\n";
  const std::string fixed = project + "version = '1.4.2'\n";
  const std::string dynamic = project + "dynamic = ['version']\n";
  const std::string src = "src/acme_tool";
  return {
      {"setuptools, src layout",
       {{"pyproject.toml", setuptools + fixed}, {src + "/__init__.py", ""}},
       Backend::setuptools,
       "acme-tool",
       src,
       "1.4.2",
       "pyproject.toml",
       true},
      {"setuptools, flat layout, version in the package",
       {{"pyproject.toml", setuptools + dynamic}, {"acme_tool/__init__.py", dunder}},
       Backend::setuptools,
       "acme-tool",
       "acme_tool",
       "1.4.2",
       "acme_tool/__init__.py",
       true},
      {"setup.py only",
       {{"setup.py",
         "from setuptools import setup\nsetup(\n    name='acme-tool',\n"
         "    version='1.4.2',\n    python_requires='>=3.8',\n)\n"},
        {"acme_tool/__init__.py", ""}},
       Backend::setuptools,
       "acme-tool",
       "acme_tool",
       "1.4.2",
       "setup.py",
       false},
      {"setup.cfg only",
       {{"setup.cfg", "[metadata]\nname = acme-tool\nversion = 1.4.2\n[tool:pytest]\nname = x\n"},
        {src + "/__init__.py", ""}},
       Backend::setuptools,
       "acme-tool",
       src,
       "1.4.2",
       "setup.cfg",
       false},
      {"setup.cfg whose version is an attribute",
       {{"setup.cfg", "[metadata]\nname = acme-tool\nversion = attr: acme_tool.__version__\n"},
        {src + "/__init__.py", dunder}},
       Backend::setuptools,
       "acme-tool",
       src,
       "1.4.2",
       src + "/__init__.py",
       false},
      {"hatchling, fixed",
       {{"pyproject.toml", hatchling + fixed}, {src + "/__init__.py", ""}},
       Backend::hatchling,
       "acme-tool",
       src,
       "1.4.2",
       "pyproject.toml",
       true},
      {"hatchling, from a file",
       {{"pyproject.toml",
         hatchling + dynamic + "[tool.hatch.version]\npath = 'src/acme_tool/about.py'\n"},
        {src + "/__init__.py", ""},
        {src + "/about.py", dunder}},
       Backend::hatchling,
       "acme-tool",
       src,
       "1.4.2",
       src + "/about.py",
       true},
      {"poetry without [project]",
       {{"pyproject.toml",
         "[tool.poetry]\nname = 'acme-tool'\nversion = '1.4.2'\n"
         "[tool.poetry.dependencies]\npython = '^3.11'\n"
         "[build-system]\nbuild-backend = 'poetry.core.masonry.api'\n"},
        {"acme_tool/__init__.py", ""}},
       Backend::poetry,
       "acme-tool",
       "acme_tool",
       "1.4.2",
       "pyproject.toml => ",
       false},
      {"poetry with [project]",
       {{"pyproject.toml", fixed + "[build-system]\nbuild-backend = 'poetry.core.masonry.api'\n"},
        {src + "/__init__.py", ""}},
       Backend::poetry,
       "acme-tool",
       src,
       "1.4.2",
       "pyproject.toml",
       true},
      {"pdm, from a file",
       {{"pyproject.toml", dynamic + "[build-system]\nbuild-backend = 'pdm.backend'\n"
                                     "[tool.pdm.version]\nsource = 'file'\n"
                                     "path = 'src/acme_tool/__init__.py'\n"},
        {src + "/__init__.py", dunder}},
       Backend::pdm,
       "acme-tool",
       src,
       "1.4.2",
       src + "/__init__.py",
       true},
      {"flit, version in a single module",
       {{"pyproject.toml", dynamic + "[build-system]\nbuild-backend = 'flit_core.buildapi'\n"},
        {"acme_tool.py", dunder}},
       Backend::flit,
       "acme-tool",
       "",
       "1.4.2",
       "acme_tool.py",
       true},
      {"a package with another name than the distribution",
       {{"pyproject.toml", hatchling + fixed},
        {"src/acme/__init__.py", ""},
        {"tests/__init__.py", ""}},
       Backend::hatchling,
       "acme-tool",
       "src/acme",
       "1.4.2",
       "pyproject.toml",
       true},
      {"no version anywhere",
       {{"pyproject.toml", setuptools + dynamic}, {src + "/__init__.py", "import os\n"}},
       Backend::setuptools,
       "acme-tool",
       src,
       "",
       "",
       true},
  };
}

}  // namespace

TEST_CASE("the backend, the names and the place of the version are found") {
  for (const PythonCase& row : cases()) {
    INFO(row.what);
    const auto found = core::find_python(view_of(row.files));
    REQUIRE(found);
    CHECK(found->backend == row.backend);
    CHECK(found->name == row.name);
    CHECK(found->folder == row.folder);
    CHECK(found->version.now == row.version);
    CHECK(found->version.place.starts_with(row.place));
    CHECK(found->version.place.empty() == row.place.empty());
    CHECK_FALSE(found->version.is_tag);
    CHECK(found->has_project_table == row.has_project_table);
  }
}

TEST_CASE("a backend that reads the tag gets it in its own variable") {
  const std::string dynamic = "[project]\nname = 'acme'\ndynamic = ['version']\n";
  const std::pair<std::string, std::string> rows[] = {
      {hatchling + dynamic + "[tool.hatch.version]\nsource = 'vcs'\n",
       "SETUPTOOLS_SCM_PRETEND_VERSION"},
      {setuptools + dynamic + "[tool.setuptools_scm]\n", "SETUPTOOLS_SCM_PRETEND_VERSION"},
      {dynamic + "[build-system]\nbuild-backend = 'pdm.backend'\n[tool.pdm.version]\n"
                 "source = 'scm'\n",
       "PDM_BUILD_SCM_VERSION"},
      {dynamic + "[build-system]\nrequires = ['poetry-dynamic-versioning>=1']\n"
                 "build-backend = 'poetry_dynamic_versioning.backend'\n",
       "POETRY_DYNAMIC_VERSIONING_BYPASS"},
  };
  for (const auto& [pyproject, variable] : rows) {
    const auto found = core::find_python(view_of({{"pyproject.toml", pyproject}}));
    REQUIRE(found);
    CHECK(found->version.is_tag);
    CHECK(found->version.variable == variable);
    CHECK(found->version.place.empty());
  }
}

TEST_CASE("a pyproject.toml with only tool settings is not a Python package") {
  CHECK_FALSE(core::find_python(view_of({{"pyproject.toml", "[tool.ruff]\nline-length = 100\n"}})));
}

TEST_CASE("names with characters that are special in a shell or a workflow are ignored") {
  const auto found = core::find_python(
      view_of({{"pyproject.toml", "[project]\nname = 'a$(rm)'\nversion = '1.0.0'\n"}}));
  REQUIRE(found);
  CHECK(found->name.empty());
}

TEST_CASE("the entry point of the command is found") {
  const auto found = core::find_python(view_of(
      {{"pyproject.toml", "[project]\nname = 'acme'\n[project.scripts]\nacme = 'acme.cli:run'\n"},
       {"acme/__init__.py", ""}}));
  REQUIRE(found);
  CHECK(found->script == "acme.cli:run");
  CHECK_FALSE(found->has_main);
}
