// SPDX-License-Identifier: MIT
#include "commands/version.hpp"

#include <fmt/format.h>

#include <optional>

#include "commands/build.hpp"
#include "commands/destination.hpp"
#include "core/docker_tags.hpp"
#include "core/pep440.hpp"
#include "core/text.hpp"
#include "runner/outputs.hpp"

namespace commands {
namespace {

using core::BuildVersion;

/// Whether no higher stable release exists. Where the server cannot be asked nobody knows, and the
/// answer is no: an old image must not become the latest.
bool is_latest(const BuildVersion& build, const Destination& place, core::Problems& problems,
               runner::Log& log) {
  if (build.version.is_prerelease() || build.source == default_source) return false;
  try {
    problems.throw_if_any();
    gitea::Api api(place.server, place.repository);
    const auto overtaken = api.any_published(
        [&](const core::Release& release) { return is_overtaken_by(build, release); });
    if (overtaken) return !*overtaken;
    log.warning(
        fmt::format("is_latest is false: there is no repository {}, or this token may not "
                    "see it",
                    place.repository.full()));
  } catch (const core::Error& error) {
    log.warning(fmt::format("is_latest is false, since the releases could not be looked at: {}",
                            core::one_line(error.message, error.message.size())));
  }
  return false;
}

runner::Outputs outputs_of(const BuildVersion& build, bool latest,
                           const std::vector<std::string>& images) {
  const auto words = [](bool value) { return value ? "true" : "false"; };
  const auto tags = core::docker_tags(images, build.tag, build.version.text, latest);
  return {
      {"version", build.version.text},
      {"tag", build.tag},
      {"major", build.number(0)},
      {"minor", build.number(1)},
      {"patch", build.number(2)},
      {"prerelease", build.prerelease()},
      {"is_prerelease", words(build.version.is_prerelease())},
      {"pep440", core::pep440(build.tag)},
      {"source", build.source},
      {"is_latest", words(latest)},
      {"docker_tags", core::join(tags, "\n")},
  };
}

}  // namespace

void version(const Config& config, const runner::Environment& environment, core::Problems& problems,
             runner::Log& log) {
  core::Problems of_server;  // none of them keeps the version from being found
  const Destination place = find_destination(config, environment, of_server);
  const auto images = core::parse_images(config.image, problems);
  BuildVersion build;
  std::optional<Stamps> stamps;
  problems.collect([&] {
    const disk::Workspace workspace = open_workspace(place);
    build = find_version(config, place.facts, workspace);
    stamps.emplace(config.stamp, build, workspace, problems);
  });
  problems.throw_if_any();
  log.line(fmt::format("gitea-release {}: the version of this build is {} (from {})",
                       GITEA_RELEASE_VERSION, build.version.text, build.source));
  if (build.source == default_source) {
    log.warning("nothing says which version this is: no tag, and no file that is known for it");
  }

  stamps->write();
  for (const Stamps::Line& line : stamps->lines()) {
    log.line(fmt::format("{}: {}", line.path, line.is_changed ? "stamped" : "has it already"));
  }
  const runner::Outputs outputs =
      outputs_of(build, is_latest(build, place, of_server, log), images);
  for (const auto& [name, value] : outputs) log.line(fmt::format("{}={}", name, value));
  runner::write_outputs(place.facts.output_file, outputs);
}

}  // namespace commands
