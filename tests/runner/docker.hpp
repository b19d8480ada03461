// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "support/process.hpp"
#include "temp_dir.hpp"

namespace runner_tests {

/// A Docker engine, with the `docker` in PATH and the engine that it finds by itself (DOCKER_HOST).
/// Images are built like runners do it: with the legacy builder.
class Docker {
 public:
  /// Skips the test case if no engine is available.
  Docker();
  ~Docker();  ///< removes the images that it built
  Docker(const Docker&) = delete;
  Docker& operator=(const Docker&) = delete;

  /// Skips the test case if the engine does not have this image: nothing is pulled.
  void needs(const std::string& image) const;
  /// Builds the Dockerfile in `context`, or one stage of it; returns the name of the image.
  std::string build(const std::string& context, const std::string& stage = {});
  /// The command that runs a container of `image` with the host's network, `job` as /job, and these
  /// variables.
  std::vector<std::string> run(const std::string& image, const std::string& job,
                               const std::map<std::string, std::string>& variables) const;

  support::Ended ask(const std::vector<std::string>& arguments) const;
  /// The environment of `docker` itself.
  static std::map<std::string, std::string> environment();

 private:
  std::string docker_;
  TempDir logs_;
  std::vector<std::string> built_;
};

}  // namespace runner_tests
