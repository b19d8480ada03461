// SPDX-License-Identifier: MIT
#include "launcher/program.hpp"

#include <exception>

#include "launcher/commands.hpp"
#include "launcher/exit_status.hpp"
#include "launcher/folder.hpp"
#include "launcher/log.hpp"
#include "launcher/reads.hpp"
#include "launcher/start.hpp"

namespace launcher {
namespace {

int run(const std::vector<std::string>& arguments) {
  const Folder folder = folder_of(own_executable());
  if (!arguments.empty() && arguments.front() == "--launcher") {
    return run_command(folder, {arguments.begin() + 1, arguments.end()});
  }
  return start(folder, arguments);
}

}  // namespace

int run_program(const std::vector<std::string>& arguments) {
  try {
    return run(arguments);
  } catch (...) {
    const Failure failure = failure_of(std::current_exception());
    print_error(failure.error);
    return failure.status;
  }
}

}  // namespace launcher
