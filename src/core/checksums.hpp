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

/// What the files of digests are called: SHA256SUMS and so on, as coreutils' manual has it, or as
/// `checksums_name` wishes.
class SumsNames {
 public:
  SumsNames();
  /// `{algorithm}` in it stands for "sha256", `{ALGORITHM}` for "SHA256". `used`: those for which a file
  /// is written. Throws Error (workflow) for a pattern that gives no valid names, or one to two files.
  SumsNames(std::string_view pattern, const std::vector<Algorithm>& used);

  const std::string& of(Algorithm algorithm) const;
  bool has(std::string_view name) const;  ///< whether a file of digests is called so

 private:
  std::map<Algorithm, std::string> names_;  ///< of all algorithms
};

/// By file name, a line each: the digest, two blanks, the name; one with a backslash in it is
/// escaped as coreutils does.
std::string render_sums(const std::map<std::string, Digest>& digests);

/// Reads what render_sums wrote, and what coreutils writes for binary files (a `*` for the second
/// blank); lines of another form are passed over.
std::map<std::string, Digest> parse_sums(std::string_view text);

}  // namespace core
