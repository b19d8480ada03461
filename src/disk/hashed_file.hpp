// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/digest.hpp"
#include "core/file_identity.hpp"
#include "core/source.hpp"

namespace disk {

/// A file to be sent. Its digests are taken while it streams, so that it is read once and they are those
/// of the bytes that were sent; of a large one in a thread of its own, beside the sending.
class HashedFile {
 public:
  /// `identity` is what the file was when it was checked. Where it is another file or was written to
  /// since, opening the source throws Error (failed); where that happens while it is read, its last bytes
  /// are not handed out, and the reader throws. `others` are wanted besides SHA-256.
  HashedFile(std::string path, const core::FileIdentity& identity,
             const std::vector<core::Algorithm>& others = {});

  core::Source source() const;

  /// Of the bytes that the last reader handed out; "" where it did not come to the end of the file.
  core::Digest sent(core::Algorithm algorithm = core::Algorithm::sha256) const;

  /// The same; where there is none, the file is read for it. Throws Error (failed) where it changed.
  core::Digest digest(core::Algorithm algorithm = core::Algorithm::sha256) const;

 private:
  struct State;
  class Reading;
  class Whole;
  std::shared_ptr<State> state_;
};

}  // namespace disk
