// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cerrno>
#include <string_view>

#include "core/text/text.hpp"
#include "disk/entries.hpp"
#include "disk/windows.hpp"

namespace disk {
namespace {

Entry::Kind kind_of_found(const WIN32_FIND_DATAW& found) {
  const DWORD attributes = found.dwFileAttributes;
  if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0 &&
      IsReparseTagNameSurrogate(found.dwReserved0)) {
    return Entry::Kind::link;
  }
  return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? Entry::Kind::directory : Entry::Kind::file;
}

/// A pattern for all names in a directory.
std::wstring all_names_in(const Descriptor& descriptor) {
  const std::wstring path = final_path(handle_of(descriptor));
  return path + (path.ends_with(L'\\') ? L"*" : L"\\*");
}

}  // namespace

bool read_entries(Descriptor descriptor, std::vector<Entry>& entries) {
  WIN32_FIND_DATAW found{};
  const HANDLE search = FindFirstFileExW(all_names_in(descriptor).c_str(), FindExInfoBasic, &found,
                                         FindExSearchNameMatch, nullptr, FIND_FIRST_EX_LARGE_FETCH);
  if (search == INVALID_HANDLE_VALUE) {
    errno = errno_of(GetLastError());
    return errno == ENOENT;  // the top directory of a drive may have no entry at all
  }
  do {
    std::string name = utf8_of(found.cFileName);
    if (name == "." || name == ".." || core::lower(name) == ".git") continue;
    entries.push_back({std::move(name), kind_of_found(found)});
  } while (FindNextFileW(search, &found) != 0);
  const DWORD ended = GetLastError();
  FindClose(search);
  errno = errno_of(ended);
  if (ended != ERROR_NO_MORE_FILES) return false;
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return true;
}

}  // namespace disk
