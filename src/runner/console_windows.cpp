// SPDX-License-Identifier: MIT
#include <windows.h>
// It must come first.
#include <io.h>

#include "runner/console.hpp"

namespace runner {
namespace {

HANDLE handle_of_stream(std::FILE* stream) {
  return reinterpret_cast<HANDLE>(_get_osfhandle(_fileno(stream)));
}

}  // namespace

/// Not _isatty(), which also takes NUL and printers for one.
bool is_terminal(std::FILE* stream) {
  DWORD mode = 0;
  return GetConsoleMode(handle_of_stream(stream), &mode) != 0;
}

bool understands_sequences(const Environment& environment) {
  constexpr DWORD processing = 0x0004;  // ENABLE_VIRTUAL_TERMINAL_PROCESSING
  DWORD mode = 0;
  const HANDLE handle = GetStdHandle(STD_ERROR_HANDLE);
  return value_of(environment, "TERM") != "dumb" && GetConsoleMode(handle, &mode) != 0 &&
         SetConsoleMode(handle, mode | processing) != 0;
}

std::size_t columns_of(std::FILE* terminal) {
  constexpr std::size_t usual = 80;
  CONSOLE_SCREEN_BUFFER_INFO screen{};
  if (GetConsoleScreenBufferInfo(handle_of_stream(terminal), &screen) == 0) return usual;
  const int columns = screen.srWindow.Right - screen.srWindow.Left + 1;
  return columns > 1 ? static_cast<std::size_t>(columns) : usual;
}

}  // namespace runner
