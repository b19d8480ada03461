// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/project/view.hpp"

namespace core {

enum class Backend { setuptools, hatchling, poetry, pdm, flit, other };

std::string_view name_of(Backend backend);

/// Where a build finds the version of a Python project.
struct PythonVersion {
  std::string place;     ///< as a line of the input `stamp`; "" if no file has it, or it is unknown
  std::string now;       ///< the version there; "" if unknown
  bool is_tag = false;   ///< the backend reads it from the tag (setuptools_scm, hatch-vcs …)
  std::string variable;  ///< with `is_tag`: the environment variable that overrides it
};

struct PythonProject {
  Backend backend = Backend::setuptools;
  std::string name;     ///< of the distribution; "" if unknown
  std::string package;  ///< the module to import; "" if unknown
  std::string folder;   ///< of the package: "src/acme", "acme"; "" for a single module
  std::string script;   ///< the entry point of its command: "acme.cli:main"; "" without one
  bool has_project_table = false;   ///< [project], which uv needs for everything but a build
  bool has_static_version = false;  ///< `version` in [project]
  bool has_main = false;            ///< __main__.py in the package
  bool has_lock = false;            ///< uv.lock
  bool has_python_version = false;  ///< .python-version
  bool has_checks = false;          ///< ruff and pytest are named in pyproject.toml
  PythonVersion version;
};

/// nullopt if the project is not a Python project.
std::optional<PythonProject> find_python(const ProjectView& view);

}  // namespace core
