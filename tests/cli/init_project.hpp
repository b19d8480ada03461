// SPDX-License-Identifier: MIT
// The folder of a project, and `init` in it.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "support/process.hpp"
#include "support/under_test.hpp"
#include "support/workspace.hpp"
#include "temp_dir.hpp"

namespace init_tests {

using Names = std::set<std::string>;

class Project {
 public:
  Project() { std::filesystem::create_directories(path()); }

  std::filesystem::path path() const { return directory_.path() / "project"; }
  void file(const std::string& name, const std::string& text) const {
    directory_.write("project/" + name, text);
  }
  std::string text(const std::string& name) const { return support::read_file(path() / name); }

  support::Ended run(const std::vector<std::string>& command) const {
    const char* search = std::getenv("PATH");
    return support::Process(command, {{"PATH", search == nullptr ? "" : search}}, path(),
                            directory_.path() / "log")
        .wait();
  }
  support::Ended init(const std::vector<std::string>& arguments) const {
    std::vector<std::string> command = {GITEA_RELEASE, "init"};
    command.insert(command.end(), arguments.begin(), arguments.end());
    return run(command);
  }
  /// A repository with one commit and a remote named `origin`.
  void repository(const std::string& origin, const std::vector<std::string>& tags = {}) const {
    std::string script =
        "git init -q . && git -c user.name=n -c user.email=e@example.org commit -q --allow-empty "
        "-m "
        "one && git remote add origin '" +
        origin + "'";
    for (const std::string& tag : tags) script += " && git tag " + tag;
    support::needs_this_system("git");
    run({"/bin/sh", "-c", script});
  }

  /// Without `.git`.
  std::map<std::string, std::string> texts() const {
    std::map<std::string, std::string> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path())) {
      const std::string name = entry.path().lexically_relative(path()).string();
      if (entry.is_regular_file() && !name.starts_with(".git/")) found[name] = text(name);
    }
    return found;
  }
  Names names() const {
    Names found;
    for (const auto& [name, text] : texts()) found.insert(name);
    return found;
  }

 private:
  TempDir directory_;
};

}  // namespace init_tests
