// SPDX-License-Identifier: MIT
// The text of the template, and its own tests.
#include <catch2/catch_test_macros.hpp>
#include <fstream>
#include <sstream>

#include "python_app/project.hpp"
#include "support/workspace.hpp"

using python_app::environment;
using python_app::Project;
using support::read_file;

namespace fs = std::filesystem;

namespace {

/// The value of a line `name = "value"` or NAME="value".
std::string value_in(const std::string& text, const std::string& name) {
  const auto at = text.find("\n" + name);
  const auto start = text.find('"', at) + 1;
  return at == std::string::npos ? "" : text.substr(start, text.find('"', start) - start);
}

}  // namespace

TEST_CASE("the template's scripts pass shellcheck") {
  const Project project;
  std::vector<std::string> command = {"shellcheck", "-x", "-P", project.path()};
  for (const auto& entry : fs::directory_iterator(project.path() / "packaging")) {
    if (entry.path().extension() == ".sh") command.push_back(entry.path());
  }
  CHECK(command.size() > 10);
  const auto ended = project.run(command);
  INFO(ended.output);
  CHECK(ended.status == 0);
}

TEST_CASE("the template's own tests, ruff and the lock are green") {
  const Project project;
  const auto synced = project.run({"uv", "sync", "--quiet", "--locked"});
  INFO(synced.output);
  REQUIRE(synced.status == 0);
  for (const std::vector<std::string>& command :
       {std::vector<std::string>{"uv", "run", "ruff", "check"},
        {"uv", "run", "ruff", "format", "--check"},
        {"uv", "run", "pytest"}}) {
    const auto ended = project.run(command);
    INFO(ended.output);
    CHECK(ended.status == 0);
  }
}

TEST_CASE("the lock names the public index and no other host") {
  std::istringstream words(read_file(python_app::template_folder() / "uv.lock"));
  std::size_t addresses = 0;
  for (std::string word; words >> word;) {
    const auto at = word.find("://");
    if (at == std::string::npos) continue;
    const std::string host = word.substr(at + 3, word.find_first_of("/\"", at + 3) - at - 3);
    INFO(word);
    CHECK((host == "pypi.org" || host == "files.pythonhosted.org"));
    ++addresses;
  }
  CHECK(addresses > 100);
}

TEST_CASE("the names of app.env are those of the project") {
  const fs::path folder = python_app::template_folder();
  const std::string names = "\n" + read_file(folder / "packaging/app.env");
  const std::string project = read_file(folder / "pyproject.toml");
  CHECK(value_in(names, "APP_NAME") == value_in(project, "name"));
  CHECK(fs::exists(folder / "src" / value_in(names, "PACKAGE") / "__main__.py"));
  CHECK(read_file(folder / "Dockerfile").find("\"-m\", \"" + value_in(names, "PACKAGE") + "\"") !=
        std::string::npos);
}

TEST_CASE("the installer is compiled without a warning, by hand as well") {
  const Project project;
  fs::create_directories(project.path() / "build/windows/your-app/python");
  std::ofstream(project.path() / "build/windows/your-app/python/python.exe") << "x";
  const auto ended =
      project.run({"makensis", "-V2", "-WX", "-DVERSION=1.2.0rc1", "packaging/installer.nsi"});
  INFO(ended.output);
  CHECK(ended.status == 0);
  CHECK(fs::exists(project.path() / "build/your-app-v1.2.0rc1-setup.exe"));
  CHECK(project.run({"makensis", "-V2", "packaging/installer.nsi"})
            .output.find("say which version") != std::string::npos);
}
