// SPDX-License-Identifier: MIT
#include "runner/mount.hpp"

#include <catch2/catch_test_macros.hpp>

#include "runner/tools.hpp"
#include "support/process.hpp"

namespace runner_tests {

std::vector<std::string> mounted(const std::filesystem::path& directory, const std::string& options,
                                 const std::filesystem::path& log) {
  const std::string mount = program("mount");
  const std::vector<std::string> command = {
      program("unshare"),
      "--mount",
      "/bin/sh",
      "-c",
      mount + " --bind \"$0\" \"$0\" && " + mount +
          " -o remount,bind,\"$1\" \"$0\" && shift && exec \"$@\"",
      directory.string(),
      options};
  std::vector<std::string> attempt = command;
  attempt.emplace_back("/bin/true");
  support::Process process(attempt, {}, "/", log);
  const support::Ended ended = process.wait();
  if (ended.status != 0) SKIP("this process may not mount: " << ended.output);
  return command;
}

}  // namespace runner_tests
