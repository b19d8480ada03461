// SPDX-License-Identifier: MIT
#pragma once

#include <memory>

#include "python_app/project.hpp"

namespace python_app {

/// A Windows of its own for one test: a copy of the fixture's wine prefix. Skips the test case where there is none.
class Wine {
 public:
  Wine();
  ~Wine();
  Wine(const Wine&) = delete;
  Wine& operator=(const Wine&) = delete;

  /// Runs a program to its end, 120 s at most (status 124).
  support::Ended run(const std::vector<std::string>& command) const;
  /// The same without waiting for its end, or for what it writes.
  std::unique_ptr<support::Process> start(const std::vector<std::string>& command) const;
  /// The application in `home`, by the Python of it.
  std::unique_ptr<Running> application(const std::filesystem::path& home,
                                       const std::vector<std::string>& arguments = {}) const;
  /// The template's finish.py over an unpacked tree, with its own Python.
  support::Ended finish(const std::filesystem::path& script, const std::filesystem::path& home,
                        const std::string& version) const;
  /// A value of HKEY_CURRENT_USER, empty where there is none.
  std::string registry(const std::string& key, const std::string& name) const;
  /// What a shortcut holds, read as text; empty where it is not there.
  std::string shortcut(const std::string& place) const;

  /// The path as a program of Windows names it.
  static std::string named(const std::filesystem::path& path);

  std::filesystem::path c() const { return directory_.path() / "prefix/drive_c"; }
  std::filesystem::path user() const;
  /// Where the installer installs when nothing else is said.
  std::filesystem::path installed() const { return user() / "AppData/Local/your-app"; }
  std::filesystem::path desktop_link() const { return user() / "Desktop/Your App.lnk"; }
  std::filesystem::path menu_link() const;
  std::filesystem::path autostart_link() const;

 private:
  Variables variables() const;

  TempDir directory_;
};

/// What the fixture built of the next version, v1.3.0-rc.1.
std::filesystem::path next_installer();
std::filesystem::path next_tree();

}  // namespace python_app
