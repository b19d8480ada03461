// SPDX-License-Identifier: MIT
#include "core/version/elsewhere.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "core/text/text.hpp"
#include "core/version/cargo.hpp"
#include "core/version/cmake.hpp"
#include "core/version/toml.hpp"

namespace core {
namespace {

constexpr const char* by_git = "its build takes it from the tag in git";
constexpr const char* no_need =
    "Leave the file out of 'stamp': a checkout with its tags is enough.";

class Pyproject {
 public:
  explicit Pyproject(std::string_view text) : text_(text), values_(toml_values(text)) {}

  /// The first value at `path`; "" if there is none.
  std::string at(const TomlPath& path) const {
    const auto found = std::find_if(values_.begin(), values_.end(),
                                    [&](const TomlValue& value) { return value.path == path; });
    return found == values_.end() ? "" : std::string(found->span.in(text_));
  }

  bool has(const TomlPath& table) const {
    return std::any_of(values_.begin(), values_.end(), [&](const TomlValue& value) {
      return value.path.size() >= table.size() &&
             std::equal(table.begin(), table.end(), value.path.begin());
    });
  }

  bool is_dynamic() const {
    return std::any_of(values_.begin(), values_.end(), [&](const TomlValue& value) {
      return value.path == TomlPath{"project", "dynamic"} && value.span.in(text_) == "version";
    });
  }

  /// The first table of a tool that has a version, such as "[tool.poetry]"; "" if there is none.
  std::string table_of_tool() const {
    for (const TomlValue& value : values_) {
      const TomlPath& path = value.path;
      const bool is_version = path.size() == 3 && path[0] == "tool" && value.is_string &&
                              (path[2] == "version" || path[2] == "current_version");
      if (is_version) return fmt::format("[tool.{}]", path[1]);
    }
    return {};
  }

 private:
  std::string_view text_;
  std::vector<TomlValue> values_;
};

/// The path of a file next to the pyproject.toml at `path`.
std::string beside(std::string_view path, const std::string& file) {
  const auto slash = path.rfind('/');
  return slash == std::string_view::npos ? file : std::string(path.substr(0, slash + 1)) + file;
}

std::string as_line(std::string_view path, const std::string& file, const char* pattern) {
  return fmt::format("Stamp that: '{} => {}'", one_line(beside(path, file)), pattern);
}

constexpr const char* in_code = "^__version__ = \"(.*)\"";
constexpr const char* whole_line = "^(.+)$";

VersionElsewhere of_dynamic(std::string_view path, const Pyproject& project) {
  const std::string hatch_source = project.at({"tool", "hatch", "version", "source"});
  const std::string pdm_source = project.at({"tool", "pdm", "version", "source"});
  const bool is_scm = project.has({"tool", "setuptools_scm"}) ||
                      project.has({"tool", "versioningit"}) ||
                      project.has({"tool", "poetry-dynamic-versioning"}) || hatch_source == "vcs" ||
                      hatch_source == "versioningit" || pdm_source == "scm";
  if (is_scm) return {std::string("it is dynamic: ") + by_git, no_need};
  for (const char* tool : {"hatch", "pdm"}) {
    const std::string file = project.at({"tool", tool, "version", "path"});
    if (!file.empty()) {
      return {fmt::format("it is dynamic, and {} reads it from {}", tool, one_line(file)),
              as_line(path, file, in_code)};
    }
  }
  const std::string file = project.at({"tool", "setuptools", "dynamic", "version", "file"});
  if (!file.empty()) {
    return {fmt::format("it is dynamic, and setuptools reads it from {}", one_line(file)),
            as_line(path, file, whole_line)};
  }
  const std::string attribute = project.at({"tool", "setuptools", "dynamic", "version", "attr"});
  if (!attribute.empty()) {
    std::string module = attribute.substr(0, attribute.rfind('.'));
    std::replace(module.begin(), module.end(), '.', '/');
    return {fmt::format("it is dynamic, and setuptools reads it from {}", one_line(attribute)),
            as_line(path, module + "/__init__.py", in_code) + " (or " + one_line(module) + ".py)"};
  }
  const std::string backend = project.at({"build-system", "build-backend"});
  if (backend == "maturin") {
    return {"it is dynamic, and maturin reads it from Cargo.toml", "Stamp that."};
  }
  if (backend.starts_with("flit")) {
    return {"it is dynamic, and flit reads it from the module's __version__",
            "Stamp the file of the module: 'path => " + std::string(in_code) + "'"};
  }
  const std::string table = project.table_of_tool();
  if (!table.empty()) {
    return {fmt::format("it is dynamic, and is set in {}", one_line(table)),
            fmt::format("Name its line: '{} => ^version = \"(.*)\"'", one_line(path))};
  }
  return {"it is dynamic: its build backend finds it",
          "Stamp the file that it reads: 'path => regular expression with one group'."};
}

}  // namespace

VersionElsewhere version_of_pyproject(std::string_view path, std::string_view text) {
  const Pyproject project(text);
  if (project.is_dynamic()) return of_dynamic(path, project);
  const std::string table = project.table_of_tool();
  if (!table.empty()) {
    const bool is_current = table == "[tool.bumpversion]";
    return {fmt::format("it is in {}", one_line(table)),
            fmt::format("Name its line: '{} => ^{} = \"(.*)\"'", one_line(path),
                        is_current ? "current_version" : "version")};
  }
  if (project.has({"tool", "flit"})) {
    return {"flit reads it from the module's __version__",
            "Stamp the file of the module: 'path => " + std::string(in_code) + "'"};
  }
  if (project.has({"project"})) return {};
  return {"this table does not exist",
          "If the version is in a setup.py or setup.cfg, use that: 'setup.cfg => ^version = "
          "(.*)'"};
}

VersionElsewhere version_of_cargo(std::string_view text) {
  const CargoManifest manifest = read_cargo_manifest(text);
  if (manifest.inherits) {
    return {"it inherits that of its workspace",
            "Stamp the Cargo.toml of the workspace, which has it in [workspace.package]."};
  }
  if (manifest.is_workspace && manifest.name.empty()) {
    return {"its packages have their own", "Name the Cargo.toml of each."};
  }
  return {};
}

VersionElsewhere version_of_cmake(std::string_view path, std::string_view text) {
  const std::string variable = cmake_version_variable(text);
  if (variable.empty()) return {};
  return {fmt::format("it is the value of ${{{}}}", one_line(variable)),
          fmt::format("Name the line that sets it: '{} => set\\({} \"?([0-9.]+)'", one_line(path),
                      one_line(variable))};
}

}  // namespace core
