// SPDX-License-Identifier: MIT
#include "core/project_kind.hpp"

#include <algorithm>

namespace core {
namespace {

constexpr std::string_view application = "python-app/";
constexpr const char* release_workflow = ".gitea/workflows/release.yml";

bool has_image(ProjectKind kind) {
  return kind == ProjectKind::docker || kind == ProjectKind::desktop_docker;
}

bool has_packages(ProjectKind kind) {
  return kind == ProjectKind::desktop || kind == ProjectKind::desktop_docker;
}

bool is_one_of(std::string_view place, const std::vector<std::string_view>& places) {
  return std::find(places.begin(), places.end(), place) != places.end();
}

bool is_of_image(std::string_view place) {
  return is_one_of(place, {"Dockerfile", ".dockerignore", ".gitea/workflows/docker.yml"});
}

bool is_of_packages(std::string_view place) {
  return place.starts_with("packaging/") ||
         is_one_of(place, {".gitea/release.yml", release_workflow});
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
    case ProjectKind::unset:
      break;
  }
  return "";
}

ProjectKind kind_of(bool dockerfile, bool packaging, bool pyproject) {
  if (packaging) return dockerfile ? ProjectKind::desktop_docker : ProjectKind::desktop;
  if (dockerfile) return ProjectKind::docker;
  return pyproject ? ProjectKind::library : ProjectKind::desktop_docker;
}

std::optional<std::string> place_in_project(ProjectKind kind, std::string_view example) {
  const bool library = kind == ProjectKind::library;
  if (example == "workflows/library.yml" && library) return release_workflow;
  if (example == "workflows/image-only.yml" && kind == ProjectKind::docker) return release_workflow;
  if (!example.starts_with(application)) return std::nullopt;
  const std::string_view place = example.substr(application.size());
  if (is_of_image(place) && !has_image(kind)) return std::nullopt;
  if (is_of_packages(place) && !has_packages(kind)) return std::nullopt;
  if (is_of_application(place) && library) return std::nullopt;
  return std::string(place);
}

bool is_of_application(std::string_view place) {
  return place.starts_with("src/") || place.starts_with("tests/") ||
         is_one_of(place, {"pyproject.toml", "uv.lock", ".python-version", "README.md"});
}

std::vector<std::string> left_to_do(ProjectKind kind, bool own_application) {
  std::vector<std::string> list = {
      "In .gitea/workflows/*.yml write the owner of gitea-release on your server in the place of "
      "OWNER.",
      "See that one of your runners has the label ubuntu-latest, or write another one behind "
      "runs-on.",
  };
  if (own_application) {
    list.emplace_back(
        "pyproject.toml is your own: give its group dev ruff and pytest, and make uv.lock (uv "
        "lock).");
  }
  if (has_image(kind)) {
    list.emplace_back(
        "Add the secret DEPLOY_TOKEN: a token with the scope write:package. Without it images are "
        "built, but not pushed.");
    list.emplace_back(
        "If a container manager is to deploy the image, add its webhook as the secret "
        "DOCKER_REDEPLOY_WEBHOOK_URL.");
    if (own_application) {
      list.emplace_back("Look through the Dockerfile: it names the package your_app and its port.");
    }
  }
  if (has_packages(kind)) {
    list.emplace_back(
        "Write your names into packaging/app.env, and into pyproject.toml where they are the same "
        "ones.");
    list.emplace_back(
        "Look through packaging/python.env: which Python is shipped, and its SHA-256.");
  }
  list.emplace_back(
      "Write RELEASE_NOTES.md, commit, and push a tag: git tag v0.1.0 && git push origin v0.1.0");
  return list;
}

}  // namespace core
