// SPDX-License-Identifier: MIT
// The values in the configuration file.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/problems.hpp"
#include "core/release/downloads.hpp"
#include "core/release/generated_notes.hpp"
#include "core/release/update_file.hpp"
#include "disk/config_tree.hpp"

namespace disk {

/// The inputs that the file may contain as keys.
struct ConfigKeys {
  std::vector<std::string> texts;  ///< each with one value
  std::vector<std::string> lists;  ///< keys with a single value or a list, which is joined to lines
  std::vector<std::string> refused;  ///< inputs that must not be set in a checkout
};

struct ConfigValues {
  struct Value {
    std::string text;
    std::string where;
  };
  std::map<std::string, Value> inputs;  ///< includes `downloads`, which is "true" if it is a map
  core::Downloads downloads;
  core::NotesLayout notes;
  std::optional<core::Update> update;
};

/// In addition to `keys` the file may contain `notes` and `update`; `downloads` may be a map. Everything that is
/// not valid is added to `problems`.
ConfigValues read_config_values(const ConfigTree& file, const ConfigKeys& keys,
                                core::Problems& problems);

}  // namespace disk
