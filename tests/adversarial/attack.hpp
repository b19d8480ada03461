// SPDX-License-Identifier: MIT
#pragma once

#include "support/server.hpp"
#include "support/workspace.hpp"

namespace adversarial {

/// A sandbox with the tag v1.0.0, and a job for it that uploads one file and never retries.
struct Attack {
  Attack() : job(server, "v1.0.0") {
    server.needs_sandbox();
    server.create_tag("v1.0.0");
    job.file("a.txt", "a");
    job.input("files", "a.txt").input("retries", "0");
  }

  support::Server server;
  support::Workspace job;
};

}  // namespace adversarial
