// SPDX-License-Identifier: MIT
// What the doctor finds: one thing that was looked at, how it stands, and what to do about it.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <vector>

#include "core/error.hpp"

namespace core {

struct Finding {
  enum class Grade {
    ok,
    warn,  ///< a publish works, or may work
    fail,  ///< a publish does not work
  };

  Grade grade = Grade::ok;
  std::string subject;  ///< "clock"
  std::string text;
  std::string remedy;  ///< what to do; "" where nothing has to be done
  Fault fault = Fault::workflow;
};

Finding fine(const std::string& subject, const std::string& text, const std::string& remedy = {});
Finding warned(const std::string& subject, const std::string& text, const std::string& remedy);
/// What an Error says, as a failure.
Finding failed(const std::string& subject, const Error& error);

/// "FAIL  clock: …. What to do."
std::string describe(const Finding& finding);

/// The Error to end with: it counts what failed. nullopt where nothing did. Its fault is `workflow`
/// where one of them needs a change, else running again may help.
std::optional<Error> verdict(const std::vector<Finding>& findings);

/// The server's clock beside our own.
Finding check_clock(std::optional<std::chrono::sys_seconds> server, std::chrono::sys_seconds own);

}  // namespace core
