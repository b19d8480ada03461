// SPDX-License-Identifier: MIT
#include "commands/link_package.hpp"

#include <fmt/format.h>

#include "commands/destination.hpp"
#include "commands/failure_cause.hpp"
#include "core/error.hpp"
#include "core/text/text.hpp"
#include "gitea/features.hpp"
#include "gitea/packages.hpp"

namespace commands {
namespace {

using core::Error;
using core::Fault;
using core::Reason;

gitea::Package package_of(const inputs::LinkPackage& inputs, const gitea::Repository& repository) {
  const std::string name(core::trim(inputs.package));
  return {repository.owner, core::lower(core::trim(inputs.package_type)),
          name.empty() ? core::lower(repository.name) : name};
}

/// The page of the package, where a user can link it.
std::string page_of(const gitea::Package& package, const gitea::Url& api) {
  gitea::Url page = api;
  page.path.erase(page.path.rfind("/api/v1"));
  return fmt::format("{}/{}/-/packages/{}/{}", page.text(), gitea::encoded(package.owner),
                     gitea::encoded(package.type), gitea::encoded(package.name));
}

/// A server without this endpoint sends 404, as for a package that does not exist.
Error too_old_or(const Error& error, const gitea::Package& package,
                 const Destination& destination) {
  const std::string version = gitea::Api(destination.server, destination.repository).version();
  if (version.empty() || gitea::links_packages(version)) return error;
  return {Fault::workflow,
          fmt::format("{} cannot link packages by its API (this requires Gitea 1.24 or Forgejo 11)",
                      gitea::name_of_server(version)),
          fmt::format("Link it manually once: open {}, then Settings, and choose the repository "
                      "{}. Later pushes keep the link.",
                      page_of(package, destination.server.api), destination.repository.name)};
}

Error linked_elsewhere(const gitea::Package& package, const std::string& where,
                       const Destination& destination) {
  return {Fault::workflow,
          fmt::format("the package {} is already linked to {}", package.name,
                      where.empty() ? "a repository that this token may not see" : where),
          fmt::format("To link it to {}, unlink it first: open {}, then Settings.",
                      destination.repository.full(), page_of(package, destination.server.api))};
}

bool is_here(const std::string& linked, const Destination& destination) {
  return core::lower(linked) == core::lower(destination.repository.full());
}

/// "linked" or "unchanged".
const char* link(const gitea::Package& package, const Destination& destination) {
  gitea::Packages packages(destination.server);
  try {
    if (packages.link(package, destination.repository.name)) return "linked";
  } catch (const Error& error) {
    const bool unknown =
        error.reason == Reason::no_such_endpoint || error.reason == Reason::not_found;
    if (unknown) throw too_old_or(error, package, destination);
    if (error.fault != Fault::uncertain) throw with_cause(error, destination.server);
    if (!is_here(packages.linked_repository(package).value_or(""), destination)) throw;
    return "linked";  // only the response was lost
  }
  const std::string linked = packages.linked_repository(package).value_or("");
  if (!is_here(linked, destination)) throw linked_elsewhere(package, linked, destination);
  return "unchanged";
}

}  // namespace

void link_package(const inputs::LinkPackage& inputs, const Context& context) {
  const Destination destination = find_destination(inputs.server, "", context);
  context.problems.throw_if_any();
  const gitea::Package package = package_of(inputs, destination.repository);
  const std::string state = link(package, destination);
  const std::string subject = fmt::format("the {} package {}", package.type, package.name);
  const std::string repository = destination.repository.full();
  context.log.line(state == "unchanged" ? fmt::format("Nothing to do: {} is already linked to {}",
                                                      subject, repository)
                                        : fmt::format("Linked {} to {}", subject, repository));
  context.set_outputs({{"state", state}});
}

}  // namespace commands
