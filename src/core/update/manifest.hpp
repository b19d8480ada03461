// SPDX-License-Identifier: MIT
// update.json: tells installations of an application about a release. The signed SHA256SUMS lists its
// digest and those of its payloads.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/update/channel.hpp"
#include "core/version/version.hpp"

namespace core {

inline constexpr const char* manifest_name = "update.json";
inline constexpr std::size_t max_manifest = 64 << 10;  ///< bytes

/// What is installed on one platform.
struct Payload {
  std::string name;        ///< of the asset
  std::uint64_t size = 0;  ///< bytes
  bool operator==(const Payload&) const = default;
};

struct Manifest {
  std::string app;
  std::string version;
  std::string tag;
  Channel channel = Channel::stable;
  std::uint64_t launcher = 1;               ///< the lowest format of launchers that can install it
  std::map<std::string, Payload> payloads;  ///< key: platform
  std::string from;  ///< ">=1.0.0": which versions may update to it directly; "": all
  bool critical = false;
  std::vector<std::string> withdrawn;  ///< versions that must no longer be offered
  std::string summary;                 ///< one line
  bool operator==(const Manifest&) const = default;

  /// Whether an installation of `current` may update to it directly, by `from`.
  bool admits(const Version& current) const;
};

/// The first fault, as a sentence; "" if it is valid. The same check applies to reading and writing, so
/// that nothing is signed that readers would reject.
std::string fault_of(const Manifest& manifest);

/// Throws Error (workflow) if it is not valid.
std::string render_manifest(const Manifest& manifest);

/// Ignores unknown members. Throws Error (failed) for an unknown `format` and if it is not valid.
Manifest parse_manifest(std::string_view text);

}  // namespace core
