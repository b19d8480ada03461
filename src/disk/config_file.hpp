// SPDX-License-Identifier: MIT
// The configuration file. The only door to yaml-cpp.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/downloads.hpp"
#include "core/generated_notes.hpp"
#include "core/problems.hpp"

namespace disk {

/// Which keys a file may have.
struct ConfigKeys {
  std::vector<std::string> texts;    ///< each with one value
  std::vector<std::string> lists;    ///< each with one value or a list, which becomes lines
  std::vector<std::string> refused;  ///< inputs that must not come from a checkout
};

struct ConfigFile {
  struct Value {
    std::string text;
    std::string where;  ///< ".gitea/release.yml:3:8"
  };
  std::map<std::string, Value> values;  ///< "downloads" too, where the file has that
  core::Downloads downloads;
  core::NotesLayout notes;
};

/// Reads the YAML file at `path`, which messages call `shown`. Besides `keys` it may have
/// `downloads` (a boolean or a map) and `notes`. Everything that is not understood goes to
/// `problems`, with line and column. A file has one document, 64 KiB and, with all aliases followed,
/// 10,000 values at most.
ConfigFile read_config_file(const std::string& path, const std::string& shown,
                            const ConfigKeys& keys, core::Problems& problems);

}  // namespace disk
