// SPDX-License-Identifier: MIT
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace gitea {

/// What a connection is doing, for whoever watches it from another thread.
struct Traffic {
  enum class Phase {
    idle,
    connecting,  ///< to the server or its proxy, handshakes included
    sending,     ///< the body of an upload
    waiting,     ///< for the answer, from the last byte of the request on
    receiving,   ///< the body of the answer
  };
  std::atomic<Phase> phase = Phase::idle;
  std::atomic<std::uint64_t> sent = 0;     ///< bytes of the body in hand
  std::atomic<std::uint64_t> total = 0;    ///< bytes
  std::atomic<std::int64_t> moved_at = 0;  ///< steady clock, ms: when a byte moved last
};

/// Milliseconds of the steady clock, as in Traffic::moved_at.
inline std::int64_t now_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

}  // namespace gitea
