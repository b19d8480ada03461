// SPDX-License-Identifier: MIT
// The application as a child process.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "launcher/folder.hpp"
#include "launcher/signals.hpp"
#include "launcher/user.hpp"

namespace launcher {

/// How to start a program.
struct Command {
  Path program;                                    ///< absolute
  std::vector<std::string> arguments;              ///< without the name of the program
  Path working_folder;                             ///< absolute
  std::map<std::string, std::string> environment;  ///< in addition to that of this process
  std::optional<int> lock;                         ///< a descriptor that the program inherits
  bool is_silent = false;                          ///< its output is thrown away
  Path output;               ///< where its output goes if this process has none; "": nowhere
  std::optional<User> user;  ///< as whom, without the possibility to become anybody else
};

class Child {
 public:
  /// Throws Error (failed) if it cannot be started.
  explicit Child(const Command& command);
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  /// Its exit status once it has ended, or 128 plus the number of the signal that ended it. On Windows any
  /// number of 32 bits.
  std::optional<int> ended();
  /// Takes note of the end of processes that it left behind.
  void reap_others() const;
  void pass_on(const Signal& signal) const;
  /// By SIGTERM; on Windows its standard input ends.
  void ask_to_end() const;
  void kill() const;

 private:
  struct Process;
  std::unique_ptr<Process> process_;
};

/// Replaces this process by the program, or ends with its status. Throws Error (failed) if it cannot be started.
[[noreturn]] void become(const Command& command);

/// Ends this process without waiting for its threads.
[[noreturn]] void end_at_once(int status);

/// A variable of this process's environment; "" if it is not set.
std::string own_variable(const char* name);

/// Lets this process adopt those whose parent has ended, so that their end can be waited for.
void adopt_orphans();

/// The processes, this one excluded, whose program or (not on Windows) working folder lies in `folder`.
std::vector<int> processes_in(const Path& folder);
void kill_processes(const std::vector<int>& processes);

}  // namespace launcher
