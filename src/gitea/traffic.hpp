// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace gitea {

/// What a connection is doing. Other threads may read it at any time.
struct Traffic {
  enum class Phase {
    idle,
    connecting,  ///< to the server or its proxy, including handshakes
    sending,     ///< the body of an upload
    waiting,     ///< for the response, from the last byte of the request on
    receiving,   ///< the body of the response
  };
  std::atomic<Phase> phase = Phase::idle;
  std::atomic<std::uint64_t> sent = 0;      ///< bytes of the current body
  std::atomic<std::uint64_t> total = 0;     ///< bytes
  std::atomic<std::uint64_t> received = 0;  ///< bytes of the body of the response
  std::atomic<std::int64_t> moved_at =
      0;  ///< when the last byte was sent or received: steady clock, ms
};

/// Milliseconds of the steady clock, as in Traffic::moved_at.
inline std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace gitea
