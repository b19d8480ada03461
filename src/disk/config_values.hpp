// SPDX-License-Identifier: MIT
// What the configuration file says.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "core/downloads.hpp"
#include "core/generated_notes.hpp"
#include "core/problems.hpp"
#include "disk/config_tree.hpp"

namespace disk {

/// Which inputs a file may have as keys.
struct ConfigKeys {
  std::vector<std::string> texts;    ///< each with one value
  std::vector<std::string> lists;    ///< each with one value or a list, which becomes lines
  std::vector<std::string> refused;  ///< those that must not come from a checkout
};

struct ConfigValues {
  struct Value {
    std::string text;
    std::string where;
  };
  std::map<std::string, Value> inputs;  ///< `downloads` too: a map there means "true"
  core::Downloads downloads;
  core::NotesLayout notes;
};

/// Besides `keys` a file may have `notes`, and of those keys `downloads` may be a map. Everything
/// that is not understood goes to `problems`.
ConfigValues read_config_values(const ConfigTree& file, const ConfigKeys& keys,
                                core::Problems& problems);

}  // namespace disk
