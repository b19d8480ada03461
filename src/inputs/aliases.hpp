// SPDX-License-Identifier: MIT
// Names that other release tools use for inputs, so that a `with:` block for such a tool works here
// unchanged.
#pragma once

#include <string>
#include <vector>

#include "core/problems.hpp"
#include "inputs/parse.hpp"
#include "runner/environment.hpp"

namespace inputs {

/// How an input of another tool is handled.
struct Alias {
  enum class Use {
    same,     ///< it is another name for `option`; its value may be converted
    ignored,  ///< it is not needed; `says` is the warning that explains why
    refused,  ///< it cannot be supported; `says` explains what to write instead
  };

  const char* name;   ///< as the other tool spells it
  const char* tools;  ///< the tools that use it, for the documentation
  Use use = Use::same;
  const char* option = nullptr;  ///< for `same`: our option
  std::string (*convert)(const std::string& value) =
      nullptr;  ///< for `same`: converts the value; null if it is not converted
  const char* says = nullptr;
  const char* accepted = nullptr;  ///< of `refused`: the value that is what happens here anyway

  std::string variable() const;  ///< "INPUT_RELEASE_DIR"
};

/// The aliases of the command `publish`; other commands have none.
const std::vector<Alias>& alias_table();

/// The name of the option to which an alias refers; "" if there is no such alias.
std::string option_of_alias(const std::string& name);

/// Adds inputs with names of other tools to `values`, which contains those with our names. Also
/// reads PLUGIN_*, the settings of plugins for Drone and Woodpecker. Returns warnings. Adds a
/// problem if two names of an option have different values, and for inputs that cannot be
/// supported.
std::vector<std::string> apply_aliases(Values& values, const runner::Environment& environment,
                                       core::Problems& problems);

}  // namespace inputs
