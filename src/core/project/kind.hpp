// SPDX-License-Identifier: MIT
// The kinds of projects that `init` knows, and which files of examples/ each kind needs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

enum class ProjectKind {
  unset,
  docker,          ///< a service that is shipped as an image
  desktop,         ///< a Python application for Windows and Linux
  desktop_docker,  ///< both
  library,         ///< a Python library or command-line program
  plain,           ///< anything else: one workflow that builds and publishes files
};

std::string_view name_of(ProjectKind kind);
std::vector<ProjectKind> all_kinds();  ///< without `unset`, in the order of their names in messages

bool has_image(ProjectKind kind);
bool has_packages(ProjectKind kind);  ///< archives and an installer, built by packaging/

/// Where a file of examples/ belongs in a project of this kind; nullopt if the kind does not need
/// it. Workflows are in ".gitea/workflows/".
std::optional<std::string> place_in_project(ProjectKind kind, std::string_view example);

/// Whether init may replace this file when the user asks for it: what it wrote itself, and nothing
/// that belongs to an application.
bool is_replaceable(std::string_view place);

}  // namespace core
