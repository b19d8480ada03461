// SPDX-License-Identifier: MIT
#include "commands/context.hpp"

#include "core/text/json.hpp"

namespace commands {
namespace {

/// The outputs are strings, as in a job, except for the list of assets, which is JSON itself.
std::string json_of(const runner::Outputs& outputs) {
  core::JsonObject object;
  std::string assets;
  for (const auto& [name, value] : outputs) {
    if (name == "assets" && !value.empty()) {
      assets = ",\"assets\":" + value;
    } else {
      object.add(name, value);
    }
  }
  std::string text = object.text();
  text.insert(text.size() - 1, assets);
  return text;
}

}  // namespace

void Context::set_outputs(const runner::Outputs& outputs) const {
  runner::write_outputs(facts.output_file, outputs);
  if (!outputs.empty()) log.json(json_of(outputs));
}

}  // namespace commands
