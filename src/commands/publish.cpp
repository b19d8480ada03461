// SPDX-License-Identifier: MIT
#include "commands/publish.hpp"

#include <fmt/format.h>

#include <exception>
#include <string>

#include "commands/failure_cause.hpp"
#include "commands/job.hpp"
#include "commands/report.hpp"
#include "commands/session_runner.hpp"
#include "commands/summary.hpp"
#include "core/text/system_error.hpp"
#include "runner/outputs.hpp"
#include "runner/process.hpp"

namespace commands {
namespace {

void write_summary(const std::string& markdown, const Context& context) {
  const std::string problem = runner::write_summary(context.facts.summary_file, markdown);
  if (!problem.empty()) context.log.warning(problem);
}

void run(Job& job, const Context& context) {
  runner::Log& log = context.log;
  log.line(fmt::format("gitea-release {}: release {} of {} on {}", GITEA_RELEASE_VERSION,
                       job.desired.tag, job.destination.repository.full(),
                       job.destination.server.root().text()));
  SessionRunner runner(job, log);
  log.group("Publishing " + job.desired.tag);
  try {
    runner.run();
  } catch (...) {
    log.end_group();
    const core::Error error = with_cause(core::error_of(std::current_exception()), job,
                                         runner.session().snapshot().release);
    context.set_outputs(outputs_of(runner.session(), log));
    write_summary(summary_of(runner, error), context);
    throw error;
  }
  log.end_group();
  context.set_outputs(outputs_of(runner.session(), log));
  write_summary(summary_of(runner, std::nullopt), context);
  close_log(runner.session(), job, log);
}

}  // namespace

void publish(const inputs::Publish& inputs, const Context& context) {
  context.problems.collect([&] { runner::check_open_files(inputs.assets.jobs); });
  Job job = [&] {
    try {
      return gather(inputs, context);
    } catch (const core::Error& error) {
      write_summary(summary_of(error), context);
      throw;
    }
  }();
  run(job, context);
}

}  // namespace commands
