// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/digest.hpp"
#include "disk/growing_file.hpp"

namespace fetch {

/// A download that may be continued by a later run: downloads/SHA256.part, and beside it
/// downloads/SHA256.etag. The caller holds the lock of the installation. All methods throw FetchError
/// or Error about the disk.
class PartFile {
 public:
  /// Opens or creates it in `downloads`, a folder that exists. `digest` names it. What is there is read
  /// to compute its digest, unless it has more than `most` bytes: then it starts with an empty file.
  PartFile(const std::filesystem::path& downloads, const core::Digest& digest, std::uint64_t most);

  std::uint64_t size() const { return content_.size(); }  ///< bytes so far
  /// Of the content that the bytes are from, for If-Range; "" if unknown.
  const std::string& etag() const { return etag_; }
  const std::filesystem::path& path() const { return path_; }

  void restart();  ///< starts with an empty file
  void append(std::string_view bytes);
  void keep_etag(const std::string& etag);
  core::Digest digest();  ///< of the whole content, which is made durable; call it once, at the end
  void remove();

 private:
  void check(int error) const;

  std::filesystem::path path_;
  std::filesystem::path etag_path_;
  disk::GrowingFile content_;
  std::string etag_;
};

}  // namespace fetch
