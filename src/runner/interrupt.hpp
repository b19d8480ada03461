// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <mutex>
#include <string>

#include "runner/log.hpp"

namespace runner {

/// Handles Ctrl-C if a person has started the program: prints what is left and how to continue, and ends
/// the program. A second Ctrl-C ends it at once. Does nothing in a job, or if the signal is ignored (nohup).
/// At most one may exist at a time.
class Interrupt {
 public:
  static constexpr int status = 130;  ///< as shells report a process that SIGINT has ended

  explicit Interrupt(Log& log);
  ~Interrupt();
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;

  /// Whether Ctrl-C is handled.
  bool is_active() const { return system_ != nullptr; }
  /// Sets the text. From any thread.
  void say(std::string text);

 private:
  struct System;  ///< what differs between systems

  void end();

  Log& log_;
  std::mutex mutex_;
  std::string text_ = "Interrupted.";
  std::unique_ptr<System> system_;
};

}  // namespace runner
