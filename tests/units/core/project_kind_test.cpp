// SPDX-License-Identifier: MIT
#include "core/project_kind.hpp"

#include <catch2/catch_test_macros.hpp>

using core::place_in_project;
using core::ProjectKind;

TEST_CASE("a file of the template goes to the same place in a project") {
  CHECK(place_in_project(ProjectKind::desktop, "python-app/packaging/run.sh") ==
        "packaging/run.sh");
  CHECK(place_in_project(ProjectKind::docker, "python-app/Dockerfile") == "Dockerfile");
}

TEST_CASE("a library and a service have another release.yml than an application") {
  CHECK(place_in_project(ProjectKind::docker, "workflows/image-only.yml") ==
        ".gitea/workflows/release.yml");
  CHECK(place_in_project(ProjectKind::library, "workflows/library.yml") ==
        ".gitea/workflows/release.yml");
  CHECK_FALSE(place_in_project(ProjectKind::library, "python-app/.gitea/workflows/release.yml")
                  .has_value());
  CHECK_FALSE(place_in_project(ProjectKind::desktop, "workflows/library.yml").has_value());
}

TEST_CASE("other examples go nowhere") {
  CHECK_FALSE(place_in_project(ProjectKind::desktop_docker, "workflows/minimal.yml").has_value());
}

TEST_CASE("every kind has something left to do by hand, and only the kinds of images a secret") {
  for (const auto kind : {ProjectKind::docker, ProjectKind::desktop, ProjectKind::desktop_docker,
                          ProjectKind::library}) {
    std::string all;
    for (const std::string& one : core::left_to_do(kind, false)) all += one;
    const bool image = kind == ProjectKind::docker || kind == ProjectKind::desktop_docker;
    CHECK((all.find("DEPLOY_TOKEN") != std::string::npos) == image);
    CHECK(all.find("runs-on") != std::string::npos);
  }
}
