// SPDX-License-Identifier: MIT
// SHA256SUMS and its like: a file beside the assets that `sha256sum -c` accepts.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/digest.hpp"

namespace core {

/// `checksums`: "sha256", "sha512", "md5", between commas, blanks or line ends. Throws Error
/// (workflow).
std::vector<Algorithm> parse_algorithms(std::string_view text);

/// "SHA256SUMS", as coreutils' manual calls it.
std::string sums_name(Algorithm algorithm);
bool is_sums_name(std::string_view name);

/// By file name, a line each: the digest, two blanks, the name; one with a backslash in it is
/// escaped as coreutils does.
std::string render_sums(const std::map<std::string, Digest>& digests);

/// Reads what render_sums wrote, and what coreutils writes for binary files (a `*` for the second
/// blank); lines of another form are passed over.
std::map<std::string, Digest> parse_sums(std::string_view text);

}  // namespace core
