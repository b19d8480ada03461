// SPDX-License-Identifier: MIT
#include <windows.h>
// It needs windows.h.
#include <shellapi.h>

#include "core/text/wide.hpp"
#include "program.hpp"

/// The arguments that main() is given are not UTF-8.
int main() {
  int count = 0;
  wchar_t** const words = CommandLineToArgvW(GetCommandLineW(), &count);
  std::vector<std::string> arguments;
  for (int i = 1; i < count; ++i) arguments.push_back(core::utf8_of(words[i]));
  LocalFree(words);
  return run_program(arguments);
}
