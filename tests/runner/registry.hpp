// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "runner/docker.hpp"
#include "support/process.hpp"
#include "temp_dir.hpp"

namespace runner_tests {

/// Debian's docker-registry on a free port of this machine, with one user.
class Registry {
 public:
  /// Skips the test case if docker-registry is missing.
  Registry(const Docker& docker, const std::string& user, const std::string& password);
  ~Registry();  ///< removes its images from the local engine
  Registry(const Registry&) = delete;
  Registry& operator=(const Registry&) = delete;

  const std::string& host() const { return host_; }  ///< "127.0.0.1:PORT"
  /// The output of an image's container, and the version in its label: always pulled again.
  std::string run(const std::string& image) const;
  std::string version_label(const std::string& image) const;
  /// Whether the registry has this tag of an image.
  bool has(const std::string& image) const;

 private:
  support::Ended ask(const std::vector<std::string>& arguments) const;

  const Docker& docker_;
  TempDir directory_;
  std::unique_ptr<support::Process> process_;
  std::string host_;
};

}  // namespace runner_tests
