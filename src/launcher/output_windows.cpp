// SPDX-License-Identifier: MIT
#include "disk/windows.hpp"
#include "launcher/output.hpp"

namespace launcher {

void write_output(Output output, std::string_view text) {
  const HANDLE handle =
      GetStdHandle(output == Output::normal ? STD_OUTPUT_HANDLE : STD_ERROR_HANDLE);
  if (handle == nullptr || handle == INVALID_HANDLE_VALUE) return;
  DWORD mode = 0;
  DWORD written = 0;
  if (GetConsoleMode(handle, &mode) != 0) {  // a console, whose code page may be any
    const std::wstring characters = disk::wide(text);
    WriteConsoleW(handle, characters.data(), static_cast<DWORD>(characters.size()), &written,
                  nullptr);
  } else {
    WriteFile(handle, text.data(), static_cast<DWORD>(text.size()), &written, nullptr);
  }
}

}  // namespace launcher
