// SPDX-License-Identifier: MIT
// A hook for launcher::FileCalls: stops a launcher at a chosen moment as a kill or a power cut would, or
// lets calls fail.
#pragma once

#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "launcher/file_calls.hpp"

namespace moments {

namespace fs = std::filesystem;

/// Ends a launcher in a test.
struct Killed {};

/// What a power cut takes away: the content of files and the renames that were not synced.
class Unsynced {
 public:
  void note(const launcher::FileCall& call) {
    switch (call.kind) {
      case launcher::CallKind::create:
      case launcher::CallKind::write:
        files_.insert(call.path);
        return;
      case launcher::CallKind::sync:
        synced(call.path);
        return;
      case launcher::CallKind::rename:
        rename_files(call.path, call.target);
        return;
      default:
        return;
    }
  }

  /// To be called before the rename, because of what it overwrites.
  void note_rename(const launcher::FileCall& call) {
    std::optional<std::string> before;
    if (fs::is_regular_file(call.target)) {
      std::ifstream file(call.target, std::ios::binary);
      before.emplace(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
    renames_.push_back({call.path, call.target, before});
  }

  void lose() {
    for (const fs::path& file : files_) {
      if (fs::is_regular_file(file)) fs::resize_file(file, 0);
    }
    for (auto one = renames_.rbegin(); one != renames_.rend(); ++one) {
      if (!fs::exists(one->to)) continue;
      fs::rename(one->to, one->from);
      if (one->before) std::ofstream(one->to, std::ios::binary) << *one->before;
    }
  }

 private:
  struct Renamed {
    fs::path from;
    fs::path to;
    std::optional<std::string> before;  ///< the text of the file that was overwritten
  };

  void synced(const fs::path& path) {
    files_.erase(path);
    // File systems with a journal write a rename as a whole.
    std::erase_if(renames_, [&](const Renamed& one) {
      return one.to.parent_path() == path || one.from.parent_path() == path;
    });
  }

  void rename_files(const fs::path& from, const fs::path& to) {
    if (files_.erase(from) != 0) files_.insert(to);
  }

  std::set<fs::path> files_;
  std::vector<Renamed> renames_;
};

struct Fault {
  std::optional<std::size_t> kill_at = {};  ///< before the moment with this number
  bool is_power_cut = false;
  std::optional<std::size_t> failing = {};  ///< the number of the call that fails
  bool for_ever = false;                    ///< so do all later ones
  int error = 0;
};

class Hook {
 public:
  explicit Hook(Fault fault) : fault_(fault) {}

  int operator()(const launcher::FileCall& call, bool is_done) {
    if (is_done) {
      if (fault_.is_power_cut) unsynced_.note(call);
      return 0;
    }
    if (changes_state(call)) moment();
    if (fault_.failing &&
        (calls_ == *fault_.failing || (fault_.for_ever && calls_ > *fault_.failing))) {
      ++calls_;
      return fault_.error;
    }
    ++calls_;
    if (fault_.is_power_cut && call.kind == launcher::CallKind::rename) unsynced_.note_rename(call);
    return 0;
  }

  /// One that is no call: the application runs.
  void moment() {
    if (moments_++ != fault_.kill_at) return;
    if (fault_.is_power_cut) unsynced_.lose();
    throw Killed();
  }

  std::size_t moments() const { return moments_; }
  std::size_t calls() const { return calls_; }

 private:
  /// The others change a file that is not used before it is renamed, or nothing that a kill takes away.
  bool changes_state(const launcher::FileCall& call) const {
    switch (call.kind) {
      case launcher::CallKind::create:
        return call.path.extension() != ".part";
      case launcher::CallKind::sync:
        return fault_.is_power_cut && fs::is_directory(call.path);
      case launcher::CallKind::write:
      case launcher::CallKind::set_mode:
      case launcher::CallKind::set_owner:
        return false;
      default:
        return true;
    }
  }

  Fault fault_;
  Unsynced unsynced_;
  std::size_t moments_ = 0;
  std::size_t calls_ = 0;
};

}  // namespace moments
