// SPDX-License-Identifier: MIT
#include "commands/doctor.hpp"

#include <fmt/format.h>

#include "commands/doctor_checks.hpp"
#include "core/text/text.hpp"

namespace commands {
namespace {

/// Errors in the inputs; with them nothing is sent.
std::vector<Finding> check_inputs(const core::Problems& problems) {
  std::vector<Finding> findings;
  for (const std::string& problem : problems.list()) {
    findings.push_back(failed("inputs", core::Error(core::Fault::workflow, problem)));
  }
  return findings;
}

}  // namespace

void doctor(const inputs::Doctor& inputs, const Context& context) {
  const Destination destination = find_destination(inputs.server, "", context);
  runner::Log& log = context.log;
  log.line(fmt::format("gitea-release {}: checking what publishing needs; nothing is written",
                       GITEA_RELEASE_VERSION));
  std::vector<Finding> findings = check_job(inputs, context);
  const auto more = context.problems.empty() ? check_server(inputs, destination, context)
                                             : check_inputs(context.problems);
  findings.insert(findings.end(), more.begin(), more.end());
  for (const Finding& finding : findings) log.result(describe(finding));
  if (const auto error = failure_of(findings)) throw *error;
}

}  // namespace commands
