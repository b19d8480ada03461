// SPDX-License-Identifier: MIT
#include <sys/auxv.h>
#include <unistd.h>

#include <cstdlib>

#include "program.hpp"

namespace {

/// Removes the copy of this program that bin/run may have started. bin/run cannot remove it,
/// because a shell that waits for the program would not pass signals on.
void remove_copy() {
  const char* const directory = std::getenv("GITEA_RELEASE_COPY");
  const auto started_as = getauxval(AT_EXECFN);
  if (directory == nullptr || *directory == '\0' || started_as == 0) return;
  const std::string copy = std::string(directory) + "/gitea-release";
  // NOLINTNEXTLINE(performance-no-int-to-ptr): the kernel passes the address as a number.
  if (copy != reinterpret_cast<const char*>(started_as)) return;
  unlink(copy.c_str());
  rmdir(directory);
}

}  // namespace

int main(int argc, char** argv) {
  remove_copy();
  return run_program({argv + 1, argv + argc});
}
