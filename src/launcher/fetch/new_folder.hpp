// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <functional>
#include <set>
#include <string>
#include <string_view>

#include "disk/descriptor.hpp"

namespace fetch {

/// A folder that appears under its name only when it is complete and durable. Until then it is called
/// NAME.part. Nothing is written outside of it, whatever its content is: each path is opened part by
/// part, without following links. All methods throw FetchError if the disk is full or the folder cannot
/// be written, and Error (failed) if anything else prevents it.
class NewFolder {
 public:
  /// Fills up to `size` bytes of `buffer` and returns their number, 0 at the end.
  using Content = std::function<std::size_t(char* buffer, std::size_t size)>;

  /// Removes what an interrupted run has left at PATH.part. The folder above `path` exists.
  explicit NewFolder(std::filesystem::path path);
  /// Removes everything, unless commit() was called.
  ~NewFolder();
  NewFolder(const NewFolder&) = delete;
  NewFolder& operator=(const NewFolder&) = delete;

  // Paths are relative, joined by `/`, and valid (entry_name.hpp). Folders above them are created.
  void add_directory(const std::string& path);
  void add_file(const std::string& path, bool executable, const Content& content);
  void add_text(const std::string& path, std::string_view text);
  void add_link(const std::string& path, const std::string& target);

  /// Makes everything durable, then renames the folder. `path` does not exist.
  void commit();

  /// Where the files are until commit().
  const std::filesystem::path& part() const { return part_; }

 private:
  int directory_for(const std::string& path);
  disk::Descriptor open_directory(const std::string& path, bool create) const;
  void sync_directory(const std::string& path) const;
  void fill(int file, const std::string& path, const Content& content) const;
  [[noreturn]] void fail(int error, const std::string& path) const;

  std::filesystem::path path_;
  std::filesystem::path part_;
  disk::Descriptor above_;
  disk::Descriptor root_;
  std::set<std::string> directories_;  ///< relative to `root_`
  std::string open_path_;              ///< of `open_`, the folder that was used last
  disk::Descriptor open_;
  bool committed_ = false;
};

}  // namespace fetch
