// SPDX-License-Identifier: MIT
// Runs the command, reports errors, and sets the exit status: 0 success, 1 failure (running it
// again may help), 2 the workflow has to be changed.
#include <algorithm>
#include <cstdlib>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

#include "commands/context.hpp"
#include "commands/deploy.hpp"
#include "commands/doctor.hpp"
#include "commands/download.hpp"
#include "commands/init.hpp"
#include "commands/keygen.hpp"
#include "commands/link_package.hpp"
#include "commands/notes.hpp"
#include "commands/prune.hpp"
#include "commands/publish.hpp"
#include "commands/sign.hpp"
#include "commands/verify.hpp"
#include "commands/version.hpp"
#include "core/error.hpp"
#include "core/text/system_error.hpp"
#include "inputs/command_line.hpp"
#include "inputs/sources.hpp"
#include "inputs/table.hpp"
#include "program.hpp"
#include "runner/environment.hpp"
#include "runner/facts.hpp"
#include "runner/log.hpp"
#include "runner/outputs.hpp"
#include "runner/process.hpp"
#include "runner/terminal.hpp"

namespace {

/// Runs the command of the given inputs.
struct Run {
  const commands::Context& context;

  void operator()(const inputs::Publish& given) { commands::publish(given, context); }
  void operator()(const inputs::Notes& given) { commands::notes(given, context); }
  void operator()(const inputs::Version& given) { commands::version(given, context); }
  void operator()(const inputs::Deploy& given) { commands::deploy(given, context); }
  void operator()(const inputs::LinkPackage& given) { commands::link_package(given, context); }
  void operator()(const inputs::Download& given) { commands::download(given, context); }
  void operator()(const inputs::Verify& given) { commands::verify(given, context); }
  void operator()(const inputs::Sign& given) { commands::sign(given, context); }
  void operator()(const inputs::Keygen& given) { commands::keygen(given, context); }
  void operator()(const inputs::Doctor& given) { commands::doctor(given, context); }
  void operator()(const inputs::Prune& given) { commands::prune(given, context); }
  void operator()(const inputs::Init& given) { commands::init(given, context); }
};

/// Clears the outputs, so that later steps do not read outputs of an earlier step with the same id
/// if this one fails.
void empty_outputs(const inputs::Command& command, const runner::Facts& facts) {
  if (command.outputs.empty()) return;
  runner::Outputs outputs;
  for (const inputs::Output& output : command.outputs) outputs.emplace_back(output.name, "");
  runner::write_outputs(facts.output_file, outputs);
}

/// Whether the program only prints a text, and so sets no outputs.
bool only_prints(const std::vector<std::string>& arguments) {
  return std::any_of(arguments.begin(), arguments.end(),
                     [](const std::string& argument) {
                       return argument == "--help" || argument == "-h" || argument == "--version";
                     }) ||
         (!arguments.empty() && inputs::prints_a_document(arguments.front()));
}

runner::LogStyle last_style;  // for an exception that leaves a thread

void set_style(runner::Log& log, const runner::LogStyle& style) {
  last_style = style;
  log.set_style(style);
}

void run(const std::vector<std::string>& arguments, runner::Log& log) {
  const runner::Environment environment = runner::take_environment();
  const runner::Facts facts = runner::read_facts(environment);
  set_style(log, runner::style_of({}, facts, environment));
  core::Problems problems;
  if (!only_prints(arguments)) {
    problems.collect([&] { empty_outputs(inputs::command_in(arguments), facts); });
  }
  inputs::Invocation invocation;
  problems.collect(
      [&] { invocation = inputs::parse_invocation(arguments, environment, problems); });
  set_style(log, runner::style_of(invocation.display, facts, environment));
  problems.throw_if_any();
  if (!invocation.print.empty()) {
    std::fputs(invocation.print.c_str(), stdout);
    std::fflush(stdout);
    return;
  }
  for (const std::string& warning : invocation.warnings) log.warning(warning);
  const inputs::Inputs given = inputs::read(invocation, facts, problems);
  const commands::Context context{environment, facts, problems, log};
  std::visit(Run{context}, given);
}

/// Logs the current exception and returns the exit status.
int failed(runner::Log& log) {
  const core::Error error = core::error_of(std::current_exception());
  log.error(error);
  return error.fault == core::Fault::workflow ? 2 : 1;
}

/// Reports an exception that leaves a thread.
void end_by_exception() {
  runner::Log log;
  log.set_style(last_style);
  std::_Exit(failed(log));
}

}  // namespace

int run_program(const std::vector<std::string>& arguments) {
  runner::prepare_process();
  std::set_terminate(end_by_exception);
  runner::Log log;
  try {
    run(arguments, log);
  } catch (...) {
    return failed(log);
  }
  return log.good() ? 0 : 1;
}
