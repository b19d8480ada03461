// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <functional>

#include "core/source.hpp"
#include "gitea/traffic.hpp"

namespace gitea {

/// Provides the body of an upload chunk by chunk, and records the progress in `traffic`.
class UploadBody {
 public:
  UploadBody(const core::Source& source, Traffic& traffic);

  /// Writes the next chunk; returns false if there is none. `length` is the number of bytes still
  /// to be sent.
  bool provide(std::size_t length, const std::function<void(const char*, std::size_t)>& write);

  bool begun() const { return begun_; }
  void rethrow_failure() const;  ///< rethrows what the source threw, if anything

 private:
  core::Reader read_;
  Traffic& traffic_;
  std::exception_ptr failed_;
  bool begun_ = false;
};

}  // namespace gitea
