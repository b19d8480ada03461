// SPDX-License-Identifier: MIT
#include "commands/version_search.hpp"

#include <fmt/format.h>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "commands/destination.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "core/version/stamp.hpp"
#include "core/version/tags.hpp"
#include "disk/git.hpp"

namespace commands {
namespace {

using core::BuildVersion;
using core::Error;
using core::Fault;
using Answer = std::optional<BuildVersion>;

Answer from_input(const inputs::Version& inputs) {
  const std::string_view tag = core::without_ref_prefix(core::trim(inputs.tag_name));
  if (tag.empty()) return std::nullopt;
  if (auto build = core::from_tag(tag, "tag_name")) return build;
  throw Error(Fault::workflow, fmt::format("tag_name: '{}' has no version", core::one_line(tag)),
              "Write it like v1.2.3, 1.2.3-rc.1 or app/v1.2.3");
}

Answer from_head(const std::string& directory, const runner::Facts& facts) {
  const auto tag = core::pick_tag(disk::tags_of_head(directory, workspace_of(facts)), facts.tag);
  return tag ? core::from_tag(*tag, "git") : std::nullopt;
}

Answer from_place(const core::VersionPlace& place, const std::string& text,
                  const std::string& option) {
  const auto version = core::within(option, [&] { return core::read_version(place, text); });
  return version ? core::from_version(*version, place.path) : std::nullopt;
}

Answer from_known_files(const disk::Workspace& workspace) {
  const std::string option = "version";
  for (const std::string_view name : core::known_version_files) {
    const auto text = workspace.read_if_there(std::string(name), option);
    if (!text) continue;
    auto build = from_place(core::parse_version_place(name), *text, option);
    if (build) return build;
  }
  return std::nullopt;
}

Answer from_version_file(const inputs::Version& inputs, const disk::Workspace& workspace) {
  if (core::trim(inputs.version_file).empty()) return std::nullopt;
  const std::string option = "version_file";
  const auto place =
      core::within(option, [&] { return core::parse_version_place(inputs.version_file); });
  if (auto build = from_place(place, workspace.read(place.path, option), option)) return build;
  throw Error(Fault::workflow,
              fmt::format("{}: {} has no version at that place", option, place.path),
              "Correct the pattern, or remove the input.");
}

}  // namespace

BuildVersion find_version(const inputs::Version& inputs, const runner::Facts& facts,
                          const disk::Workspace& workspace) {
  const std::function<Answer()> sources[] = {
      [&] { return from_input(inputs); },
      [&] { return from_head(workspace.directory(), facts); },
      [&] { return core::from_tag(facts.tag, "ref"); },
      [&] { return from_known_files(workspace); },
      [&] { return from_version_file(inputs, workspace); },
  };
  for (const auto& source : sources) {
    if (auto build = source()) return *build;
  }
  return *core::from_version("0.0.0", default_source);
}

}  // namespace commands
