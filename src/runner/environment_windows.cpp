// SPDX-License-Identifier: MIT
#include <windows.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cwchar>
#include <string_view>

#include "core/text/path.hpp"
#include "core/text/text.hpp"
#include "runner/environment.hpp"

namespace runner {
namespace {

/// The beginnings of names that are not erased, because the system or a library reads them later. Without those
/// of wine its random numbers fail, and so does TLS.
constexpr std::array<std::wstring_view, 14> kept = {
    L"PATH",        L"SYSTEM",          L"WINDIR",   L"TEMP",    L"TMP",
    L"USERPROFILE", L"SSL_CERT_",       L"OPENSSL_", L"APPDATA", L"LOCALAPPDATA",
    L"PROGRAMDATA", L"ALLUSERSPROFILE", L"WINE",     L"="};

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

/// Names do not depend on case.
std::wstring upper(std::wstring name) {
  CharUpperBuffW(name.data(), static_cast<DWORD>(name.size()));
  return name;
}

bool is_kept(const std::wstring& name) {
  return std::any_of(kept.begin(), kept.end(),
                     [&](std::wstring_view start) { return upper(name).starts_with(start); });
}

/// All variables, with their names as they are written.
std::map<std::wstring, std::wstring> variables() {
  std::map<std::wstring, std::wstring> all;
  wchar_t* const block = GetEnvironmentStringsW();
  for (const wchar_t* at = block; *at != L'\0'; at += std::wcslen(at) + 1) {
    const std::wstring_view variable = at;
    const auto equals = variable.find(L'=', 1);  // the first may be a part of the name
    if (equals == std::wstring_view::npos) continue;
    all.emplace(variable.substr(0, equals), variable.substr(equals + 1));
  }
  FreeEnvironmentStringsW(block);
  return all;
}

/// Git and Unix programs set HOME; Windows itself has another name for it.
void add_home(Environment& environment) {
  std::string home = value_of(environment, "HOME");
  if (home.empty()) home = value_of(environment, "USERPROFILE");
  if (!home.empty()) environment["HOME"] = core::with_slashes(home);
}

}  // namespace

/// Each name in capital letters, and as it is written.
Environment read_environment() {
  Environment result;
  for (const auto& [name, value] : variables()) {
    result[utf8_of(name)] = utf8_of(value);
    result[utf8_of(upper(name))] = utf8_of(value);
  }
  add_home(result);
  return result;
}

Environment take_environment() {
  Environment result = read_environment();
  for (const auto& [name, value] : variables()) {
    if (!is_kept(name)) _wputenv((name + L"=").c_str());  // from the C library too
  }
  return result;
}

}  // namespace runner
