// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <limits>
#include <string_view>
#include <utility>

#include "core/digest.hpp"
#include "disk/descriptor.hpp"

namespace disk {

/// An open file that is appended to, with the digest of its content. The methods that return an int
/// return an error number, or 0.
class GrowingFile {
 public:
  GrowingFile() = default;
  /// `file` is open for reading and writing.
  explicit GrowingFile(Descriptor file) : file_(std::move(file)) {}

  /// EEXIST if it is not a regular file, or has a second name.
  int check() const;
  /// Reads what is there to compute its digest, or empties the file if it has more than `most` bytes.
  int take_up(std::uint64_t most = std::numeric_limits<std::uint64_t>::max());
  int append(std::string_view bytes);
  int restart();  ///< empties it
  int sync() const;

  int descriptor() const { return file_.get(); }
  std::uint64_t size() const { return size_; }      ///< bytes
  core::Digest digest() { return hash_.digest(); }  ///< call it once, at the end

 private:
  Descriptor file_;
  core::Hash hash_;
  std::uint64_t size_ = 0;
};

}  // namespace disk
