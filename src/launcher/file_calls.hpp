// SPDX-License-Identifier: MIT
// Every system call that changes the disk of an installation. Tests pass a hook that counts the
// calls, lets one fail, or stops before or after one as a kill would.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string_view>

#include "core/error.hpp"
#include "disk/descriptor.hpp"

namespace launcher {

/// A call that failed.
struct FileError : core::Error {
  FileError(int code, const std::filesystem::path& path);
  int code;  ///< errno
};

enum class CallKind {
  create,
  write,
  sync,
  rename,
  make_folder,
  remove_file,
  remove_folder,
  set_mode,
  set_owner
};

struct FileCall {
  CallKind kind;
  const std::filesystem::path& path;
  const std::filesystem::path& target;  ///< of a rename; else the same as `path`
};

class FileCalls {
 public:
  /// Called before each call and, with `is_done`, after it. Before a call, a result other than 0 is
  /// the error that the call fails with.
  using Hook = std::function<int(const FileCall& call, bool is_done)>;

  explicit FileCalls(Hook hook = {}) : hook_(std::move(hook)) {}

  // All throw FileError, and follow no link at the end of a path.

  /// An empty file, which may exist already, for writing.
  disk::Descriptor create(const std::filesystem::path& path, unsigned mode);
  /// The same, at its end.
  disk::Descriptor append(const std::filesystem::path& path, unsigned mode);
  void write(const disk::Descriptor& file, const std::filesystem::path& path,
             std::string_view bytes);
  void sync(const disk::Descriptor& file, const std::filesystem::path& path);
  void sync_folder(const std::filesystem::path& path);
  void rename(const std::filesystem::path& from, const std::filesystem::path& to);
  void make_folder(const std::filesystem::path& path, unsigned mode);
  void remove_file(const std::filesystem::path& path);
  void remove_folder(const std::filesystem::path& path);
  void set_mode(const std::filesystem::path& path, unsigned mode);
  void set_owner(const std::filesystem::path& path, unsigned user, unsigned group);

 private:
  template <typename Call>
  int run(CallKind kind, const std::filesystem::path& path, const std::filesystem::path& target,
          Call&& call);

  Hook hook_;
};

}  // namespace launcher
