// SPDX-License-Identifier: MIT
// Picks the command; the only catch; the exit status: 0 in place, 1 failed (running it again may
// help), 2 the workflow has to be changed.
#include <sys/auxv.h>
#include <unistd.h>

#include <algorithm>
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
#include "core/system_error.hpp"
#include "options.hpp"
#include "runner/environment.hpp"
#include "runner/facts.hpp"
#include "runner/log.hpp"
#include "runner/outputs.hpp"
#include "runner/process.hpp"

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

/// Where bin/run had to start a copy of this program, and says so, it is this program's to remove:
/// a shell that waited to do it would not pass signals on.
void remove_copy(const runner::Environment& environment) {
  const std::string directory = runner::value_of(environment, "GITEA_RELEASE_COPY");
  const auto started_as = getauxval(AT_EXECFN);
  if (directory.empty() || started_as == 0) return;
  const std::string copy = directory + "/gitea-release";
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the kernel hands the address over as a number.
  if (copy != reinterpret_cast<const char*>(started_as)) return;
  unlink(copy.c_str());
  rmdir(directory.c_str());
}

/// Whether something is printed and nothing done, so that there are no outputs.
bool only_prints(const std::vector<std::string>& arguments) {
  return std::any_of(arguments.begin(), arguments.end(), [](const std::string& one) {
    return one == "--help" || one == "-h" || one == "--version";
  });
}

void run(const std::vector<std::string>& arguments, runner::Log& log) {
  const runner::Environment environment = runner::take_environment();
  remove_copy(environment);
  core::Problems problems;
  if (!only_prints(arguments)) {
    problems.collect([&] { empty_outputs(command_in(arguments), environment); });
  }
  Invocation invocation;
  problems.collect([&] { invocation = parse_invocation(arguments, environment); });
  problems.throw_if_any();
  if (!invocation.print.empty()) {
    std::fputs(invocation.print.c_str(), stdout);
    std::fflush(stdout);
    return;
  }
  for (const std::string& warning : invocation.warnings) log.warning(warning);
  const Config config = read_config(invocation, environment, problems);
  problems.collect([&] { runner::check_open_files(config.jobs); });
  if (config.insecure) log.warning("insecure: TLS certificates are not verified");
  runs.at(invocation.command->name)(config, environment, problems, log);
}

/// Says what was thrown; the exit status.
int failed(runner::Log& log) {
  const core::Error error = core::error_of(std::current_exception());
  log.error(error);
  return error.fault == core::Fault::workflow ? 2 : 1;
}

/// What leaves a thread of ours, where no catch is around it, is told as well.
void end_by_exception() {
  runner::Log log;
  _exit(failed(log));
}

}  // namespace

int main(int argc, char** argv) {
  runner::prepare_process();
  std::set_terminate(end_by_exception);
  runner::Log log;
  try {
    run({argv + 1, argv + argc}, log);
  } catch (...) {
    return failed(log);
  }
  return log.good() ? 0 : 1;
}
