// SPDX-License-Identifier: MIT
#include "commands/project_view.hpp"

#include <algorithm>
#include <cstddef>

#include "core/error.hpp"

namespace commands {
namespace {

constexpr std::size_t max_files = 20'000;                   // a data folder can contain any number
constexpr std::uint64_t max_size = std::uint64_t{1} << 20;  // bytes of a file that is examined
constexpr int max_depth = 2;  // src/package/__init__.py, .gitea/workflows/release.yml

bool is_skipped(const std::string& name) {
  const std::string others[] = {"node_modules", "build", "dist", "target", "venv", "__pycache__"};
  if (name.starts_with('.')) return name != ".gitea" && name != ".forgejo" && name != ".github";
  return std::find(std::begin(others), std::end(others), name) != std::end(others);
}

void collect_files(const disk::Workspace& project, const std::string& folder, int depth,
                   core::ProjectView& view) {
  const auto listed = project.list(folder.empty() ? "." : folder);
  const auto* entries = std::get_if<std::vector<disk::Entry>>(&listed);
  if (entries == nullptr) return;
  for (const disk::Entry& entry : *entries) {
    if (view.files.size() == max_files) return;
    const std::string path = folder.empty() ? entry.name : folder + "/" + entry.name;
    if (entry.kind == disk::Entry::Kind::file) {
      view.files.insert(path);
    } else if (entry.kind == disk::Entry::Kind::directory && depth < max_depth &&
               !is_skipped(entry.name)) {
      collect_files(project, path, depth + 1, view);
    }
  }
}

}  // namespace

core::ProjectView view_of(const disk::Workspace& project) {
  core::ProjectView view;
  collect_files(project, "", 0, view);
  view.read = [&project](const std::string& path) -> std::optional<std::string> {
    try {
      return project.read_if_there(path, "init", max_size);
    } catch (const core::Error&) {
      return std::nullopt;
    }
  };
  return view;
}

}  // namespace commands
