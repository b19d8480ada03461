// SPDX-License-Identifier: MIT
// Generates the update.json of a release from `update` in the configuration file and the assets.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/release.hpp"

namespace core {

/// The key `update` of the configuration file.
struct Update {
  std::string app;
  std::string public_key;                       ///< belongs to the signing key
  std::map<std::string, std::string> payloads;  ///< patterns of asset names, by platform
  std::string from = {};                        ///< ">=VERSION"; "" for all versions
  bool critical = false;
  std::vector<std::string> withdrawn = {};  ///< versions
  std::string summary = {};
};

/// The first fault of the settings, independent of the assets; "" if they are valid.
std::string fault_of(const Update& update, const std::string& tag);

/// Whether the name matches the pattern of a payload.
bool is_payload(const Update& update, const std::string& name);

/// The first fault of the payloads: each pattern has to match exactly one of the `names` of a release. As
/// long as files are missing (`is_complete` is false), a pattern may match none. "" if they are valid.
std::string fault_of_payloads(const Update& update, const std::vector<std::string>& names,
                              bool is_complete);

/// The content of update.json; nullopt unless each pattern matches exactly one of the assets.
std::optional<std::string> update_file(const Update& update, const std::string& tag,
                                       const std::vector<Asset>& assets);

}  // namespace core
