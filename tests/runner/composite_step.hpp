// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <string>

namespace runner_tests {

using Variables = std::map<std::string, std::string>;

/// How a runner evaluates a step of action.yml.
struct CompositeStep {
  Variables environment;
  std::string script;
};

/// Reads action.yml in our own layout, and evaluates its expressions like runners do: `inputs.NAME`
/// is the value from `inputs`, else the default; `github.NAME` comes from `github`. Throws
/// std::runtime_error for any other expression. `id`: that of the step.
CompositeStep composite_step(const std::filesystem::path& action, const Variables& inputs,
                             const Variables& github, const std::string& id = "run");

}  // namespace runner_tests
