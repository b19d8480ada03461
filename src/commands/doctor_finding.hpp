// SPDX-License-Identifier: MIT
// A finding of the doctor: what was checked, the result, and what to do about it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace commands {

struct Finding {
  enum class Grade {
    ok,
    warn,  ///< publishing works, or may work
    fail,  ///< publishing does not work
  };

  Grade grade = Grade::ok;
  std::string subject;  ///< "clock"
  std::string text;
  std::string remedy;  ///< what to do; "" if nothing has to be done
  core::Fault fault = core::Fault::workflow;
};

Finding fine(const std::string& subject, const std::string& text, const std::string& remedy = {});
Finding warned(const std::string& subject, const std::string& text, const std::string& remedy);
/// The failure that an Error describes.
Finding failed(const std::string& subject, const core::Error& error);

/// "FAIL  clock: …. What to do."
std::string describe(const Finding& finding);

/// The final Error, which lists the failed checks; nullopt if none failed. Its fault is `workflow`
/// if one of the failures has this fault, otherwise `failed`.
std::optional<core::Error> failure_of(const std::vector<Finding>& findings);

/// Compares the clock of the server with our own.
Finding check_clock(std::optional<std::chrono::sys_seconds> server, std::chrono::sys_seconds own);

}  // namespace commands
