// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>

#include "core/digest.hpp"
#include "core/source.hpp"

namespace disk {

/// A file to be sent. Its digest is taken while it streams, so that it is read once.
class HashedFile {
 public:
  /// `size` as it was when the plan was made; a file that has another when it is sent is an Error.
  HashedFile(std::string path, std::uint64_t size);

  core::Source source() const;

  /// Of the bytes that the last reader read to their end; else the file is read for it.
  core::Digest digest() const;

 private:
  struct State;
  class Reading;
  std::string path_;
  std::uint64_t size_ = 0;
  std::shared_ptr<State> state_;
};

/// Reads the whole file. Throws Error where it cannot.
core::Digest digest_of_file(const std::string& path,
                            core::Algorithm algorithm = core::Algorithm::sha256);

/// The whole file as text. Throws Error (workflow) that names `option` where it cannot be read.
std::string read_text(const std::string& path, const std::string& option);

/// Writes `text` over what is there. Throws Error (workflow) that names `option` where it cannot.
void write_text(const std::string& path, const std::string& text, const std::string& option);

}  // namespace disk
