// SPDX-License-Identifier: MIT
// What `init` finds out about a project before it writes anything.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/project/kind.hpp"
#include "core/project/origin.hpp"
#include "core/project/python.hpp"
#include "core/project/view.hpp"

namespace core {

enum class Language { unknown, python, rust, go, cmake, node };

/// A workflow of the user that creates releases in another way.
struct ReleaseWorkflow {
  std::string path;
  std::size_t line = 0;  ///< of the first command or action that does it, from 1
};

struct FoundProject {
  Language language = Language::unknown;
  std::string name;           ///< "" if unknown
  std::string version;        ///< the present one, from a file; "" if unknown
  std::string version_place;  ///< as a line of the input `stamp`; "" if no file has it
  std::optional<PythonProject> python;
  bool has_application = false;       ///< the template's must not be added to it
  bool is_empty = false;              ///< nothing but hidden files, a README, a licence
  std::vector<std::string> packages;  ///< folders below the root that are packages of their own
  bool has_dockerfile = false;
  bool takes_version = false;  ///< the Dockerfile has ARG APP_VERSION
  bool has_packaging = false;  ///< the scripts of the template, in packaging/
  std::string changelog;       ///< path; "" if there is none
  /// The only folder that the server reads, or will read.
  std::string workflow_folder = ".gitea/workflows";
  bool has_workflows = false;
  std::vector<ReleaseWorkflow> replaced;
  std::string highest_tag;  ///< with a version and without a prefix; "" if there is none
  std::optional<Origin> origin;
};

/// `template_pyproject`: a project with this pyproject.toml is the template itself.
FoundProject find_project(const ProjectView& view, std::string_view template_pyproject);

/// The kind that fits.
ProjectKind kind_of(const FoundProject& project);

/// "python (setuptools), acme-tool 1.4.2": what was found, for a person; "" if it is nothing.
std::string description_of(const FoundProject& project);

/// Whether the repository has several packages, which may have versions of their own.
bool has_several_packages(const FoundProject& project);

/// Whether a template file of this kind fits a project that has an application already.
bool fits_application(const FoundProject& project, std::string_view place);

/// The tag of the next release: above the present version and every tag.
std::string next_tag(const FoundProject& project);

}  // namespace core
