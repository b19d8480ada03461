// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>

#include "core/error.hpp"

namespace fetch {

/// What prevents an update, if it is not the server or the network.
enum class Obstacle {
  refused,       ///< the signature, a digest or the archive is wrong (exit status 20)
  no_room,       ///< the disk is full (exit status 31)
  no_permission  ///< the folder cannot be written (exit status 32)
};

/// An Error that has an exit status of its own.
class FetchError : public core::Error {
 public:
  FetchError(Obstacle kind, std::string what_happened, std::string what_to_do)
      : core::Error(core::Fault::failed, std::move(what_happened), std::move(what_to_do)),
        obstacle(kind) {}

  Obstacle obstacle;
};

/// The Error for something that must not be installed.
inline FetchError refusal(std::string what_happened) {
  return {Obstacle::refused, std::move(what_happened), "Do not use this release."};
}

}  // namespace fetch
