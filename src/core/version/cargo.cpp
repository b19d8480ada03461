// SPDX-License-Identifier: MIT
#include "core/version/cargo.hpp"

#include <algorithm>
#include <map>
#include <utility>

#include "core/text/text.hpp"
#include "core/version/toml.hpp"
#include "core/version/version.hpp"

namespace core {
namespace {

/// Whether the second last key is the name of a dependency, judged by the keys before it:
/// "dependencies.w.path", "target.'cfg(unix)'.dev-dependencies.w.path".
bool is_of_dependency(const TomlPath& path) {
  if (path.size() < 3) return false;
  const std::string& table = path[path.size() - 3];
  return table == "dependencies" || table == "dev-dependencies" || table == "build-dependencies";
}

}  // namespace

CargoManifest read_cargo_manifest(std::string_view text) {
  CargoManifest manifest;
  std::map<TomlPath, std::pair<std::string, std::optional<Span>>> dependencies;  // path, version
  for (const TomlValue& value : toml_values(text)) {
    const TomlPath& path = value.path;
    const std::string content(value.span.in(text));
    manifest.is_workspace = manifest.is_workspace || path.front() == "workspace";
    if (path == TomlPath{"package", "name"}) manifest.name = content;
    if (path == TomlPath{"package", "version"}) manifest.has_own_version = true;
    if (path == TomlPath{"package", "version", "workspace"}) manifest.inherits = content == "true";
    if (path == TomlPath{"workspace", "members"}) manifest.members.push_back(content);
    if (!is_of_dependency(path) || !value.is_string) continue;
    auto& [directory, version] = dependencies[TomlPath(path.begin(), path.end() - 1)];
    if (path.back() == "path") directory = content;
    if (path.back() == "version") version = value.span;
  }
  for (const auto& [name, dependency] : dependencies) {
    const auto& [directory, version] = dependency;
    if (directory.empty()) continue;
    manifest.paths.push_back(directory);
    if (version) manifest.requirements.push_back({directory, *version});
  }
  return manifest;
}

std::string stamped_requirement(std::string_view requirement, std::string_view after) {
  std::string same(requirement);
  const auto begin = std::min(requirement.find_first_not_of("=^~> "), requirement.size());
  const std::string_view mark = trim(requirement.substr(0, begin));
  const std::string_view number = requirement.substr(begin);
  const auto old = parse_version(number);
  const auto version = parse_version(after);
  if (!old || !version || old->text != number || mark.starts_with('>')) {
    return same;
  }
  const bool is_short =
      number.find_first_not_of("0123456789.") == std::string_view::npos && old->numbers.size() < 3;
  const bool holds =
      is_short && !version->is_prerelease() &&
      std::equal(old->numbers.begin(), old->numbers.end(), version->numbers.begin(),
                 version->numbers.begin() + static_cast<std::ptrdiff_t>(old->numbers.size()));
  return holds ? same : same.substr(0, begin) + std::string(after);
}

}  // namespace core
