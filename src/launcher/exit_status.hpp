// SPDX-License-Identifier: MIT
#pragma once

#include <exception>

#include "core/error.hpp"

namespace launcher {

/// Exit statuses in addition to 0, 1 and 2, which mean the same as in gitea-release.
enum ExitStatus : int {
  newer_release = 10,
  refused = 20,
  in_use = 30,
  no_room = 31,
  no_permission = 32
};

/// What went wrong, for a person and for a program.
struct Failure {
  core::Error error;
  int status;
};

/// The failure that an exception stands for.
Failure failure_of(const std::exception_ptr& thrown);

}  // namespace launcher
