// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <string_view>

namespace core {

/// Where the version of a project is, if it is not in the usual place of its file.
struct VersionElsewhere {
  std::string
      where;         ///< "it is dynamic, and hatch reads it from src/w/__about__.py"; "" if unknown
  std::string hint;  ///< what to stamp instead
};

/// For files that have no version in the usual place. `path` is used in hints.
VersionElsewhere version_of_pyproject(std::string_view path, std::string_view text);
VersionElsewhere version_of_cargo(std::string_view text);
VersionElsewhere version_of_cmake(std::string_view path, std::string_view text);

}  // namespace core
