// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "support/server.hpp"

namespace support {

/// The release as it must be in the end.
struct ExpectedRelease {
  /// By name: any of these contents; empty: anything.
  std::map<std::string, std::set<std::string>> assets = {};
  bool draft = false;
  std::set<std::string> titles = {};  ///< one of these; empty: anything
  std::set<std::string> texts = {};
  std::optional<bool> prerelease = {};
};

/// What a read from the server says about a tag's release.
struct Found {
  std::vector<std::string> faults;  ///< everything that differs from the expected release
  std::vector<std::string> lies;    ///< of those, wrong digests in record or checksums
  int entries_missing = 0;          ///< assets that are not in the record
  int sums_missing = 0;             ///< assets that are not in an existing SHA256SUMS
};
Found compare(Server& server, const std::string& tag, const ExpectedRelease& final);

}  // namespace support
