// SPDX-License-Identifier: MIT
// What kinds of projects there are, and what of the examples each kind needs.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace core {

enum class ProjectKind {
  unset,
  docker,          ///< a service that is shipped as an image
  desktop,         ///< an application for Windows and Linux
  desktop_docker,  ///< both
  library,         ///< a library or command-line program for Python
};

std::string_view name_of(ProjectKind kind);

/// The kind of a project that has these: a Dockerfile, a folder packaging/, a pyproject.toml. One that
/// has none of them is to become everything.
ProjectKind kind_of(bool dockerfile, bool packaging, bool pyproject);

/// Where a file of examples/ stands in a project of this kind; nothing where that does not need it.
std::optional<std::string> place_in_project(ProjectKind kind, std::string_view example);

/// Whether a file of a project is of the application itself, of which one project has only one.
bool is_of_application(std::string_view place);

/// What a person has to do so that the workflows of this kind run, a sentence each.
std::vector<std::string> left_to_do(ProjectKind kind, bool own_application);

}  // namespace core
