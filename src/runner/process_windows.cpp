// SPDX-License-Identifier: MIT
#include <windows.h>
// It must come first.
#include <fcntl.h>
#include <io.h>

#include "runner/process.hpp"

namespace runner {

/// Messages are UTF-8, and a line ends as it does elsewhere. An error must not open a window, for which a
/// runner would wait.
void prepare_process() {
  SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
  SetDllDirectoryW(L"");  // no library from the current directory
  for (const int standard : {0, 1, 2}) _setmode(standard, _O_BINARY);
  SetConsoleOutputCP(CP_UTF8);
}

/// A process may open thousands of files and sockets.
void check_open_files(std::uint64_t /*jobs*/) {}

}  // namespace runner
