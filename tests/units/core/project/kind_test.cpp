// SPDX-License-Identifier: MIT
#include "core/project/kind.hpp"

#include <catch2/catch_test_macros.hpp>

using core::place_in_project;
using core::ProjectKind;

TEST_CASE("a file of the template goes to the same place in a project") {
  CHECK(place_in_project(ProjectKind::desktop, "python-app/packaging/run.sh") ==
        "packaging/run.sh");
  CHECK(place_in_project(ProjectKind::docker, "python-app/Dockerfile") == "Dockerfile");
}

TEST_CASE("release.yml differs by kind") {
  const std::string place = ".gitea/workflows/release.yml";
  CHECK(place_in_project(ProjectKind::docker, "workflows/image-only.yml") == place);
  CHECK(place_in_project(ProjectKind::library, "workflows/library.yml") == place);
  CHECK(place_in_project(ProjectKind::plain, "workflows/minimal.yml") == place);
  CHECK(place_in_project(ProjectKind::desktop, "python-app/.gitea/workflows/release.yml") == place);
  for (const auto kind : {ProjectKind::library, ProjectKind::docker, ProjectKind::plain}) {
    CHECK_FALSE(place_in_project(kind, "python-app/.gitea/workflows/release.yml").has_value());
  }
  CHECK_FALSE(place_in_project(ProjectKind::desktop, "workflows/library.yml").has_value());
  CHECK_FALSE(place_in_project(ProjectKind::desktop, "workflows/minimal.yml").has_value());
}

TEST_CASE("a plain project gets a workflow and nothing else of the template") {
  for (const char* file : {"python-app/.gitea/workflows/test.yml", "python-app/pyproject.toml",
                           "python-app/.gitignore", "python-app/packaging/run.sh"}) {
    CHECK_FALSE(place_in_project(ProjectKind::plain, file).has_value());
  }
}

TEST_CASE("only files that init wrote may be replaced") {
  for (const char* place : {".gitea/workflows/release.yml", ".github/workflows/docker.yml",
                            "packaging/app.env", ".gitea/release.yml"}) {
    INFO(place);
    CHECK(core::is_replaceable(place));
  }
  for (const char* place : {"pyproject.toml", "README.md", "Dockerfile", ".dockerignore", "uv.lock",
                            "src/your_app/web.py", ".gitignore", "RELEASE_NOTES.md"}) {
    INFO(place);
    CHECK_FALSE(core::is_replaceable(place));
  }
}
