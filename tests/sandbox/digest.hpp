// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace sandbox {

/// Lower-case hex. The algorithm is one that OpenSSL knows by name: "sha1", "sha256", "md5".
std::string digest_of(std::string_view text, const char* algorithm);
/// Throws std::runtime_error if the file cannot be read.
std::string digest_of_file(const std::filesystem::path& file, const char* algorithm);

/// `bytes` random bytes in hex.
std::string random_hex(std::size_t bytes);
/// A random UUID in its usual spelling.
std::string random_uuid();

}  // namespace sandbox
