// SPDX-License-Identifier: MIT
#include "commands/version.hpp"

#include <fmt/format.h>

#include <optional>

#include "commands/destination.hpp"
#include "commands/stamps.hpp"
#include "commands/version_search.hpp"
#include "core/text/text.hpp"
#include "core/version/docker_tags.hpp"
#include "core/version/pep440.hpp"
#include "runner/outputs.hpp"

namespace commands {
namespace {

using core::BuildVersion;

/// Whether no higher stable release exists. If the server cannot be asked, this is unknown, and the
/// answer is no: an old image must not become the latest.
bool is_latest(const BuildVersion& build, const Destination& destination, const Context& context) {
  if (build.version.is_prerelease() || build.source == default_source) return false;
  try {
    context.problems.throw_if_any();
    gitea::Api api(destination.server, destination.repository);
    const auto overtaken = api.any_published(
        [&](const core::Release& release) { return is_overtaken_by(build, release); });
    if (overtaken) return !*overtaken;
    context.log.warning(
        fmt::format("is_latest is false: there is no repository {}, or this token may not "
                    "see it",
                    destination.repository.full()));
  } catch (const core::Error& error) {
    context.log.warning(
        fmt::format("is_latest is false, since the releases could not be looked at: {}",
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

void version(const inputs::Version& inputs, const Context& context) {
  core::Problems of_server;  // none of them prevents finding the version
  const Context asking{context.environment, context.facts, of_server, context.log};
  const Destination destination = find_destination(inputs.server, inputs.working_directory, asking);
  const auto images = core::parse_images(inputs.image, context.problems);
  BuildVersion build;
  std::optional<Stamps> stamps;
  context.problems.collect([&] {
    const disk::Workspace workspace = open_workspace(context.facts, inputs.working_directory);
    build = find_version(inputs, context.facts, workspace);
    stamps.emplace(inputs.stamp, build, workspace, context.problems);
  });
  context.problems.throw_if_any();
  runner::Log& log = context.log;
  log.line(fmt::format("gitea-release {}: the version of this build is {} (from {})",
                       GITEA_RELEASE_VERSION, build.version.text, build.source));
  if (build.source == default_source) {
    log.warning("nothing says which version this is: no tag, and no file that is known for it");
  }

  stamps->write();
  for (const Stamps::Line& line : stamps->lines()) {
    log.line(
        fmt::format("{}: {}", line.path, line.is_changed ? "stamped" : "already has this version"));
  }
  const runner::Outputs outputs = outputs_of(build, is_latest(build, destination, asking), images);
  for (const auto& [name, value] : outputs) log.result(fmt::format("{}={}", name, value));
  context.set_outputs(outputs);
}

}  // namespace commands
