// SPDX-License-Identifier: MIT
#pragma once

#include <mutex>
#include <set>
#include <string>

#include "core/release/session.hpp"
#include "runner/interrupt.hpp"
#include "runner/log.hpp"

namespace commands {

/// Keeps the text for Ctrl-C up to date: what a publishing run leaves, and how to continue.
class Interruption {
 public:
  Interruption(const core::Desired& desired, runner::Log& log);

  void learn(const core::Session& session);  ///< after an action
  void uploaded(const std::string& name);    ///< from any thread

 private:
  void update();

  std::string tag_;
  std::set<std::string> names_;  ///< of the files of this run
  std::mutex mutex_;
  std::set<std::string> there_;  ///< those that the release has
  bool has_release_ = false;
  bool is_draft_ = true;
  runner::Interrupt interrupt_;
};

}  // namespace commands
