// SPDX-License-Identifier: MIT
// NTFS writes the changes to folders in their order, and MOVEFILE_WRITE_THROUGH waits for that of a rename, so
// that folders need no sync. Rights come from the folder above.
#include <fcntl.h>
#include <io.h>

#include <algorithm>
#include <cerrno>
#include <limits>

#include "disk/descriptor.hpp"
#include "disk/windows.hpp"
#include "launcher/system_calls.hpp"

namespace launcher::system_calls {
namespace {

constexpr std::size_t most_at_once = std::numeric_limits<int>::max();

int result_of(BOOL is_done) {
  if (is_done != 0) return 0;
  errno = disk::errno_of(GetLastError());
  return -1;
}

}  // namespace

int open_to_write(Where path, Begin begin, unsigned /*mode*/) {
  const bool is_empty = begin == Begin::empty;
  return disk::open_shared(path, is_empty ? GENERIC_WRITE : FILE_APPEND_DATA,
                           is_empty ? CREATE_ALWAYS : OPEN_ALWAYS, FILE_FLAG_OPEN_REPARSE_POINT,
                           _O_WRONLY | (is_empty ? 0 : _O_APPEND))
      .release();
}

int write(int file, const char* bytes, std::size_t size) {
  return _write(file, bytes, static_cast<unsigned>(std::min(size, most_at_once)));
}

int read(int file, char* buffer, std::size_t size) {
  return _read(file, buffer, static_cast<unsigned>(std::min(size, most_at_once)));
}

int sync(int file) { return _commit(file); }

int sync_folder(Where path) {
  return result_of(GetFileAttributesW(disk::system_name(path).c_str()) != INVALID_FILE_ATTRIBUTES);
}

int rename(Where from, Where to) {
  return result_of(MoveFileExW(disk::system_name(from).c_str(), disk::system_name(to).c_str(),
                               MOVEFILE_REPLACE_EXISTING | MOVEFILE_WRITE_THROUGH));
}

int make_folder(Where path, unsigned /*mode*/) {
  return result_of(CreateDirectoryW(disk::system_name(path).c_str(), nullptr));
}

int remove_file(Where path) {
  const std::wstring name = disk::system_name(path);
  const DWORD attributes = GetFileAttributesW(name.c_str());
  if (attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_READONLY) != 0) {
    SetFileAttributesW(name.c_str(), attributes & ~DWORD{FILE_ATTRIBUTE_READONLY});
  }
  // A link to a folder is a folder to Windows.
  const bool is_folder =
      attributes != INVALID_FILE_ATTRIBUTES && (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0;
  return result_of(is_folder ? RemoveDirectoryW(name.c_str()) : DeleteFileW(name.c_str()));
}

int remove_folder(Where path) {
  return result_of(RemoveDirectoryW(disk::system_name(path).c_str()));
}

int set_mode(Where /*path*/, unsigned /*mode*/) { return 0; }
int set_owner(Where /*path*/, unsigned /*user*/, unsigned /*group*/) { return 0; }

int attributes_of(Where /*path*/, Attributes& attributes) {
  attributes = {};
  return 0;
}

int attributes_of(int file, Attributes& attributes) {
  BY_HANDLE_FILE_INFORMATION status{};
  const auto handle = reinterpret_cast<HANDLE>(_get_osfhandle(file));
  const int result = result_of(GetFileInformationByHandle(handle, &status));
  if (result == 0) attributes.names = status.nNumberOfLinks;
  return result;
}

bool may_set_owner() { return false; }

/// A folder cannot be renamed while a file in it is open: that is an access that is denied.
bool is_passing(int error) { return error == EBUSY || error == EACCES; }

}  // namespace launcher::system_calls
