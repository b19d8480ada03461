// SPDX-License-Identifier: MIT
#include "commands/publish.hpp"

#include <fmt/format.h>

#include "commands/diagnosis.hpp"
#include "commands/job.hpp"
#include "commands/publishing.hpp"
#include "commands/report.hpp"
#include "runner/outputs.hpp"

namespace commands {

void publish(const Config& config, const runner::Environment& environment, core::Problems& problems,
             runner::Log& log) {
  Job job = gather(config, environment, problems, log);
  log.line(fmt::format("gitea-release {}: release {} of {} on {}", GITEA_RELEASE_VERSION,
                       job.desired.tag, job.repository.full(), job.server.api.origin()));

  Publishing publishing(job, log);
  log.group("what is done");
  try {
    publishing.run();
  } catch (const core::Error& error) {
    log.end_group();
    runner::write_outputs(job.facts.output_file, outputs_of(publishing.outcome(), job, log));
    throw diagnosed(error, job, publishing.outcome().look.release);
  }
  log.end_group();
  runner::write_outputs(job.facts.output_file, outputs_of(publishing.outcome(), job, log));
  runner::write_summary(job.facts.summary_file, summary_of(publishing.outcome(), job));
  close_log(publishing.outcome(), job, log);
}

}  // namespace commands
