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

/// Whether it is the one for threads. It keeps a record of each call, also of those that an exception has left, so
/// that deep recursions need many times the memory and the stack.
#ifdef __SANITIZE_THREAD__
inline constexpr bool records_calls = true;
#else
inline constexpr bool records_calls = false;
#endif

}  // namespace support
