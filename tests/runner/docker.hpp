// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "support/process.hpp"
#include "temp_dir.hpp"

namespace runner_tests {

/// A Docker engine, with the `docker` in PATH and the engine that it finds by itself (DOCKER_HOST).
/// Images are built as runners do it: with the legacy builder.
class Docker {
 public:
  /// Skips the test case where no engine answers.
  Docker();
  ~Docker();  ///< removes the images that it built
  Docker(const Docker&) = delete;
  Docker& operator=(const Docker&) = delete;

  /// Skips the test case where the engine does not have this image: nothing is pulled.
  void needs(const std::string& image) const;
  /// Builds the Dockerfile in `context`, or one stage of it; the name of the image.
  std::string build(const std::string& context, const std::string& stage = {});
  /// The command that runs a container of `image`, which sees the host's network, `job` as /job,
  /// and these variables.
  std::vector<std::string> run(const std::string& image, const std::string& job,
                               const std::map<std::string, std::string>& variables) const;

  support::Ended ask(const std::vector<std::string>& arguments) const;
  /// What the `docker` itself has to see.
  static std::map<std::string, std::string> environment();

 private:
  std::string docker_;
  TempDir logs_;
  std::vector<std::string> built_;
};

}  // namespace runner_tests
