// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace runner_tests {

using Variables = std::map<std::string, std::string>;

/// What a runner makes of the one step of action.yml.
struct CompositeStep {
  Variables environment;
  std::string script;
};

/// Reads action.yml in the layout that ours has, and evaluates its expressions as runners do:
/// `inputs.NAME` is what `inputs` gives, else the default; `github.NAME` comes from `github`.
/// Throws std::runtime_error at an expression that knows neither.
CompositeStep composite_step(const std::filesystem::path& action, const Variables& inputs,
                             const Variables& github);

}  // namespace runner_tests
