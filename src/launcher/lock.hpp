// SPDX-License-Identifier: MIT
// updater/lock: held by the launcher that runs the application, and by all that the application starts.
#pragma once

#include <optional>

#include "disk/descriptor.hpp"
#include "launcher/folder.hpp"

namespace launcher {

class Lock {
 public:
  enum class State {
    held,       ///< by this process
    taken,      ///< by another one
    impossible  ///< the file cannot be made: the folder is read-only
  };

  /// Does not wait.
  explicit Lock(const Folder& folder);
  /// Waits for a second at most if no launcher holds it, but a command, which soon ends, or processes
  /// that an application has left behind.
  static Lock take(const Folder& folder);

  State state() const { return state_; }
  /// For the child to inherit.
  std::optional<int> descriptor() const {
    return state_ == State::held ? std::optional<int>(file_.get()) : std::nullopt;
  }
  /// Writes the id of this process, for `stop`.
  void sign() const;

 private:
  disk::Descriptor file_;
  State state_ = State::impossible;
};

/// The launcher that holds the lock; nullopt if it has ended.
std::optional<int> lock_holder(const Folder& folder);

/// Whether the process is a launcher in this folder, perhaps one that was replaced in the meantime.
bool is_launcher_of(const Folder& folder, int process);

/// Asks the process to end. Throws FileError (EPERM) if this user may not.
void ask_to_end(int process);

}  // namespace launcher
