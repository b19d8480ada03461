// SPDX-License-Identifier: MIT
#include "core/project/packages.hpp"

#include <algorithm>
#include <set>

namespace core {
namespace {

bool is_manifest(std::string_view name) {
  constexpr std::string_view names[] = {"pyproject.toml", "setup.py", "Cargo.toml", "go.mod",
                                        "package.json"};
  return std::find(std::begin(names), std::end(names), name) != std::end(names);
}

bool is_beside(std::string_view folder) {
  constexpr std::string_view names[] = {"example", "examples", "test", "tests", "doc",
                                        "docs",    "fixtures", "demo", "vendor"};
  const std::string_view top = folder.substr(0, folder.find('/'));
  return top.starts_with('.') ||
         std::find(std::begin(names), std::end(names), top) != std::end(names);
}

}  // namespace

std::vector<std::string> package_folders(const ProjectView& view) {
  std::set<std::string> folders;
  for (const std::string& path : view.files) {
    const auto slash = path.rfind('/');
    if (slash == std::string::npos || !is_manifest(std::string_view(path).substr(slash + 1))) {
      continue;
    }
    const std::string folder = path.substr(0, slash);
    if (!is_beside(folder)) folders.insert(folder);
  }
  return {folders.begin(), folders.end()};
}

}  // namespace core
