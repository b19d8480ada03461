// SPDX-License-Identifier: MIT
#include "disk/windows.hpp"
#include "launcher/installed_entry.hpp"

namespace launcher {

void show_installed_version(const std::string& app, const std::string& version) {
  const std::wstring name =
      L"Software\\Microsoft\\Windows\\CurrentVersion\\Uninstall\\" + disk::wide(app);
  HKEY entry = nullptr;
  if (RegOpenKeyExW(HKEY_CURRENT_USER, name.c_str(), 0, KEY_SET_VALUE, &entry) != ERROR_SUCCESS)
    return;
  const std::wstring text = disk::wide(version);
  const auto size = static_cast<DWORD>((text.size() + 1) * sizeof(wchar_t));
  RegSetValueExW(entry, L"DisplayVersion", 0, REG_SZ, reinterpret_cast<const BYTE*>(text.c_str()),
                 size);
  RegCloseKey(entry);
}

}  // namespace launcher
