// SPDX-License-Identifier: MIT
// The data that a new version may change, saved before it is installed: files and folders below
// data/, each file with what SQLite puts beside it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "launcher/file_system.hpp"
#include "launcher/folder.hpp"

namespace launcher {

class Snapshot {
 public:
  /// The data as it was before `version` was installed.
  Snapshot(const Folder& folder, FileSystem& files, const std::string& version);

  bool exists() const;

  /// Saves `paths`, which are relative to data/; those that do not exist are noted. Replaces an earlier
  /// snapshot. Throws Error (failed).
  void take(const std::vector<std::string>& paths);

  /// Makes the data what it was. What is at these places now is moved to snapshots/VERSION.failed/. Can
  /// be repeated after an interruption; once it is complete, a repetition does nothing. Throws Error
  /// (failed).
  void give_back();

 private:
  bool is_in_data(const std::string& place) const;
  void save(const Path& part, const std::string& place);
  void return_place(const std::string& place);
  void make_folders_in_data(const Path& folder);
  void move_aside(const std::string& place);
  void copy_aside(const Path& from, const Path& to);
  void remove_in_data(const Path& path);
  std::vector<std::string> places() const;

  FileSystem& files_;
  Path data_;
  std::optional<Account> owner_;  ///< of data/, if it is not this user; acts in data/ are his
  Path folder_;                   ///< `list` and `data/`
  Path returned_;                 ///< its name once the data was returned
  Path failed_;                   ///< what the new version left
};

}  // namespace launcher
