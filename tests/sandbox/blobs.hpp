// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string_view>
#include <vector>

#include "http_message.hpp"

namespace sandbox {

/// A file that is being written, in blocks; blocks of zeros become holes, so that sparse
/// files stay sparse and quick. Removes the file unless keep() was called.
class BlobWriter {
 public:
  static constexpr std::size_t block_size = std::size_t{64} * 1024;

  /// Over what is in the file, if there is one. Throws std::system_error.
  explicit BlobWriter(std::filesystem::path file);
  ~BlobWriter();
  BlobWriter(const BlobWriter&) = delete;
  BlobWriter& operator=(const BlobWriter&) = delete;

  void append(std::string_view bytes);
  /// Where up to `space` bytes may be put before filled(): saves a copy.
  char* space(std::size_t& size);
  void filled(std::size_t size);

  std::uint64_t size() const { return flushed_ + used_; }
  /// Writes what is left and keeps the file under its final name.
  void keep(const std::filesystem::path& as);

 private:
  void flush();
  void write(std::string_view bytes);

  std::filesystem::path path_;
  int file_ = -1;
  bool is_new_ = true;  ///< what is not written is zero
  std::vector<char> block_;
  std::size_t used_ = 0;
  std::uint64_t flushed_ = 0;
  bool kept_ = false;
};

/// The bytes of the assets: one file each, named by uuid, below one directory.
class Blobs {
 public:
  /// Creates the directory.
  explicit Blobs(std::filesystem::path directory);

  /// From now on a new file is written over one that was removed: its room is there, and the kernel
  /// has nothing to do but copy.
  void reuse_room();

  std::unique_ptr<BlobWriter> begin() const;
  std::filesystem::path path(const std::string& uuid) const;
  void remove(const std::string& uuid) const;
  /// Null when there is no such file.
  std::shared_ptr<OpenFile> open(const std::string& uuid) const;

 private:
  std::filesystem::path directory_;
  std::filesystem::path spare_;  ///< where removed files go; "": they are removed
};

}  // namespace sandbox
