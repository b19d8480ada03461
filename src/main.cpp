// SPDX-License-Identifier: MIT
// Picks the command; the only catch; the exit status: 0 in place, 1 failed (running it again may
// help), 2 the workflow has to be changed.
#include <csignal>
#include <exception>
#include <string>
#include <vector>

#include "command_line.hpp"
#include "commands/publish.hpp"
#include "core/error.hpp"
#include "options.hpp"
#include "runner/environment.hpp"
#include "runner/log.hpp"

namespace {

void run(const std::vector<std::string>& arguments, runner::Log& log) {
  const runner::Environment environment = runner::read_environment();
  const Invocation invocation = parse_invocation(arguments, environment);
  if (!invocation.print.empty()) {
    std::fputs(invocation.print.c_str(), stdout);
    return;
  }
  for (const std::string& warning : invocation.warnings) log.warning(warning);
  core::Problems problems;
  const Config config = parse_config(invocation.values, problems);
  const gitea::Token job_token(invocation.values.at("job_token"));
  commands::publish(config, job_token, environment, problems, log);
}

}  // namespace

int main(int argc, char** argv) {
  // A connection that closes while a file is being sent is an error to handle, not the end.
  std::signal(SIGPIPE, SIG_IGN);
  runner::Log log;
  try {
    run({argv + 1, argv + argc}, log);
  } catch (const core::Error& error) {
    log.error(error);
    return error.fault == core::Fault::workflow ? 2 : 1;
  } catch (const std::exception& error) {
    log.error(core::Error(core::Fault::failed, std::string("unexpected: ") + error.what(),
                          "Please report this."));
    return 1;
  }
  return log.good() ? 0 : 1;
}
