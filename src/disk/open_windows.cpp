// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <io.h>

#include <algorithm>
#include <array>
#include <cerrno>

#include "disk/open.hpp"
#include "disk/system_errors.hpp"
#include "disk/windows.hpp"

namespace disk {
namespace {

struct KnownError {
  DWORD error;
  int number;
};

constexpr std::array known_errors = {
    KnownError{ERROR_FILE_NOT_FOUND, ENOENT},
    KnownError{ERROR_PATH_NOT_FOUND, ENOENT},
    KnownError{ERROR_INVALID_NAME, ENOENT},
    KnownError{ERROR_BAD_NETPATH, ENOENT},
    KnownError{ERROR_INVALID_DRIVE, ENOENT},
    KnownError{ERROR_ACCESS_DENIED, EACCES},
    KnownError{ERROR_PRIVILEGE_NOT_HELD, EPERM},
    KnownError{ERROR_WRITE_PROTECT, EROFS},
    KnownError{ERROR_SHARING_VIOLATION, EBUSY},
    KnownError{ERROR_LOCK_VIOLATION, EBUSY},
    KnownError{ERROR_USER_MAPPED_FILE, EBUSY},
    KnownError{ERROR_DELETE_PENDING, EBUSY},
    KnownError{ERROR_BUSY, EBUSY},
    KnownError{ERROR_DISK_FULL, ENOSPC},
    KnownError{ERROR_HANDLE_DISK_FULL, ENOSPC},
    KnownError{ERROR_NOT_ENOUGH_QUOTA, ENOSPC},
    KnownError{ERROR_ALREADY_EXISTS, EEXIST},
    KnownError{ERROR_FILE_EXISTS, EEXIST},
    KnownError{ERROR_DIR_NOT_EMPTY, ENOTEMPTY},
    KnownError{ERROR_NOT_SAME_DEVICE, EXDEV},
    KnownError{ERROR_DIRECTORY, ENOTDIR},
    KnownError{ERROR_FILENAME_EXCED_RANGE, ENAMETOOLONG},
    KnownError{ERROR_NOT_ENOUGH_MEMORY, ENOMEM},
    KnownError{ERROR_TOO_MANY_OPEN_FILES, EMFILE},
};

bool is_real_folder(DWORD attributes) {
  return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 &&
         (attributes & FILE_ATTRIBUTE_REPARSE_POINT) == 0;
}

int remove_one(const std::wstring& name, DWORD attributes) {
  if ((attributes & FILE_ATTRIBUTE_READONLY) != 0) {
    SetFileAttributesW(name.c_str(), attributes & ~DWORD{FILE_ATTRIBUTE_READONLY});
  }
  const bool is_folder = (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
  const BOOL is_done = is_folder ? RemoveDirectoryW(name.c_str()) : DeleteFileW(name.c_str());
  return is_done != 0 ? 0 : errno_of(GetLastError());
}

/// `name` is in the system's form.
int remove_tree(const std::wstring& name, DWORD attributes) {
  if (!is_real_folder(attributes)) return remove_one(name, attributes);
  WIN32_FIND_DATAW found{};
  const HANDLE search = FindFirstFileW((name + L"\\*").c_str(), &found);
  if (search == INVALID_HANDLE_VALUE) return errno_of(GetLastError());
  int error = 0;
  do {
    const std::wstring_view entry = found.cFileName;
    if (entry == L"." || entry == L"..") continue;
    const int failed = remove_tree(name + L"\\" + found.cFileName, found.dwFileAttributes);
    if (failed != 0) error = failed;
  } while (FindNextFileW(search, &found) != 0);
  FindClose(search);
  return error != 0 ? error : remove_one(name, attributes);
}

}  // namespace

std::wstring system_name(const std::filesystem::path& path) {
  const std::wstring name = std::filesystem::path(path).make_preferred().wstring();
  const bool has_drive = name.size() > 2 && name[1] == L':' && name[2] == L'\\';
  if (has_drive) return L"\\\\?\\" + name;
  const bool is_share = name.starts_with(L"\\\\") && !name.starts_with(L"\\\\?\\");
  return is_share ? L"\\\\?\\UNC" + name.substr(1) : name;
}

int errno_of(DWORD error) {
  const auto* const found =
      std::find_if(known_errors.begin(), known_errors.end(),
                   [&](const KnownError& known) { return known.error == error; });
  return found == known_errors.end() ? EIO : found->number;
}

Descriptor open_shared(const std::filesystem::path& path, DWORD rights, DWORD disposition,
                       DWORD flags, int descriptor_flags) {
  constexpr DWORD everybody = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  Handle handle(CreateFileW(system_name(path).c_str(), rights, everybody, nullptr, disposition,
                            flags | FILE_ATTRIBUTE_NORMAL, nullptr));
  if (!handle) {
    errno = errno_of(GetLastError());
    return {};
  }
  const auto value = reinterpret_cast<std::intptr_t>(handle.get());
  Descriptor descriptor(_open_osfhandle(value, descriptor_flags | _O_BINARY | _O_NOINHERIT));
  if (descriptor) handle.release();
  return descriptor;
}

Descriptor open_to_read(const std::filesystem::path& path, Links links) {
  const DWORD flags = links == Links::refuse ? FILE_FLAG_OPEN_REPARSE_POINT : 0;
  return open_shared(path, GENERIC_READ, OPEN_EXISTING, flags, _O_RDONLY);
}

Descriptor open_to_grow(const std::filesystem::path& path) {
  return open_shared(path, GENERIC_READ | GENERIC_WRITE, OPEN_ALWAYS, FILE_FLAG_OPEN_REPARSE_POINT,
                     _O_RDWR);
}

int sync_content(const Descriptor& file) { return _commit(file.get()) == 0 ? 0 : errno; }

int remove_all(const std::filesystem::path& path) {
  const std::wstring name = system_name(path);
  const DWORD attributes = GetFileAttributesW(name.c_str());
  if (attributes != INVALID_FILE_ATTRIBUTES) return remove_tree(name, attributes);
  const int error = errno_of(GetLastError());
  return error == ENOENT ? 0 : error;
}

std::string this_user() { return "the user that runs this job"; }

}  // namespace disk
