// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "core/digest.hpp"
#include "core/source.hpp"

namespace disk {

/// A file to be sent. Its digest is taken while it streams, so that it is read once; of a large one
/// in a thread of its own, beside the sending.
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

}  // namespace disk
