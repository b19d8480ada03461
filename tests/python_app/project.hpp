// SPDX-License-Identifier: MIT
// The template as somebody has it who copied the folder, and what it was built into.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "support/process.hpp"
#include "temp_dir.hpp"

namespace python_app {

using Variables = std::map<std::string, std::string>;

std::filesystem::path template_folder();
/// This process's environment without what a runner sets, .deps/bin first in PATH, the stand-ins of
/// the interpreters where there are some, and `more`.
Variables environment(const Variables& more = {});
support::Ended run(const std::vector<std::string>& command, const std::filesystem::path& directory,
                   const Variables& variables = environment());
/// Runs a Python script of this folder.
support::Ended script(const std::string& name, const std::vector<std::string>& arguments);
/// Skips the test case where there is no uv, or are no stand-ins of the interpreters.
void need_uv();
void need_standins();
/// The path of a program in PATH or .deps/bin; skips the test case where there is none.
std::string program(const std::string& name);

/// A copy of the template, a git repository with one commit.
class Project {
 public:
  Project();

  std::filesystem::path path() const { return directory_.path() / "project"; }
  void append(const std::string& file, const std::string& text) const;
  /// Throws where `from` does not stand in the file.
  void replace(const std::string& file, const std::string& from, const std::string& to) const;
  void tag(const std::string& name) const;
  support::Ended run(const std::vector<std::string>& command,
                     const Variables& variables = environment()) const;
  /// A script of packaging/, run by bash.
  support::Ended packaging(const std::string& script, const std::vector<std::string>& arguments,
                           const Variables& variables = environment()) const;
  /// Lines of bash after packaging/common.sh, as the build scripts have it.
  support::Ended shell(const std::string& lines, const Variables& variables = environment()) const;

 private:
  void git(std::vector<std::string> arguments) const;

  TempDir directory_;
};

/// What the fixture built of the template with the tag v1.2.0. Skips the test case where it did not.
struct Built {
  Built();
  std::filesystem::path project;
  std::filesystem::path windows_tree, linux_tree;  ///< the trees
  std::filesystem::path zip, installer, tarball;   ///< the archives
};

/// An application that runs, asked over HTTP.
class Running {
 public:
  /// `command` gets `--port` and a free port. Its output goes through a pipe into `log`.
  Running(const std::vector<std::string>& command, const std::filesystem::path& directory,
          const Variables& variables);
  /// What it answers, once it does; throws after 60 s, with its output.
  std::string get(const std::string& path);
  /// Ends it by the file that ends it; its exit status. Throws after 60 s.
  int quit(const std::filesystem::path& data);
  bool ends_within(std::chrono::milliseconds time) const { return process_.ends_within(time); }
  std::string output() const { return process_.output(); }

 private:
  TempDir directory_;
  int port_;
  support::Process process_;
};

int free_port();
/// What a server at this port answers; waits up to 60 s for it, while `still`. Empty where nothing
/// answered.
std::string ask(
    int port, const std::string& path, const std::function<bool()>& still = [] { return true; });
/// Whether the file is there, or gone, within 60 s.
bool there(const std::filesystem::path& file);
bool gone(const std::filesystem::path& file);

}  // namespace python_app
