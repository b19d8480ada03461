// SPDX-License-Identifier: MIT
#include "commands/build.hpp"

#include <fmt/format.h>

#include <functional>
#include <optional>

#include "commands/destination.hpp"
#include "core/error.hpp"
#include "core/stamp.hpp"
#include "core/text.hpp"
#include "disk/git.hpp"
#include "disk/text_file.hpp"

namespace commands {
namespace {

namespace fs = std::filesystem;

using core::BuildVersion;
using core::Error;
using core::Fault;
using Answer = std::optional<BuildVersion>;

Answer from_input(const Config& config) {
  std::string tag(core::trim(config.tag_name));
  constexpr std::string_view prefix = "refs/tags/";
  if (tag.starts_with(prefix)) tag.erase(0, prefix.size());
  if (tag.empty()) return std::nullopt;
  if (auto build = core::from_tag(tag, "tag_name")) return build;
  throw Error(Fault::workflow, fmt::format("tag_name: '{}' has no version", core::one_line(tag)),
              "Expected is something like v1.2.3, 1.2.3-rc.1 or app/v1.2.3");
}

Answer from_head(const fs::path& directory, const runner::Facts& facts) {
  const auto tag = core::pick_tag(disk::tags_of_head(directory, workspace_of(facts)), facts.tag);
  return tag ? core::from_tag(*tag, "git") : std::nullopt;
}

Answer from_place(const core::VersionPlace& place, const fs::path& directory,
                  const std::string& option) {
  const std::string text = disk::read_text(directory / place.path, option);
  const auto version = core::within(option, [&] { return core::read_version(place, text); });
  return version ? core::from_version(*version, place.path) : std::nullopt;
}

Answer from_known_files(const fs::path& directory) {
  for (const std::string_view name : core::known_version_files) {
    if (!fs::is_regular_file(directory / name)) continue;
    auto build = from_place(core::parse_version_place(name), directory, "version");
    if (build) return build;
  }
  return std::nullopt;
}

Answer from_version_file(const Config& config, const fs::path& directory) {
  if (core::trim(config.version_file).empty()) return std::nullopt;
  const std::string option = "version_file";
  const auto place =
      core::within(option, [&] { return core::parse_version_place(config.version_file); });
  if (auto build = from_place(place, directory, option)) return build;
  throw Error(Fault::workflow,
              fmt::format("{}: {} has no version in that place", option, place.path),
              "Correct the pattern, or leave the input out.");
}

}  // namespace

BuildVersion find_version(const Config& config, const runner::Facts& facts,
                          const fs::path& directory) {
  const std::function<Answer()> sources[] = {
      [&] { return from_input(config); },
      [&] { return from_head(directory, facts); },
      [&] { return core::from_tag(facts.tag, "ref"); },
      [&] { return from_known_files(directory); },
      [&] { return from_version_file(config, directory); },
  };
  for (const auto& source : sources) {
    if (auto build = source()) return *build;
  }
  return *core::from_version("0.0.0", default_source);
}

std::vector<Stamped> stamp_all(const std::string& stamp, const BuildVersion& build,
                               const fs::path& directory, core::Problems& problems) {
  const std::string option = "stamp";
  std::vector<Stamped> result;
  for (const std::string& line : core::lines(stamp)) {
    if (core::trim(line).empty()) continue;
    problems.collect([&] {
      const auto place = core::within(option, [&] { return core::parse_version_place(line); });
      const fs::path file = directory / place.path;
      const std::string before = disk::read_text(file.string(), option);
      const std::string after =
          core::within(option, [&] { return core::stamped(place, before, build.tag); });
      result.push_back({place.path, file, after, after != before});
    });
  }
  return result;
}

}  // namespace commands
