// SPDX-License-Identifier: MIT
#include <catch2/catch_test_macros.hpp>

#include "python_app/project.hpp"
#include "support/workspace.hpp"

using python_app::Project;
using support::read_file;

// Row "10.2, sed s/^version = .*/": only [project] is stamped, and only in a copy.
TEST_CASE("the version of the tag goes into [project] of a copy; the checkout stays clean") {
  const Project project;
  project.append("pyproject.toml", "\n[tool.demo]\nversion = \"7.7.7\"\n");
  const std::string before = read_file(project.path() / "pyproject.toml");
  const auto ended = project.shell(
      "begin linux v3.0.0-rc.1\ninstall_app x86_64-manylinux_2_28\n"
      "ls $tree/app; git status --porcelain --untracked-files=all");
  INFO(ended.output);
  CHECK(ended.status == 0);
  CHECK(ended.output.find("your_app-3.0.0rc1.dist-info") != std::string::npos);
  CHECK(ended.output.find("?? ") == std::string::npos);
  CHECK(read_file(project.path() / "pyproject.toml") == before);
  const std::string stamped = read_file(project.path() / "build/linux/source/pyproject.toml");
  CHECK(stamped.find("version = \"3.0.0rc1\"") != std::string::npos);
  CHECK(stamped.find("version = \"7.7.7\"") != std::string::npos);
}

// Row "4.2, 2>/dev/null || pip download": what has no wheel is an error, never built for this machine.
TEST_CASE("a dependency without a wheel stops the build") {
  const Project project;
  project.replace("pyproject.toml", "\"tzlocal>=5\",", "\"tzlocal>=5\", \"docopt==0.6.2\",");
  const auto locked = project.run({"uv", "lock", "--quiet"});
  if (locked.status != 0) SKIP("no package index can be reached: " << locked.output);
  const auto ended =
      project.shell("begin windows v1.0.0\ninstall_dependencies x86_64-pc-windows-msvc $tree/site");
  INFO(ended.output);
  CHECK(ended.status != 0);
  CHECK(ended.output.find("docopt") != std::string::npos);
}

// Row "4.2": one lock, with sums, and what it says of one package is what is installed.
TEST_CASE("a package that is not what the lock says is not installed") {
  const Project project;
  const std::string zeros(64, '0');
  project.run({"sed", "-i", "/h11-/s/sha256:[0-9a-f]*/sha256:" + zeros + "/", "uv.lock"});
  REQUIRE(read_file(project.path() / "uv.lock").find(zeros) != std::string::npos);
  const auto ended = project.shell(
      "begin linux v1.0.0\ninstall_dependencies x86_64-manylinux_2_28 $tree/site",
      python_app::environment({{"UV_CACHE_DIR", (project.path() / "build/cache").string()}}));
  INFO(ended.output);
  CHECK(ended.status != 0);
}
