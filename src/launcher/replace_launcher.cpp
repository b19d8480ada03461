// SPDX-License-Identifier: MIT
#include "launcher/replace_launcher.hpp"

#include <chrono>
#include <optional>
#include <thread>

#include "core/error.hpp"
#include "launcher/child.hpp"
#include "launcher/reads.hpp"

namespace launcher {
namespace {

/// Whether the program says that it is a later launcher, and can work in its folder.
bool passes_selftest(const Path& program) {
  constexpr std::chrono::seconds patience{30};
  const auto deadline = std::chrono::steady_clock::now() + patience;
  Command command;
  command.program = program;
  command.arguments = {"--launcher", "selftest", LAUNCHER_VERSION};
  command.working_folder = program.parent_path();
  command.is_silent = true;
  Child child(command);
  while (std::chrono::steady_clock::now() < deadline) {
    if (const auto status = child.ended()) return *status == 0;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return false;
}

}  // namespace

void replace_launcher(const Folder& folder, FileSystem& files, Log& log,
                      const std::string& version) {
  const Path source = folder.ready(version) / folder.launcher.filename();
  if (entry_at(source) != Entry::file) return;
  Path candidate = folder.launcher;
  candidate += ".new";
  files.copy_whole(source, candidate);
  if (!passes_selftest(candidate)) {
    files.to_trash(candidate);
    log.add("the launcher stays: the one of the update is not later, or cannot work here");
    return;
  }
  put_in_place(files, candidate, folder.launcher);
  log.add("the launcher was replaced");
}

}  // namespace launcher
