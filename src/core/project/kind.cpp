// SPDX-License-Identifier: MIT
#include "core/project/kind.hpp"

#include <algorithm>

namespace core {
namespace {

constexpr std::string_view template_folder = "python-app/";
constexpr std::string_view workflow_prefix = ".gitea/workflows/";
constexpr const char* release_workflow = ".gitea/workflows/release.yml";

bool is_among(std::string_view place, const std::vector<std::string_view>& places) {
  return std::find(places.begin(), places.end(), place) != places.end();
}

bool is_of_image(std::string_view place) {
  return is_among(place, {"Dockerfile", ".dockerignore", ".gitea/workflows/docker.yml"});
}

bool is_of_packages(std::string_view place) {
  return place.starts_with("packaging/") ||
         is_among(place, {".gitea/release.yml", release_workflow});
}

bool is_of_application(std::string_view place) {
  return place.starts_with("src/") || place.starts_with("tests/") ||
         is_among(place, {"pyproject.toml", "uv.lock", ".python-version", "README.md"});
}

/// The example that becomes release.yml; nullptr if the template's own release.yml does.
const char* release_example(ProjectKind kind) {
  switch (kind) {
    case ProjectKind::library:
      return "workflows/library.yml";
    case ProjectKind::docker:
      return "workflows/image-only.yml";
    case ProjectKind::plain:
      return "workflows/minimal.yml";
    default:
      return nullptr;
  }
}

}  // namespace

std::string_view name_of(ProjectKind kind) {
  switch (kind) {
    case ProjectKind::docker:
      return "docker";
    case ProjectKind::desktop:
      return "desktop";
    case ProjectKind::desktop_docker:
      return "desktop-docker";
    case ProjectKind::library:
      return "library";
    case ProjectKind::plain:
      return "plain";
    case ProjectKind::unset:
      break;
  }
  return "";
}

std::vector<ProjectKind> all_kinds() {
  return {ProjectKind::docker, ProjectKind::desktop, ProjectKind::desktop_docker,
          ProjectKind::library, ProjectKind::plain};
}

bool has_image(ProjectKind kind) {
  return kind == ProjectKind::docker || kind == ProjectKind::desktop_docker;
}

bool has_packages(ProjectKind kind) {
  return kind == ProjectKind::desktop || kind == ProjectKind::desktop_docker;
}

std::optional<std::string> place_in_project(ProjectKind kind, std::string_view example) {
  const char* release = release_example(kind);
  if (release != nullptr && example == release) return release_workflow;
  if (kind == ProjectKind::plain || !example.starts_with(template_folder)) return std::nullopt;
  const std::string_view place = example.substr(template_folder.size());
  if (is_of_image(place) && !has_image(kind)) return std::nullopt;
  if (is_of_packages(place) && !has_packages(kind)) return std::nullopt;
  if (is_of_application(place) && kind == ProjectKind::library) return std::nullopt;
  return std::string(place);
}

bool is_replaceable(std::string_view place) {
  return place.starts_with(workflow_prefix) || place.starts_with(".forgejo/workflows/") ||
         place.starts_with(".github/workflows/") || place.starts_with("packaging/") ||
         place == ".gitea/release.yml";
}

}  // namespace core
