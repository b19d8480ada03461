// SPDX-License-Identifier: MIT
#include "commands/publish.hpp"

#include <fmt/format.h>

#include <exception>
#include <string>

#include "commands/diagnosis.hpp"
#include "commands/job.hpp"
#include "commands/publishing.hpp"
#include "commands/report.hpp"
#include "core/system_error.hpp"
#include "runner/outputs.hpp"

namespace commands {

void publish(const Config& config, const runner::Environment& environment, core::Problems& problems,
             runner::Log& log) {
  Job job = gather(config, environment, problems, log);
  log.line(fmt::format("gitea-release {}: release {} of {} on {}", GITEA_RELEASE_VERSION,
                       job.desired.tag, job.repository.full(), job.server.root().text()));

  Publishing publishing(job, log);
  log.group("what is done");
  try {
    publishing.run();
  } catch (...) {
    const core::Error error = core::error_of(std::current_exception());
    log.end_group();
    runner::write_outputs(job.facts.output_file, outputs_of(publishing.session(), log));
    throw diagnosed(error, job, publishing.session().snapshot().release);
  }
  log.end_group();
  runner::write_outputs(job.facts.output_file, outputs_of(publishing.session(), log));
  const std::string problem =
      runner::write_summary(job.facts.summary_file, summary_of(publishing.session()));
  if (!problem.empty()) log.warning(problem);
  close_log(publishing.session(), job, log);
}

}  // namespace commands
