// SPDX-License-Identifier: MIT
#include "core/version/docker_tags.hpp"

#include <catch2/catch_test_macros.hpp>

using core::docker_tags;
using core::parse_images;
using Texts = std::vector<std::string>;

TEST_CASE("each image gets the tag, the version and, if it is the latest, 'latest'") {
  CHECK(docker_tags({"h/o/app", "h/o/app-gpu"}, "v1.2.3", "1.2.3", true) ==
        Texts{"h/o/app:v1.2.3", "h/o/app:1.2.3", "h/o/app:latest", "h/o/app-gpu:v1.2.3",
              "h/o/app-gpu:1.2.3", "h/o/app-gpu:latest"});
  CHECK(docker_tags({"app"}, "v1.2.3-rc.1", "1.2.3-rc.1", false) ==
        Texts{"app:v1.2.3-rc.1", "app:1.2.3-rc.1"});
  CHECK(docker_tags({}, "v1.2.3", "1.2.3", true).empty());
}

TEST_CASE("a tag that is its own version counts once, and a prefix is left out") {
  CHECK(docker_tags({"app"}, "1.2.3", "1.2.3", false) == Texts{"app:1.2.3"});
  CHECK(docker_tags({"app"}, "server/v1.2.3", "1.2.3", false) == Texts{"app:v1.2.3", "app:1.2.3"});
}

TEST_CASE("characters that Docker does not accept become hyphens, and 128 are kept") {
  CHECK(docker_tags({"app"}, "1.0.0+build.5", "1.0.0+build.5", false) ==
        Texts{"app:1.0.0-build.5"});
  CHECK(docker_tags({"app"}, "v1!2.0", "1!2.0", false) == Texts{"app:v1-2.0", "app:1-2.0"});
  const std::string version = "1.0.0-" + std::string(200, 'a');
  CHECK(docker_tags({"a"}, "v" + version, version, false) ==
        Texts{"a:v" + version.substr(0, 127), "a:" + version.substr(0, 128)});
}

TEST_CASE("image names are listed one per line, in lower case") {
  core::Problems problems;
  CHECK(parse_images("git.example.org/Owner/App\r\n\n  localhost:5000/app \n", problems) ==
        Texts{"git.example.org/owner/app", "localhost:5000/app"});
  CHECK(parse_images("", problems).empty());
  CHECK(problems.empty());
}

TEST_CASE("an image with a tag, or an invalid one, is a problem") {
  for (const char* text : {"app:v1", "h:5000/app:latest", "https://h/app", "h//app", "/app", "app/",
                           "a b", "app@sha256:00", "-app", "app-", "ä"}) {
    INFO(text);
    core::Problems problems;
    CHECK(parse_images(text, problems).empty());
    REQUIRE(problems.list().size() == 1);
    CHECK(problems.list().front().starts_with("image: '"));
  }
}

TEST_CASE("a prefix in any form is left out, but not the word that makes it a prerelease") {
  CHECK(docker_tags({"app"}, "widget-v1.2.3", "1.2.3", false) == Texts{"app:v1.2.3", "app:1.2.3"});
  CHECK(docker_tags({"app"}, "release-1.3", "1.3", true) == Texts{"app:1.3", "app:latest"});
  CHECK(docker_tags({"app"}, "a/nightly-2026-01-05", "2026.01.05-nightly", false) ==
        Texts{"app:nightly-2026-01-05", "app:2026.01.05-nightly"});
}
