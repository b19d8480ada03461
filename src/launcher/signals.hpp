// SPDX-License-Identifier: MIT
// The signals that this process gets, as events.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

namespace launcher {

struct Signal {
  int number = 0;
  bool is_from_terminal = false;  ///< the application has got it, too
};

/// Blocks all signals that can be passed on, in this thread and those that it starts later.
class Signals {
 public:
  Signals();
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

  /// The next one; nullopt if none arrives in time. The end of a child counts as one.
  std::optional<Signal> next(std::chrono::milliseconds time) const;

 private:
  struct Source;
  std::unique_ptr<Source> source_;
};

/// Whether it says that a child has ended.
bool is_about_children(const Signal& signal);
/// Whether it asks a program to end.
bool asks_to_end(const Signal& signal);
/// Whether the sender insists on it, such as a service manager.
bool insists_on_end(const Signal& signal);

}  // namespace launcher
