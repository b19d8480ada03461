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
  std::map<std::string, std::set<std::string>> assets = {};  ///< by name: any of these contents
  bool draft = false;
  std::set<std::string> titles = {};  ///< one of these; empty: whatever
  std::set<std::string> texts = {};
  std::optional<bool> prerelease = {};
};

/// What a look at the server tells of a tag's release.
struct Found {
  std::vector<std::string> faults;  ///< what is not as it has to be
  int entries_missing = 0;          ///< assets that the record does not know
};
Found compare(Server& server, const std::string& tag, const Final& final);

}  // namespace support
