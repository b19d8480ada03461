// SPDX-License-Identifier: MIT
// What the launcher does to an installation's disk, so that a power cut leaves the old state or the
// new one.
#pragma once

#include <chrono>
#include <filesystem>
#include <optional>
#include <string_view>

#include "launcher/file_calls.hpp"
#include "launcher/rights.hpp"

namespace launcher {

/// With whose rights a copy is read and written, if not with those of this process. Where one of them is
/// set, the copy belongs to whoever writes it, and has no set-id bits.
struct CopyRights {
  std::optional<Account> from = {};
  std::optional<Account> to = {};
  bool leaves_out = false;  ///< links and files with a second name, instead of refusing them
};

class FileSystem {
 public:
  /// `trash`: where things go before they are deleted; on the same file system. `patience`: how long
  /// a rename is repeated while another program holds the folder.
  FileSystem(FileCalls& calls, std::filesystem::path trash,
             std::chrono::milliseconds patience = std::chrono::seconds(2))
      : calls_(calls), trash_(std::move(trash)), patience_(patience) {}

  void set_patience(std::chrono::milliseconds patience) { patience_ = patience; }

  // All throw FileError, unless they say otherwise.

  /// Replaces the file: it has the old text or the new one, and after the return the new one, whatever
  /// happens.
  void write_durably(const std::filesystem::path& file, std::string_view text,
                     unsigned mode = 0644);
  /// The same for a text that a crash may undo.
  void write_whole(const std::filesystem::path& file, std::string_view text, unsigned mode = 0644);
  void append(const std::filesystem::path& file, std::string_view text);
  /// Renames a file over another one; a crash may undo it.
  void replace(const std::filesystem::path& from, const std::filesystem::path& to);
  /// Durably, with those above it.
  void make_folders(const std::filesystem::path& folder);
  /// The same for a folder that only this user may enter.
  void make_private_folder(const std::filesystem::path& folder);
  /// Durable. What is at the target goes to the trash first.
  void move(const std::filesystem::path& from, const std::filesystem::path& to);
  /// Nothing happens if it does not exist.
  void to_trash(const std::filesystem::path& path);
  void remove_tree(const std::filesystem::path& path);
  /// Deletes what it can.
  void empty_trash() noexcept;

  /// A copy of the file or folder, with modes, and owners as far as this user may, synced. Throws
  /// Error (failed) for links, and for files with a second name, which the application could use to
  /// have somebody else's file copied. Leaves out sockets and the like.
  void copy_tree(const std::filesystem::path& from, const std::filesystem::path& to,
                 const CopyRights& rights = {});
  /// The same; `to` appears once it is complete.
  void copy_whole(const std::filesystem::path& from, const std::filesystem::path& to,
                  const CopyRights& rights = {});
  void sync_folder(const std::filesystem::path& folder) { calls_.sync_folder(folder); }

 private:
  void write_part(const std::filesystem::path& part, std::string_view text, unsigned mode,
                  bool is_durable);
  void rename_patiently(const std::filesystem::path& from, const std::filesystem::path& to);
  void copy_folder(const std::filesystem::path& from, const std::filesystem::path& to,
                   const CopyRights& rights);
  void copy_file(const std::filesystem::path& from, const std::filesystem::path& to,
                 const CopyRights& rights);
  void copy_content(const disk::Descriptor& source, const std::filesystem::path& from,
                    const disk::Descriptor& target, const std::filesystem::path& to);
  [[noreturn]] static void refuse_copy(const std::filesystem::path& path, const char* why);
  void copy_attributes(const std::filesystem::path& from, const std::filesystem::path& to,
                       const CopyRights& rights);

  FileCalls& calls_;
  std::filesystem::path trash_;
  std::chrono::milliseconds patience_;
};

}  // namespace launcher
