// SPDX-License-Identifier: MIT
#include "commands/doctor.hpp"

#include <fmt/format.h>

#include "commands/checkup.hpp"
#include "core/text.hpp"

namespace commands {
namespace {

using core::Finding;

/// Mistakes in the inputs: nothing is sent with them.
std::vector<Finding> check_inputs(const core::Problems& problems) {
  std::vector<Finding> findings;
  for (const std::string& problem : problems.list()) {
    findings.push_back(failed("inputs", core::Error(core::Fault::workflow, problem)));
  }
  return findings;
}

}  // namespace

void doctor(const Config& config, const runner::Environment& environment, core::Problems& problems,
            runner::Log& log) {
  const Destination place = find_destination(config, environment, problems);
  log.line(fmt::format("gitea-release {}: what a publish needs; nothing is written",
                       GITEA_RELEASE_VERSION));
  std::vector<Finding> findings = check_job(place, environment);
  const auto further = problems.empty() ? check_server(place) : check_inputs(problems);
  findings.insert(findings.end(), further.begin(), further.end());
  for (const Finding& finding : findings) log.line(describe(finding));
  if (const auto error = verdict(findings)) throw *error;
}

}  // namespace commands
