// SPDX-License-Identifier: MIT
// Checksum files such as SHA256SUMS, in the format of `sha256sum -c`.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/digest.hpp"

namespace core {

/// The input `checksums`.
struct RequestedChecksums {
  std::vector<Algorithm> algorithms;
  bool per_file = false;  ///< also a file for each asset, such as app.zip.sha256
};

/// Parses "sha256", "sha512", "md5" and "per-file", separated by commas, blanks or line ends. Throws
/// Error (workflow).
RequestedChecksums parse_requested_checksums(std::string_view text);

/// The names of the files that runs generate. The checksum files are called SHA256SUMS and so on, as in
/// the manual of coreutils, or as `checksums_name` says.
class ChecksumNames {
 public:
  ChecksumNames();
  /// In `pattern`, `{algorithm}` becomes "sha256" and `{ALGORITHM}` becomes "SHA256". `used` are
  /// the algorithms for which a file is written. Throws Error (workflow) if the pattern gives an
  /// invalid name, or the same name to two files.
  ChecksumNames(std::string_view pattern, const std::vector<Algorithm>& used);

  /// Another file that runs generate for this release.
  void add(const std::string& name) { others_.insert(name); }
  /// From now on each asset also has a file of its own for each of `algorithms`.
  void add_per_file(const std::vector<Algorithm>& algorithms);

  const std::string& of(Algorithm algorithm) const;
  /// "app.zip.sha256"; nullopt if assets have no files of their own, or if the name is too long.
  std::optional<std::string> of_asset(std::string_view asset, Algorithm algorithm) const;
  /// The asset whose own checksum file has this name: "app.zip" of "app.zip.sha256"; else nullopt.
  std::optional<std::string> asset_of(std::string_view name) const;
  /// Whether `name` is that of a checksum file, of the signature over one, or was added.
  bool has(std::string_view name) const;

 private:
  std::map<Algorithm, std::string> names_;  ///< for all algorithms
  std::vector<Algorithm> per_file_;
  std::set<std::string, std::less<>> others_;
};

/// One line for each file: the digest, two blanks, and the name. A name with a backslash is escaped
/// as coreutils does it.
std::string render_checksums(const std::map<std::string, Digest>& digests);

/// Parses the output of render_checksums, and that of coreutils for binary files (a `*` instead of
/// the second blank). Ignores other lines.
std::map<std::string, Digest> parse_checksums(std::string_view text);

/// Maximum bytes and lines of a signed SHA256SUMS.
inline constexpr std::size_t max_signed_checksums = 1 << 20;
inline constexpr std::size_t max_signed_lines = 10'000;

/// The fault of a name in a signed SHA256SUMS, as a text that continues "the name …"; "" if it is valid.
/// The rules are stricter than those for names of assets, because other programs read the file, too.
std::string fault_of_signed_name(std::string_view name);

/// Parses a signed SHA256SUMS. Each line has 64 hexadecimal digits, two blanks, the name and LF. No two
/// names may be equal or differ only in case. Throws Error (failed) if the file deviates in any byte or is
/// too large.
std::map<std::string, Digest> parse_signed_checksums(std::string_view text);

}  // namespace core
