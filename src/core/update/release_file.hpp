// SPDX-License-Identifier: MIT
// current/RELEASE.json: which version an installed folder holds, and how it is started. The packaging
// of the application writes it, as the last entry of the archive.
#pragma once

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace core {

inline constexpr const char* release_file_name = "RELEASE.json";
inline constexpr std::size_t max_release_file = 64 << 10;  ///< bytes

struct ReleaseFile {
  std::string app;
  std::string version;
  std::vector<std::string> start;  ///< the program, relative to current/, and its arguments
  bool says_health =
      false;  ///< it confirms that it is healthy, or can be asked: `timeout_s` is given
  std::chrono::seconds health_timeout{600};  ///< until a new version has to be healthy
  std::chrono::seconds settle{10};           ///< how long it has to live after that
  std::chrono::seconds stop_timeout{15};     ///< between the request to stop and the kill
  std::vector<std::string> snapshot;  ///< paths relative to data/ that a new version may change
  std::vector<std::string> keys;      ///< public keys of minisign, adopted after the update
  std::string server;                 ///< where later releases are; "" if it does not say
  std::string repository;             ///< OWNER/NAME; "" if it does not say
  bool operator==(const ReleaseFile&) const = default;
};

/// Ignores unknown members. Throws Error (failed) for an unknown `format` and if it is not valid.
ReleaseFile parse_release_file(std::string_view text);

}  // namespace core
