// SPDX-License-Identifier: MIT
#include "core/version/uv.hpp"

#include <algorithm>
#include <optional>
#include <utility>

#include "core/text/span.hpp"
#include "core/text/text.hpp"
#include "core/version/toml.hpp"
#include "core/version/version.hpp"

namespace core {
namespace {

bool lists_requirements(const TomlPath& path) {
  if (path.size() == 2) {
    return path == TomlPath{"project", "dependencies"} || path.front() == "dependency-groups" ||
           path == TomlPath{"build-system", "requires"};
  }
  return path.size() == 3 && path[0] == "project" && path[1] == "optional-dependencies";
}

/// `name[extras] == 1.2.0 ; marker`, taken apart.
struct PythonRequirement {
  std::string_view name;
  std::string_view comparison;
  Span version;  ///< in the requirement
};

std::optional<PythonRequirement> parse_requirement(std::string_view text) {
  const auto is_of_name = [](char c) { return is_word(c) || c == '-' || c == '.'; };
  PythonRequirement found;
  const auto name_end = static_cast<std::size_t>(
      std::find_if_not(text.begin(), text.end(), is_of_name) - text.begin());
  found.name = text.substr(0, name_end);
  auto at = std::min(text.find_first_not_of(" \t", name_end), text.size());
  if (text.substr(at).starts_with('[')) {
    at = std::min(text.find(']', at), text.size() - 1);
    at = std::min(text.find_first_not_of(" \t", at + 1), text.size());
  }
  for (const std::string_view comparison : {"===", "==", "~="}) {
    if (text.substr(at).starts_with(comparison)) {
      found.comparison = comparison;
      break;
    }
  }
  if (found.comparison.empty()) return std::nullopt;
  const auto begin = text.find_first_not_of(" \t", at + found.comparison.size());
  if (begin == std::string_view::npos) return std::nullopt;
  const auto end = std::min(text.find_first_of(" \t;,", begin), text.size());
  const auto next = std::min(text.find_first_not_of(" \t", end), text.size());
  if (text.substr(next).starts_with(',')) return std::nullopt;
  found.version = {begin, end - begin};
  return found;
}

/// `~=1.2` also accepts 1.3, and `~=1.2.0` does not: as many numbers as before.
std::string with_as_many_numbers(std::string_view before, std::string_view version) {
  const auto old = parse_version(before);
  const auto now = parse_version(version);
  if (!old || !now || now->is_prerelease()) return std::string(version);
  std::vector<std::string> numbers = now->numbers;
  numbers.resize(std::max<std::size_t>(old->numbers.size(), 2), "0");
  return join(numbers, ".");
}

}  // namespace

UvManifest read_uv_manifest(std::string_view text) {
  UvManifest manifest;
  for (const TomlValue& value : toml_values(text)) {
    const TomlPath& path = value.path;
    if (path == TomlPath{"project", "name"}) manifest.name = value.span.in(text);
    const bool is_of_workspace =
        path.size() > 3 && path[0] == "tool" && path[1] == "uv" && path[2] == "workspace";
    manifest.is_workspace = manifest.is_workspace || is_of_workspace;
    if (is_of_workspace && path[3] == "members") {
      manifest.members.emplace_back(value.span.in(text));
    }
  }
  return manifest;
}

std::string normal_package_name(std::string_view name) {
  std::string result;
  for (const char c : lower(name)) {
    const bool is_separator = c == '-' || c == '_' || c == '.';
    if (!is_separator) result += c;
    if (is_separator && !result.ends_with('-')) result += '-';
  }
  return result;
}

std::string stamped_python_requirements(std::string_view text, std::string_view package,
                                        std::string_view version) {
  const std::string wanted = normal_package_name(package);
  std::vector<Replacement> replacements;
  for (const TomlValue& value : toml_values(text)) {
    if (!value.in_array || !value.is_string || !lists_requirements(value.path)) continue;
    const std::string_view written = value.span.in(text);
    const auto requirement = parse_requirement(written);
    if (!requirement || normal_package_name(requirement->name) != wanted) continue;
    const std::string_view before = requirement->version.in(written);
    if (!parse_version(before) || before.find('*') != std::string_view::npos) continue;
    const Span span{value.span.begin + requirement->version.begin, requirement->version.size};
    replacements.push_back({span, requirement->comparison == "~="
                                      ? with_as_many_numbers(before, version)
                                      : std::string(version)});
  }
  return with_replacements(text, std::move(replacements));
}

}  // namespace core
