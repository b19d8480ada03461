// SPDX-License-Identifier: MIT
// The launcher is a program without a console, so that none appears when it is started by a click. If it is
// started from one, it writes there.
#include <cwchar>

#include "disk/windows.hpp"
#include "launcher/program.hpp"
// It needs windows.h.
#include <shellapi.h>

namespace {

std::vector<std::string> own_arguments() {
  int count = 0;
  wchar_t** const words = CommandLineToArgvW(GetCommandLineW(), &count);
  std::vector<std::string> arguments;
  for (int i = 1; i < count; ++i) arguments.push_back(disk::utf8_of(words[i]));
  LocalFree(words);
  return arguments;
}

bool has_output(DWORD standard) {
  const HANDLE handle = GetStdHandle(standard);
  return handle != nullptr && handle != INVALID_HANDLE_VALUE &&
         GetFileType(handle) != FILE_TYPE_UNKNOWN;
}

/// Without changing what goes to a file or a pipe.
void use_console() {
  const bool is_complete = has_output(STD_OUTPUT_HANDLE) && has_output(STD_ERROR_HANDLE);
  if (is_complete || AttachConsole(ATTACH_PARENT_PROCESS) == 0) return;
  for (const DWORD standard : {STD_OUTPUT_HANDLE, STD_ERROR_HANDLE}) {
    if (has_output(standard)) continue;
    SetStdHandle(standard, CreateFileW(L"CONOUT$", GENERIC_READ | GENERIC_WRITE,
                                       FILE_SHARE_READ | FILE_SHARE_WRITE, nullptr, OPEN_EXISTING,
                                       0, nullptr));
  }
}

}  // namespace

int WINAPI wWinMain(HINSTANCE /*instance*/, HINSTANCE /*previous*/, wchar_t* /*line*/,
                    int /*show*/) {
  use_console();
  return launcher::run_program(own_arguments());
}
