// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>

#include "runner/consumer.hpp"
#include "support/server.hpp"

namespace runner_tests {

extern const std::filesystem::path examples;  ///< examples/workflows

/// A server, and a project on it whose jobs get what the server gives them: a token of the job.
struct Project {
  Project();

  /// What jobs install with pip3 is the uv of scripts/setup --test, with this machine's cache and
  /// certificates. Skips the test case if it is missing.
  void install_real_uv();

  /// All of its jobs must succeed; returns the log.
  std::string run(const std::filesystem::path& workflow, const Event& event) const;
  /// The push of a new tag, with the jobs that it starts.
  std::string push_tag(const std::filesystem::path& workflow, const std::string& tag);

  support::Server server;
  Consumer consumer;
};

}  // namespace runner_tests
