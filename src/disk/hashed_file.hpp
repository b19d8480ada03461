// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "core/digest.hpp"
#include "core/file_identity.hpp"
#include "core/source.hpp"

namespace disk {

/// A file to upload. Its digests are computed while it is sent, so that it is read once and the
/// digests are those of the bytes that were sent.
class HashedFile {
 public:
  /// `identity` is that of the file when it was checked. If it is a different file now or was
  /// written to since, opening the source throws Error (failed). If that happens while it is read,
  /// the reader throws instead of returning the last bytes. `others` are computed in addition to
  /// SHA-256.
  HashedFile(std::string path, const core::FileIdentity& identity,
             const std::vector<core::Algorithm>& others = {});

  core::Source source() const;

  /// The digest of the bytes that the last reader returned; "" if it did not reach the end of the
  /// file.
  core::Digest sent(core::Algorithm algorithm = core::Algorithm::sha256) const;

  /// The same; if it is "", computed by reading the file. Throws Error (failed) if the file
  /// changed.
  core::Digest digest(core::Algorithm algorithm = core::Algorithm::sha256) const;

 private:
  struct State;
  class Reading;
  class Whole;
  std::shared_ptr<State> state_;
};

}  // namespace disk
