// SPDX-License-Identifier: MIT
#pragma once

#include <exception>
#include <functional>

#include "core/source.hpp"
#include "gitea/traffic.hpp"

namespace gitea {

/// Hands an upload out, chunk by chunk, and says in `traffic` how far it is.
class UploadBody {
 public:
  UploadBody(const core::Source& source, Traffic& traffic);

  /// Writes the next chunk; false where there is none. `length`: how many bytes are still to come.
  bool provide(std::size_t length, const std::function<void(const char*, std::size_t)>& write);

  bool begun() const { return begun_; }
  void rethrow_failure() const;  ///< what the source threw, if anything

 private:
  core::Reader read_;
  Traffic& traffic_;
  std::exception_ptr failed_;
  bool begun_ = false;
};

}  // namespace gitea
