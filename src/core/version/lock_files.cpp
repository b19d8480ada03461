// SPDX-License-Identifier: MIT
#include "core/version/lock_files.hpp"

#include <cstddef>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "core/text/span.hpp"
#include "core/text/text.hpp"
#include "core/version/json_scan.hpp"
#include "core/version/toml.hpp"
#include "core/version/uv.hpp"

namespace core {
namespace {

/// Writes `version` into each of `spans`.
std::string with_version(std::string_view text, const std::vector<Span>& spans,
                         std::string_view version) {
  std::vector<Replacement> replacements;
  replacements.reserve(spans.size());
  for (const Span& span : spans) replacements.push_back({span, std::string(version)});
  return with_replacements(text, std::move(replacements));
}

/// An entry of `[[package]]`.
struct LockedPackage {
  std::string name;
  std::optional<Span> version;
  bool has_source = false;  ///< Cargo: it comes from a registry or repository
  bool is_local = false;    ///< uv: it is a directory of the workspace
};

std::map<std::size_t, LockedPackage> packages_in(std::string_view text,
                                                 const std::vector<TomlValue>& values) {
  std::map<std::size_t, LockedPackage> packages;
  for (const TomlValue& value : values) {
    if (value.element == 0 || value.path.front() != "package" || value.path.size() < 2) continue;
    LockedPackage& package = packages[value.element];
    const std::string& key = value.path[1];
    if (value.path == TomlPath{"package", "name"}) package.name = value.span.in(text);
    if (value.path == TomlPath{"package", "version"}) package.version = value.span;
    if (key != "source" || value.in_array) continue;
    package.has_source = true;
    const std::string& kind = value.path.back();
    package.is_local = kind == "editable" || kind == "virtual" || kind == "directory";
  }
  return packages;
}

}  // namespace

std::string stamped_cargo_lock(std::string_view text, const std::set<std::string>& packages,
                               std::string_view version) {
  const auto values = toml_values(text);
  std::vector<Span> versions;
  std::set<std::string, std::less<>> named;  // "w 0.1.0", used if a name has several versions
  for (const auto& [element, package] : packages_in(text, values)) {
    if (package.has_source || !package.version || !packages.contains(package.name)) continue;
    versions.push_back(*package.version);
    named.insert(package.name + " " + std::string(package.version->in(text)));
  }
  for (const TomlValue& value : values) {
    const bool is_dependency = value.in_array && value.path == TomlPath{"package", "dependencies"};
    const auto found = is_dependency ? named.find(value.span.in(text)) : named.end();
    if (found == named.end()) continue;
    const std::size_t before = found->find(' ') + 1;
    versions.push_back({value.span.begin + before, value.span.size - before});
  }
  return with_version(text, versions, version);
}

std::string stamped_uv_lock(std::string_view text, std::string_view package,
                            std::string_view version) {
  std::vector<Span> versions;
  for (const auto& [element, locked] : packages_in(text, toml_values(text))) {
    const bool is_own =
        locked.is_local && normal_package_name(locked.name) == normal_package_name(package);
    if (is_own && locked.version) versions.push_back(*locked.version);
  }
  return with_version(text, versions, version);
}

std::string stamped_package_lock(std::string_view text, const std::string& directory,
                                 std::string_view version) {
  std::vector<Span> versions = json_strings(text, {"packages", directory, "version"});
  if (directory.empty()) {
    const auto outer = json_strings(text, {"version"});
    versions.insert(versions.end(), outer.begin(), outer.end());
  }
  return with_version(text, versions, version);
}

}  // namespace core
