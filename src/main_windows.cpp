// SPDX-License-Identifier: MIT
#include <windows.h>
// It needs windows.h.
#include <shellapi.h>

#include <string_view>

#include "program.hpp"

namespace {

std::string utf8_of(std::wstring_view text) {
  const auto size = static_cast<int>(text.size());
  const int needed =
      WideCharToMultiByte(CP_UTF8, 0, text.data(), size, nullptr, 0, nullptr, nullptr);
  std::string utf8(static_cast<std::size_t>(needed), '\0');
  WideCharToMultiByte(CP_UTF8, 0, text.data(), size, utf8.data(), needed, nullptr, nullptr);
  return utf8;
}

}  // namespace

/// The arguments that main() is given are not UTF-8.
int main() {
  int count = 0;
  wchar_t** const words = CommandLineToArgvW(GetCommandLineW(), &count);
  std::vector<std::string> arguments;
  for (int i = 1; i < count; ++i) arguments.push_back(utf8_of(words[i]));
  LocalFree(words);
  return run_program(arguments);
}
