// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "support/server.hpp"

namespace support {

/// The release as it has to be in the end.
struct Final {
  /// By name: any of these contents; empty: whatever.
  std::map<std::string, std::set<std::string>> assets = {};
  bool draft = false;
  std::set<std::string> titles = {};  ///< one of these; empty: whatever
  std::set<std::string> texts = {};
  std::optional<bool> prerelease = {};
};

/// What a look at the server tells of a tag's release.
struct Found {
  std::vector<std::string> faults;  ///< what is not as it has to be
  std::vector<std::string> lies;    ///< of those, what record or sums say that is not so
  int entries_missing = 0;          ///< assets that the record does not know
  int sums_missing = 0;             ///< assets that SHA256SUMS leaves out, where there is one
};
Found compare(Server& server, const std::string& tag, const Final& final);

}  // namespace support
