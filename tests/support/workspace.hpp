// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "support/process.hpp"
#include "support/server.hpp"
#include "temp_dir.hpp"

namespace support {

/// The results of a run of the program.
struct Run {
  int status = -1;
  std::string log;
  std::map<std::string, std::string> outputs;
  std::string summary;
  long peak_kib = 0;
};

/// A job's workspace and environment, as a runner creates them for the push of a tag.
class Workspace {
 public:
  Workspace(const Server& server, const std::string& tag);

  Workspace& file(const std::string& path, const std::string& content);
  void sparse_file(const std::string& path, std::uint64_t size);
  Workspace& input(const std::string& name, const std::string& value);
  Workspace& variable(const std::string& name, const std::string& value);
  Workspace& without(const std::string& name);  ///< the variable is not set
  /// A command that runs the program: "/bin/sh -c …"; the program and its arguments are appended.
  Workspace& within(const std::vector<std::string>& command);
  /// As if the workflow had not been started by the push of a tag.
  Workspace& on_branch();

  Run publish(const std::vector<std::string>& arguments = {});
  /// A command with its options.
  Run run(const std::vector<std::string>& arguments) { return publish(arguments); }
  std::unique_ptr<Process> start(const std::vector<std::string>& arguments = {});
  /// Throws if the results of the run contain a token, or a token was sent outside of its header.
  Run result_of(Process& process) const;

  std::filesystem::path path() const { return directory_.path() / "workspace"; }

 private:
  const Server& server_;
  TempDir directory_;
  std::map<std::string, std::string> environment_;
  std::vector<std::string> within_;
};

std::string read_file(const std::filesystem::path& path);

}  // namespace support
