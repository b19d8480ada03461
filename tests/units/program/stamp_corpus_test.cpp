// SPDX-License-Identifier: MIT
// What `stamp` writes into projects of every form: tests/data/projects has one of each.
#include <catch2/catch_test_macros.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <string>

#include "commands/stamps.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "temp_dir.hpp"

namespace {

namespace fs = std::filesystem;

struct Project {
  std::string tag;
  std::string stamp;
  std::map<std::string, std::string> before;
  std::map<std::string, std::string> changed;
  std::string refusal;
};

Project read_project(const fs::path& path) {
  Project project;
  std::ifstream file(path);
  std::getline(file, project.tag);
  std::string* part = &project.stamp;
  for (std::string line; std::getline(file, line);) {
    if (line.starts_with("--- ")) {
      part = &project.before[line.substr(4)];
    } else if (line.starts_with("=== ")) {
      part = &project.changed[line.substr(4)];
    } else if (line.starts_with("! ")) {
      project.refusal = line.substr(2);
    } else {
      *part += line + "\n";
    }
  }
  return project;
}

std::string text_of(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

/// The error; "" if everything was written.
std::string stamp(const Project& project, const fs::path& directory) {
  const disk::Workspace workspace(directory.string());
  core::Problems problems;
  try {
    commands::Stamps stamps(project.stamp, *core::from_tag(project.tag, "git"), workspace,
                            problems);
    problems.throw_if_any();
    stamps.write();
  } catch (const core::Error& error) {
    return error.message;
  }
  return {};
}

void check(const Project& project, bool with_crlf) {
  const TempDir directory;
  const auto as_written = [&](std::string text) {
    for (auto at = text.find('\n'); with_crlf && at != std::string::npos;
         at = text.find('\n', at + 2)) {
      text.insert(at, "\r");
    }
    return text;
  };
  for (const auto& [name, text] : project.before) directory.write(name, as_written(text));
  const std::string refusal = stamp(project, directory.path());
  if (project.refusal.empty()) {
    CHECK(refusal.empty());
  } else {
    CHECK(refusal.find(project.refusal) != std::string::npos);
    INFO(refusal);
  }
  for (const auto& [name, text] : project.before) {
    INFO(name);
    const auto changed = project.changed.find(name);
    CHECK(text_of(directory / name) ==
          as_written(changed == project.changed.end() ? text : changed->second));
  }
  if (project.refusal.empty()) CHECK(stamp(project, directory.path()).empty());
}

}  // namespace

TEST_CASE("in projects of every form the version is written to the right place, and nowhere else") {
  int count = 0;
  for (const auto& entry :
       fs::directory_iterator(std::string(GITEA_RELEASE_SOURCE) + "/tests/data/projects")) {
    if (entry.path().extension() != ".txt") continue;
    ++count;
    INFO(entry.path().filename());
    const Project project = read_project(entry.path());
    check(project, false);
    check(project, true);
  }
  CHECK(count >= 45);
}
