// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "http_message.hpp"

namespace sandbox {

/// A file that is being written, in blocks; blocks of zeros become holes, so that sparse files stay
/// sparse and fast. Removes the file unless keep() was called.
class BlobWriter {
 public:
  static constexpr std::size_t block_size = std::size_t{64} * 1024;

  /// Overwrites the content of the file if it exists. Throws std::system_error.
  explicit BlobWriter(std::filesystem::path file);
  ~BlobWriter();
  BlobWriter(const BlobWriter&) = delete;
  BlobWriter& operator=(const BlobWriter&) = delete;

  void append(std::string_view bytes);
  /// Space for up to `space` bytes, to be filled before filled() is called: saves a copy.
  char* space(std::size_t& size);
  void filled(std::size_t size);

  std::uint64_t size() const { return flushed_ + used_; }
  /// Writes the remaining bytes and keeps the file under its final name.
  void keep(const std::filesystem::path& as);

 private:
  void flush();
  void write(std::string_view bytes);

  std::filesystem::path path_;
  int file_ = -1;
  bool is_new_ = true;  ///< unwritten parts are zero
  std::vector<char> block_;
  std::size_t used_ = 0;
  std::uint64_t flushed_ = 0;
  bool kept_ = false;
};

/// The bytes of the assets: one file each, named by uuid, in one directory.
class Blobs {
 public:
  /// Creates the directory.
  explicit Blobs(std::filesystem::path directory);

  /// From now on a new file overwrites one that was removed: its disk space is already allocated,
  /// and the kernel only has to copy.
  void reuse_room();

  std::unique_ptr<BlobWriter> begin() const;
  std::filesystem::path path(const std::string& uuid) const;
  void remove(const std::string& uuid) const;
  /// Null if there is no such file.
  std::shared_ptr<OpenFile> open(const std::string& uuid) const;

 private:
  std::filesystem::path directory_;
  std::filesystem::path spare_;  ///< where removed files go; "": they are deleted
};

}  // namespace sandbox
