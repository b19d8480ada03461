// SPDX-License-Identifier: MIT
// The launcher of an application that updates itself. It is in the application's folder, under the
// application's name.
#include <exception>
#include <string>
#include <vector>

#include "launcher/commands.hpp"
#include "launcher/exit_status.hpp"
#include "launcher/folder.hpp"
#include "launcher/log.hpp"
#include "launcher/reads.hpp"
#include "launcher/start.hpp"

namespace {

int run(const std::vector<std::string>& arguments) {
  const launcher::Folder folder = launcher::folder_of(launcher::own_executable());
  if (!arguments.empty() && arguments.front() == "--launcher") {
    return launcher::run_command(folder, {arguments.begin() + 1, arguments.end()});
  }
  return launcher::start(folder, arguments);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run({argv + 1, argv + argc});
  } catch (...) {
    const launcher::Failure failure = launcher::failure_of(std::current_exception());
    launcher::print_error(failure.error);
    return failure.status;
  }
}
