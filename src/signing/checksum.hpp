// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace signing {

/// BLAKE2b (RFC 7693) without a key; `size` is 1 to 64 bytes. Needed because minisign's key files have a
/// checksum of 32 bytes against damage, and OpenSSL before 3.2 only computes 64 bytes. Signatures use
/// OpenSSL's.
std::string checksum(std::string_view bytes, std::size_t size);

}  // namespace signing
