// SPDX-License-Identifier: MIT
#pragma once

namespace support {

/// Whether this test and the program are built with a sanitizer for memory or threads, which makes
/// them slower and needs more stack.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
inline constexpr bool sanitized = true;
#else
inline constexpr bool sanitized = false;
#endif

}  // namespace support
