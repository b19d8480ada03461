// SPDX-License-Identifier: MIT
#include <windows.h>

#include <cwchar>

#include "core/text/wide.hpp"

namespace core {

std::wstring wide(std::string_view utf8) {
  if (utf8.empty()) return {};
  const auto size = static_cast<int>(utf8.size());
  std::wstring text(
      static_cast<std::size_t>(MultiByteToWideChar(CP_UTF8, 0, utf8.data(), size, nullptr, 0)),
      L'\0');
  MultiByteToWideChar(CP_UTF8, 0, utf8.data(), size, text.data(), static_cast<int>(text.size()));
  return text;
}

std::string utf8_of(std::wstring_view text) {
  if (text.empty()) return {};
  const auto size = static_cast<int>(text.size());
  std::string utf8(static_cast<std::size_t>(WideCharToMultiByte(CP_UTF8, 0, text.data(), size,
                                                                nullptr, 0, nullptr, nullptr)),
                   '\0');
  WideCharToMultiByte(CP_UTF8, 0, text.data(), size, utf8.data(), static_cast<int>(utf8.size()),
                      nullptr, nullptr);
  return utf8;
}

std::vector<std::pair<std::wstring, std::wstring>> variables_in(const wchar_t* block) {
  std::vector<std::pair<std::wstring, std::wstring>> variables;
  for (const wchar_t* at = block; *at != L'\0'; at += std::wcslen(at) + 1) {
    const std::wstring_view variable = at;
    const auto equals = variable.find(L'=', 1);  // the first may be a part of the name
    if (equals == std::wstring_view::npos) continue;
    variables.emplace_back(variable.substr(0, equals), variable.substr(equals + 1));
  }
  return variables;
}

}  // namespace core
