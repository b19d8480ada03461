// SPDX-License-Identifier: MIT
// An installation with the built launcher, and applications that are shell scripts.
#pragma once

#include <chrono>
#include <filesystem>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/update/journal.hpp"
#include "temp_dir.hpp"

namespace e2e {

namespace fs = std::filesystem;

/// A process whose output goes to a file; killed at the end.
class Running {
 public:
  struct Options {
    std::map<std::string, std::string> environment = {};
    bool as_nobody = false;     ///< without the rights of root
    bool on_full_disk = false;  ///< every write to a file fails
  };
  Running(const std::vector<std::string>& words, const fs::path& output, const Options& options);
  ~Running();
  Running(const Running&) = delete;
  Running& operator=(const Running&) = delete;

  int wait();  ///< its exit status, or 128 + the signal
  bool has_ended();
  void kill(int signal) const;
  int stop();  ///< asks it to end (SIGTERM), and waits for that
  int pid() const { return pid_; }
  std::string output() const;

 private:
  int pid_ = -1;
  std::optional<int> status_;
  fs::path output_;
};

struct Result {
  int status = 0;
  std::string output;
};

/// An application with the launcher in a temporary folder, and what is to be seen of it.
class InstalledApp {
 public:
  Result run(const std::vector<std::string>& arguments, const Running::Options& options = {}) const;
  Running start(const std::vector<std::string>& arguments,
                const Running::Options& options = {}) const;
  Result command(std::vector<std::string> arguments) const;
  /// Runs a shell script in the folder, with the launcher as $0, and with mounts of its own; status 99 if
  /// that is not possible.
  Result run_in_namespace(const std::string& script) const;

  core::Journal journal() const;
  bool reports(const std::string& outcome) const;   ///< whether the last update ends so within 60 s
  std::string text(const std::string& name) const;  ///< of a file; "" without it
  std::string version() const;                      ///< in current/; "" while a swap has moved it
  fs::path root() const { return dir_.path() / name_; }
  std::string launcher() const { return (root() / name_).string(); }

 protected:
  /// `name`: of the folder and of the launcher in it.
  explicit InstalledApp(std::string name) : name_(std::move(name)) {}
  fs::path next_output() const;
  const fs::path& folder() const { return dir_.path(); }  ///< around the root

 private:
  std::string name_;
  TempDir dir_;
  mutable int outputs_ = 0;
};

/// An application whose versions are shell scripts.
class Installation : public InstalledApp {
 public:
  /// 1.0.0 runs the shell script `old_script`. `health`: a member "health" of RELEASE.json.
  explicit Installation(const std::string& old_script, const std::string& health = "{}");

  /// Puts a version into updater/ready.
  void prepare(const std::string& script, const std::string& health = "{}",
               const std::string& version = "1.1.0") const;
};

/// Whether it becomes true within 60 s.
bool becomes_true(const std::function<bool()>& condition);

}  // namespace e2e
