// SPDX-License-Identifier: MIT
#include "commands/link_package.hpp"

#include <fmt/format.h>

#include "commands/destination.hpp"
#include "commands/diagnosis.hpp"
#include "core/error.hpp"
#include "core/text.hpp"
#include "gitea/features.hpp"
#include "gitea/packages.hpp"
#include "runner/outputs.hpp"

namespace commands {
namespace {

using core::Error;
using core::Fault;
using core::Reason;

gitea::Package package_of(const Config& config, const gitea::Repository& repository) {
  const std::string name(core::trim(config.package));
  return {repository.owner, core::lower(core::trim(config.package_type)),
          name.empty() ? core::lower(repository.name) : name};
}

/// The package's page, where a person can link it.
std::string page_of(const gitea::Package& package, const gitea::Url& api) {
  gitea::Url page = api;
  page.path.erase(page.path.rfind("/api/v1"));
  return fmt::format("{}/{}/-/packages/{}/{}", page.text(), gitea::encoded(package.owner),
                     gitea::encoded(package.type), gitea::encoded(package.name));
}

/// A server that does not know the endpoint answers 404, as for a package that is not there.
Error too_old_or(const Error& error, const gitea::Package& package, const Destination& place) {
  const std::string version = gitea::Api(place.server, place.repository).version();
  if (version.empty() || gitea::links_packages(version)) return error;
  return {Fault::workflow,
          fmt::format("{} cannot link packages by its API (Gitea can from 1.24, Forgejo from 11)",
                      gitea::name_of_server(version)),
          fmt::format("Do it once by hand: open {}, then Settings, and choose the repository {}; "
                      "later pushes keep the link.",
                      page_of(package, place.server.api), place.repository.name)};
}

Error linked_elsewhere(const gitea::Package& package, const std::string& where,
                       const Destination& place) {
  return {Fault::workflow,
          fmt::format("the package {} is linked to {} already", package.name,
                      where.empty() ? "a repository that this token may not see" : where),
          fmt::format("To have it at {}, unlink it there first: open {}, then Settings.",
                      place.repository.full(), page_of(package, place.server.api))};
}

bool is_here(const std::string& linked, const Destination& place) {
  return core::lower(linked) == core::lower(place.repository.full());
}

/// "linked" or "unchanged".
const char* link(const gitea::Package& package, const Destination& place) {
  gitea::Packages packages(place.server);
  try {
    if (packages.link(package, place.repository.name)) return "linked";
  } catch (const Error& error) {
    const bool unknown =
        error.reason == Reason::no_such_endpoint || error.reason == Reason::not_found;
    if (unknown) throw too_old_or(error, package, place);
    if (error.fault != Fault::uncertain) throw diagnosed(error, place.server);
    if (!is_here(packages.linked_repository(package).value_or(""), place)) throw;
    return "linked";  // only the answer was lost
  }
  const std::string linked = packages.linked_repository(package).value_or("");
  if (!is_here(linked, place)) throw linked_elsewhere(package, linked, place);
  return "unchanged";
}

}  // namespace

void link_package(const Config& config, const runner::Environment& environment,
                  core::Problems& problems, runner::Log& log) {
  const Destination place = find_destination(config, environment, problems);
  problems.throw_if_any();
  const gitea::Package package = package_of(config, place.repository);
  const std::string state = link(package, place);
  log.line(fmt::format("the {} package {} is linked to {}{}", package.type, package.name,
                       place.repository.full(), state == "unchanged" ? " already" : ""));
  runner::write_outputs(place.facts.output_file, {{"state", state}});
}

}  // namespace commands
