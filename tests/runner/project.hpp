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

  /// All of its jobs must succeed; returns the log.
  std::string run(const std::filesystem::path& workflow, const Event& event) const;
  /// The push of a new tag, with the jobs that it starts.
  std::string push_tag(const std::filesystem::path& workflow, const std::string& tag);

  support::Server server;
  Consumer consumer;
};

}  // namespace runner_tests
