// SPDX-License-Identifier: MIT
#include "core/project/python.hpp"

#include <algorithm>
#include <utility>
#include <vector>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "core/version/stamp.hpp"
#include "core/version/toml.hpp"

namespace core {
namespace {

/// As hatchling and flit find it: __version__ = "1.2.3", with an annotation or without.
constexpr const char* dunder_version =
    R"(^__version__(?:\s*:\s*\w+)?\s*=\s*["']v?([0-9][^"']*)["'])";

std::string toml_value(std::string_view document, const std::vector<std::string>& path) {
  const auto found = toml_strings(document, path);
  return found.empty() ? "" : std::string(found.front().in(document));
}

bool mentions(std::string_view text, std::string_view part) {
  return text.find(part) != std::string_view::npos;
}

/// The value of `key` in a section of setup.cfg.
std::string ini_value(std::string_view text, std::string_view section, std::string_view key) {
  std::string here;
  for (const std::string& line : lines(text)) {
    const std::string_view whole = trim(line);
    if (whole.starts_with('[') && whole.ends_with(']')) {
      here = whole.substr(1, whole.size() - 2);
      continue;
    }
    const auto equals = line.find('=');
    if (here != section || equals == std::string::npos) continue;
    if (trim(line.substr(0, equals)) == key) return std::string(trim(line.substr(equals + 1)));
  }
  return {};
}

Backend backend_of(std::string_view pyproject) {
  const std::string name = toml_value(pyproject, {"build-system", "build-backend"});
  const std::pair<std::string_view, Backend> known[] = {
      {"setuptools", Backend::setuptools},
      {"hatchling", Backend::hatchling},
      {"poetry", Backend::poetry},
      {"pdm", Backend::pdm},
      {"flit", Backend::flit},
  };
  for (const auto& [start, backend] : known) {
    if (name.starts_with(start)) return backend;
  }
  return name.empty() ? Backend::setuptools : Backend::other;  // the default of PEP 517
}

/// Without what could mean something else in a workflow.
bool is_plain_path(std::string_view path) {
  return std::all_of(path.begin(), path.end(),
                     [](char c) { return is_word(c) || c == '.' || c == '-' || c == '/'; });
}

class PythonSearch {
 public:
  explicit PythonSearch(const ProjectView& view)
      : view_(view),
        pyproject_(view.text("pyproject.toml")),
        setup_cfg_(view.text("setup.cfg")),
        setup_py_(view.text("setup.py")) {}

  PythonProject run() {
    found_.backend = backend_of(pyproject_);
    found_.has_project_table = !toml_value(pyproject_, {"project", "name"}).empty();
    found_.has_static_version = !toml_value(pyproject_, {"project", "version"}).empty();
    found_.has_lock = view_.has("uv.lock");
    found_.has_python_version = view_.has(".python-version");
    found_.has_checks = mentions(pyproject_, "ruff") && mentions(pyproject_, "pytest");
    found_.name = find_name();
    found_.script = toml_value(pyproject_, {"project", "scripts", found_.name});
    if (found_.script.empty()) {
      found_.script = toml_value(pyproject_, {"tool", "poetry", "scripts", found_.name});
    }
    find_package();
    find_version();
    return std::move(found_);
  }

 private:
  std::string find_name() const {
    const std::string names[] = {
        toml_value(pyproject_, {"project", "name"}),
        toml_value(pyproject_, {"tool", "poetry", "name"}),
        toml_value(pyproject_, {"tool", "flit", "metadata", "module"}),
        ini_value(setup_cfg_, "metadata", "name"),
        first_match(setup_py_, R"(\bname\s*=\s*["']([^"']+)["'])"),
    };
    const auto* first =
        std::find_if(std::begin(names), std::end(names),
                     [](const std::string& name) { return !name.empty() && is_plain_path(name); });
    return first == std::end(names) ? "" : *first;
  }

  bool take_package(const std::string& folder, const std::string& name) {
    const std::string path = folder + name;
    if (view_.has(path + "/__init__.py")) {
      found_.folder = path;
      found_.has_main = view_.has(path + "/__main__.py");
    } else if (!view_.has(path + ".py")) {
      return false;
    }
    found_.package = name;
    return true;
  }

  void find_package() {
    std::string named = toml_value(pyproject_, {"tool", "flit", "module", "name"});
    if (named.empty()) named = found_.name;
    std::replace_if(
        named.begin(), named.end(), [](char c) { return c == '-' || c == '.'; }, '_');
    for (const std::string& name : {named, lower(named)}) {
      if (name.empty()) continue;
      if (take_package("src/", name) || take_package("", name)) return;
    }
    for (const char* folder : {"src/", ""}) {
      const auto packages = packages_in(folder);
      if (packages.size() == 1 && take_package(folder, packages.front())) return;
    }
  }

  std::vector<std::string> packages_in(std::string_view folder) const {
    constexpr std::string_view init = "/__init__.py";
    const std::set<std::string> others = {"tests", "test", "docs", "doc", "examples", "scripts"};
    std::vector<std::string> packages;
    for (const std::string& file : view_.files) {
      if (!file.starts_with(folder) || !file.ends_with(init)) continue;
      const std::string name =
          file.substr(folder.size(), file.size() - folder.size() - init.size());
      if (!mentions(name, "/") && !others.contains(name)) packages.push_back(name);
    }
    return packages;
  }

  /// Takes the place if the file has exactly one version there.
  bool take_place(const std::string& path, const std::string& pattern = {}) {
    if (!is_plain_path(path) || !view_.has(path)) return false;
    const std::string line = pattern.empty() ? path : path + " => " + pattern;
    try {
      const auto version = read_version(parse_version_place(line), view_.text(path));
      if (!version) return false;
      found_.version.place = line;
      found_.version.now = *version;
      return true;
    } catch (const Error&) {  // several versions, or a name that no place can have
      return false;
    }
  }

  bool take_from_tag() {
    const bool pdm = toml_value(pyproject_, {"tool", "pdm", "version", "source"}) == "scm";
    const bool poetry = mentions(pyproject_, "poetry-dynamic-versioning");
    const bool scm =
        toml_value(pyproject_, {"tool", "hatch", "version", "source"}) == "vcs" ||
        mentions(pyproject_, "setuptools_scm") || mentions(pyproject_, "setuptools-scm") ||
        mentions(setup_py_, "setuptools_scm") || mentions(setup_py_, "use_scm_version");
    if (!pdm && !poetry && !scm) return false;
    found_.version.is_tag = true;
    found_.version.variable = pdm      ? "PDM_BUILD_SCM_VERSION"
                              : poetry ? "POETRY_DYNAMIC_VERSIONING_BYPASS"
                                       : "SETUPTOOLS_SCM_PRETEND_VERSION";
    return true;
  }

  void find_version() {
    if (take_place("pyproject.toml") || take_from_tag()) return;
    for (const char* tool : {"hatch", "pdm"}) {
      if (take_place(toml_value(pyproject_, {"tool", tool, "version", "path"}), dunder_version)) {
        return;
      }
    }
    if (!toml_value(pyproject_, {"tool", "poetry", "version"}).empty() &&
        take_place("pyproject.toml", R"(^version\s*=\s*["']([0-9][^"']*)["'])")) {
      return;
    }
    if (take_place("setup.cfg", R"(^version\s*=\s*([0-9]\S*)\s*$)") ||
        take_place("setup.py", R"(\bversion\s*=\s*["']([0-9][^"']*)["'])")) {
      return;
    }
    for (const char* file : {"__init__.py", "__about__.py", "_version.py", "version.py"}) {
      if (!found_.folder.empty() && take_place(found_.folder + "/" + file, dunder_version)) return;
    }
    if (take_place(found_.package + ".py", dunder_version)) return;
    for (const char* file : {"VERSION", "VERSION.txt", "version.txt"}) {
      if (take_place(file, R"(^v?([0-9]\S*)\s*$)")) return;
    }
  }

  const ProjectView& view_;
  const std::string pyproject_;
  const std::string setup_cfg_;
  const std::string setup_py_;
  PythonProject found_;
};

}  // namespace

std::string_view name_of(Backend backend) {
  switch (backend) {
    case Backend::setuptools:
      return "setuptools";
    case Backend::hatchling:
      return "hatchling";
    case Backend::poetry:
      return "poetry";
    case Backend::pdm:
      return "pdm";
    case Backend::flit:
      return "flit";
    case Backend::other:
      break;
  }
  return "another build backend";
}

std::optional<PythonProject> find_python(const ProjectView& view) {
  if (view.has("pyproject.toml")) {
    // Many projects in other languages keep only the settings of tools there.
    const std::string text = view.text("pyproject.toml");
    const bool is_package = !toml_value(text, {"project", "name"}).empty() ||
                            !toml_value(text, {"build-system", "build-backend"}).empty() ||
                            !toml_value(text, {"tool", "poetry", "name"}).empty() ||
                            !toml_value(text, {"tool", "flit", "metadata", "module"}).empty();
    if (is_package) return PythonSearch(view).run();
  }
  if (view.has("setup.py") || view.has("setup.cfg")) return PythonSearch(view).run();
  return std::nullopt;
}

}  // namespace core
