// SPDX-License-Identifier: MIT
#include <windows.h>

#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>
#include <vector>

#include "core/text/path.hpp"
#include "core/text/wide.hpp"
#include "runner/environment.hpp"

namespace runner {
namespace {

/// The beginnings of names that are not erased, because the system or a library reads them later. Without those
/// of wine its random numbers fail, and so does TLS.
constexpr std::array<std::wstring_view, 14> kept = {
    L"PATH",        L"SYSTEM",          L"WINDIR",   L"TEMP",    L"TMP",
    L"USERPROFILE", L"SSL_CERT_",       L"OPENSSL_", L"APPDATA", L"LOCALAPPDATA",
    L"PROGRAMDATA", L"ALLUSERSPROFILE", L"WINE",     L"="};

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
std::vector<std::pair<std::wstring, std::wstring>> variables() {
  wchar_t* const block = GetEnvironmentStringsW();
  auto all = core::variables_in(block);
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
    result[core::utf8_of(name)] = core::utf8_of(value);
    result[core::utf8_of(upper(name))] = core::utf8_of(value);
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
