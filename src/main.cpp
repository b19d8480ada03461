// SPDX-License-Identifier: MIT
// Picks the command; the only catch; the exit status: 0 in place, 1 failed (running it again may
// help), 2 the workflow has to be changed.
#include <csignal>
#include <exception>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "command_line.hpp"
#include "commands/deploy.hpp"
#include "commands/doctor.hpp"
#include "commands/init.hpp"
#include "commands/link_package.hpp"
#include "commands/notes.hpp"
#include "commands/publish.hpp"
#include "commands/version.hpp"
#include "configuration.hpp"
#include "core/error.hpp"
#include "options.hpp"
#include "runner/environment.hpp"
#include "runner/facts.hpp"
#include "runner/log.hpp"
#include "runner/outputs.hpp"

namespace {

using Run = void(const Config&, const runner::Environment&, core::Problems&, runner::Log&);

const std::map<std::string_view, Run*> runs = {
    {"publish", commands::publish},
    {"notes", commands::notes},
    {"version", commands::version},
    {"deploy", commands::deploy},
    {"link-package", commands::link_package},
    {"doctor", commands::doctor},
    {"init", commands::init},
};

/// So that a step that fails leaves no output of an earlier one to be read.
void empty_outputs(const Command& command, const runner::Environment& environment) {
  if (command.outputs.empty()) return;
  runner::Outputs outputs;
  for (const Output& output : command.outputs) outputs.emplace_back(output.name, "");
  runner::write_outputs(runner::read_facts(environment).output_file, outputs);
}

void run(const std::vector<std::string>& arguments, runner::Log& log) {
  const runner::Environment environment = runner::read_environment();
  const Invocation invocation = parse_invocation(arguments, environment);
  if (!invocation.print.empty()) {
    std::fputs(invocation.print.c_str(), stdout);
    return;
  }
  for (const std::string& warning : invocation.warnings) log.warning(warning);
  empty_outputs(*invocation.command, environment);
  core::Problems problems;
  const Config config = read_config(invocation, environment, problems);
  if (config.insecure) log.warning("insecure: TLS certificates are not verified");
  runs.at(invocation.command->name)(config, environment, problems, log);
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
