// SPDX-License-Identifier: MIT
#include "core/project/project.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstdint>

#include "core/error.hpp"
#include "core/project/packages.hpp"
#include "core/text/text.hpp"
#include "core/version/stamp.hpp"
#include "core/version/version.hpp"

namespace core {
namespace {

bool is_trivial_file(const std::string& path) {
  const std::string name = lower(path.substr(0, path.find('/')));
  const std::string_view starts[] = {".",       "readme",    "license",      "licence",
                                     "copying", "changelog", "release_notes"};
  return std::any_of(std::begin(starts), std::end(starts),
                     [&](std::string_view start) { return name.starts_with(start); });
}

bool has_python_sources(const ProjectView& view) {
  return std::any_of(view.files.begin(), view.files.end(), [](const std::string& path) {
    return path.ends_with(".py") && !path.starts_with("packaging/");
  });
}

Language language_of(const ProjectView& view, bool is_python) {
  if (is_python) return Language::python;
  if (view.has("Cargo.toml")) return Language::rust;
  if (view.has("go.mod")) return Language::go;
  if (view.has("CMakeLists.txt")) return Language::cmake;
  if (view.has("package.json")) return Language::node;
  return Language::unknown;
}

/// "tool" of example.org/acme/tool and of example.org/acme/tool/v2.
std::string go_name(const std::string& module_file) {
  std::string name = first_match(module_file, R"(^module\s+(?:\S*/)?([\w.-]+)/v[0-9]+\s*$)");
  if (!name.empty()) return name;
  return first_match(module_file, R"(^module\s+(?:\S*/)?([\w.-]+)\s*$)");
}

std::string name_in(const ProjectView& view, Language language) {
  switch (language) {
    case Language::rust:
      return first_match(view.text("Cargo.toml"), R"re(^name\s*=\s*"([\w.-]+)")re");
    case Language::go:
      return go_name(view.text("go.mod"));
    case Language::cmake:
      return first_match(view.text("CMakeLists.txt"),
                         R"(^\s*[Pp][Rr][Oo][Jj][Ee][Cc][Tt]\s*\(\s*([\w.-]+))");
    case Language::node:
      return first_match(view.text("package.json"), R"re("name"\s*:\s*"([^"]+)")re");
    default:
      return {};
  }
}

const char* version_file_of(Language language) {
  switch (language) {
    case Language::rust:
      return "Cargo.toml";
    case Language::cmake:
      return "CMakeLists.txt";
    case Language::node:
      return "package.json";
    default:
      return nullptr;
  }
}

void find_version_in_file(const ProjectView& view, FoundProject& project) {
  const char* file = version_file_of(project.language);
  if (file == nullptr) return;
  try {
    const auto version = read_version(parse_version_place(file), view.text(file));
    if (!version) return;
    project.version = *version;
    project.version_place = file;
  } catch (const Error&) {  // several versions: the user has to choose
  }
}

/// How workflows create releases without this action.
bool creates_release(const std::string& line, bool has_client) {
  const std::string_view actions[] = {
      "action-gh-release", "gitea-release-action", "release-action@",
      "create-release@",   "gh release create",    "tea release",
      "tea releases",      "goreleaser",           "semantic-release"};
  if (trim(line).starts_with('#')) return false;
  if (std::any_of(std::begin(actions), std::end(actions), [&](std::string_view action) {
        return line.find(action) != std::string::npos;
      })) {
    return true;
  }
  return has_client && line.find("/releases") != std::string::npos;
}

std::optional<ReleaseWorkflow> other_release(const ProjectView& view, const std::string& path) {
  const std::string text = view.text(path);
  const bool has_client = text.find("curl") != std::string::npos ||
                          text.find("wget") != std::string::npos ||
                          text.find("requests.") != std::string::npos;
  std::size_t number = 0;
  for (const std::string& line : lines(text)) {
    ++number;
    if (creates_release(line, has_client)) return ReleaseWorkflow{path, number};
  }
  return std::nullopt;
}

bool is_workflow(const std::string& path) {
  return path.ends_with(".yml") || path.ends_with(".yaml");
}

/// A server reads the first of these folders that exists, and ignores the others.
void find_workflows(const ProjectView& view, FoundProject& project) {
  const std::string folders[] = {".forgejo/workflows", ".gitea/workflows", ".github/workflows"};
  for (const std::string& folder : folders) {
    if (!view.has_folder(folder)) continue;
    if (!project.has_workflows) project.workflow_folder = folder;
    project.has_workflows = true;
    for (auto file = view.files.lower_bound(folder + "/");
         file != view.files.end() && file->starts_with(folder + "/"); ++file) {
      if (!is_workflow(*file)) continue;
      if (auto found = other_release(view, *file)) project.replaced.push_back(std::move(*found));
    }
  }
}

std::string highest_of(const std::vector<std::string>& tags) {
  std::string highest;
  std::optional<Version> best;
  for (const std::string& tag : tags) {
    const auto version = parse_version(tag);
    if (!version || !version_prefix(tag).empty() || (best && *version <= *best)) continue;
    best = version;
    highest = tag;
  }
  return highest;
}

std::string_view name_of(Language language) {
  switch (language) {
    case Language::python:
      return "Python";
    case Language::rust:
      return "Rust";
    case Language::go:
      return "Go";
    case Language::cmake:
      return "CMake";
    case Language::node:
      return "Node.js";
    case Language::unknown:
      break;
  }
  return "";
}

/// The next patch release; of a prerelease the version that it leads to.
std::string tag_after(const Version& version) {
  std::vector<std::string> numbers = version.numbers;
  numbers.resize(std::max<std::size_t>(numbers.size(), 3), "0");
  if (!version.is_prerelease()) {
    std::uint64_t last = 0;
    const std::string& text = numbers.back();
    std::from_chars(text.data(), text.data() + text.size(), last);
    numbers.back() = std::to_string(last + 1);
  }
  return "v" + join(numbers, ".");
}

}  // namespace

FoundProject find_project(const ProjectView& view, std::string_view template_pyproject) {
  FoundProject project;
  project.python = find_python(view);
  project.language = language_of(view, project.python.has_value());
  if (project.python) {
    project.name = project.python->name;
    project.version = project.python->version.now;
    project.version_place = project.python->version.place;
  } else {
    project.name = name_in(view, project.language);
    find_version_in_file(view, project);
  }
  project.packages = package_folders(view);
  project.has_dockerfile = view.has("Dockerfile");
  project.takes_version = view.text("Dockerfile").find("ARG APP_VERSION") != std::string::npos;
  project.has_packaging = view.has("packaging/app.env");
  project.is_empty = std::all_of(view.files.begin(), view.files.end(), is_trivial_file);
  const bool is_template =
      view.has("pyproject.toml") && view.text("pyproject.toml") == template_pyproject;
  project.has_application =
      !is_template && (project.language != Language::unknown || project.has_dockerfile ||
                       view.has("pyproject.toml") || has_python_sources(view));
  for (const char* name : {"CHANGELOG.md", "CHANGES.md", "HISTORY.md"}) {
    if (project.changelog.empty() && view.has(name)) project.changelog = name;
  }
  find_workflows(view, project);
  project.highest_tag = highest_of(view.tags);
  return project;
}

ProjectKind kind_of(const FoundProject& project) {
  if (project.has_packaging && (project.python || !project.has_application)) {
    return project.has_dockerfile ? ProjectKind::desktop_docker : ProjectKind::desktop;
  }
  if (project.has_dockerfile) return ProjectKind::docker;
  if (project.python) return ProjectKind::library;
  return project.is_empty ? ProjectKind::desktop_docker : ProjectKind::plain;
}

std::string description_of(const FoundProject& project) {
  std::string text(name_of(project.language));
  if (project.python) text += fmt::format(", {}", name_of(project.python->backend));
  if (!project.name.empty()) text += fmt::format(", {}", project.name);
  if (!project.version.empty()) text += fmt::format(" {}", project.version);
  if (has_several_packages(project)) {
    text += fmt::format("{}several packages ({})", text.empty() ? "" : "; ",
                        join(project.packages, ", "));
  }
  return one_line(text);
}

bool has_several_packages(const FoundProject& project) {
  const bool has_own = project.language != Language::unknown;
  return project.packages.size() + (has_own ? 1 : 0) > 1;
}

bool fits_application(const FoundProject& project, std::string_view place) {
  if (place == ".gitea/workflows/test.yml" || place == ".pre-commit-config.yaml") {
    return project.python && project.python->has_project_table && project.python->has_lock &&
           project.python->has_checks;
  }
  return is_replaceable(place);
}

std::string next_tag(const FoundProject& project) {
  auto highest = parse_version(project.version);
  const auto tagged = parse_version(project.highest_tag);
  if (tagged && (!highest || *tagged > *highest)) highest = tagged;
  return highest ? tag_after(*highest) : "v0.1.0";
}

}  // namespace core
