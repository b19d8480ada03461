// SPDX-License-Identifier: MIT
#include "commands/build.hpp"

#include <fmt/format.h>

#include <functional>
#include <optional>
#include <utility>
#include <vector>

#include "commands/destination.hpp"
#include "core/error.hpp"
#include "core/stamp.hpp"
#include "core/text.hpp"
#include "disk/git.hpp"

namespace commands {
namespace {

using core::BuildVersion;
using core::Error;
using core::Fault;
using Answer = std::optional<BuildVersion>;

constexpr const char* stamp_option = "stamp";

Answer from_input(const Config& config) {
  std::string tag(core::trim(config.tag_name));
  constexpr std::string_view prefix = "refs/tags/";
  if (tag.starts_with(prefix)) tag.erase(0, prefix.size());
  if (tag.empty()) return std::nullopt;
  if (auto build = core::from_tag(tag, "tag_name")) return build;
  throw Error(Fault::workflow, fmt::format("tag_name: '{}' has no version", core::one_line(tag)),
              "Expected is something like v1.2.3, 1.2.3-rc.1 or app/v1.2.3");
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

Answer from_version_file(const Config& config, const disk::Workspace& workspace) {
  if (core::trim(config.version_file).empty()) return std::nullopt;
  const std::string option = "version_file";
  const auto place =
      core::within(option, [&] { return core::parse_version_place(config.version_file); });
  if (auto build = from_place(place, workspace.read(place.path, option), option)) return build;
  throw Error(Fault::workflow,
              fmt::format("{}: {} has no version in that place", option, place.path),
              "Correct the pattern, or leave the input out.");
}

}  // namespace

BuildVersion find_version(const Config& config, const runner::Facts& facts,
                          const disk::Workspace& workspace) {
  const std::function<Answer()> sources[] = {
      [&] { return from_input(config); },
      [&] { return from_head(workspace.directory(), facts); },
      [&] { return core::from_tag(facts.tag, "ref"); },
      [&] { return from_known_files(workspace); },
      [&] { return from_version_file(config, workspace); },
  };
  for (const auto& source : sources) {
    if (auto build = source()) return *build;
  }
  return *core::from_version("0.0.0", default_source);
}

Stamps::Stamps(const std::string& stamp, const BuildVersion& build,
               const disk::Workspace& workspace, core::Problems& problems) {
  for (const std::string& line : core::lines(stamp)) {
    if (core::trim(line).empty()) continue;
    problems.collect([&] {
      const auto place =
          core::within(stamp_option, [&] { return core::parse_version_place(line); });
      File& file = file_at(place.path, workspace);
      // What earlier lines have written is kept.
      const std::string text =
          core::within(stamp_option, [&] { return core::stamped(place, file.text, build.tag); });
      lines_.push_back({place.path, text != file.text});
      file.text = text;
    });
  }
}

Stamps::File& Stamps::file_at(const std::string& path, const disk::Workspace& workspace) {
  disk::Replacement place =
      workspace.replacement(path, stamp_option, disk::Workspace::Links::followed);
  for (File& file : files_) {
    if (file.place.is_of_same_place_as(place)) return file;
  }
  const std::string text = place.read(disk::text_limit);
  return files_.emplace_back(File{std::move(place), text, text});
}

void Stamps::write() {
  std::erase_if(files_, [](const File& file) { return file.text == file.before; });
  for (File& file : files_) file.place.write(file.text);
  for (File& file : files_) file.place.commit();
}

}  // namespace commands
