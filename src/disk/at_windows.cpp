// SPDX-License-Identifier: MIT
// Windows has no calls that take a directory and a name. But it neither renames nor deletes a directory that is
// open without FILE_SHARE_DELETE, nor one above it: while it is open, its path leads to it.
#include "disk/at.hpp"

#include <io.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <vector>

#include "core/text/path.hpp"
#include "core/text/text.hpp"
#include "disk/open.hpp"
#include "disk/windows.hpp"
// It needs windows.h.
#include <winioctl.h>

namespace disk {
namespace {

constexpr DWORD of_itself = FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT;

int last_error() { return errno_of(GetLastError()); }

/// As the program has it: "C:/w" for `\\?\C:\w` and `\??\C:\w`.
std::string text_of_system_name(std::wstring_view name) {
  for (const std::wstring_view prefix : {L"\\\\?\\", L"\\??\\"}) {
    if (!name.starts_with(prefix)) continue;
    name.remove_prefix(prefix.size());
    if (name.starts_with(L"UNC\\")) return "/" + core::with_slashes(utf8_of(name.substr(3)));
    if (name.starts_with(L"Volume{")) return "//?/" + core::with_slashes(utf8_of(name));
  }
  return core::with_slashes(utf8_of(name));
}

/// Empty if the directory is not open.
std::wstring name_at(const Descriptor& directory, const std::string& name) {
  std::wstring path = directory ? final_path(handle_of(directory)) : std::wstring();
  if (path.empty() || name == ".") return path;
  return path + (path.ends_with(L'\\') ? L"" : L"\\") + wide(name);
}

/// For what is known of a file: this neither needs nor takes a right to its content.
Handle open_for_status(const std::wstring& path, DWORD flags) {
  constexpr DWORD everybody = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  Handle handle(CreateFileW(path.c_str(), FILE_READ_ATTRIBUTES, everybody, nullptr, OPEN_EXISTING,
                            flags, nullptr));
  if (!handle) errno = last_error();
  return handle;
}

Descriptor descriptor_of(Handle handle) {
  if (!handle) return {};
  const auto value = reinterpret_cast<std::intptr_t>(handle.get());
  Descriptor descriptor(_open_osfhandle(value, _O_RDONLY | _O_BINARY | _O_NOINHERIT));
  if (descriptor) handle.release();
  return descriptor;
}

/// Open, so that it stays where it is.
Descriptor open_to_stay(const std::wstring& path, DWORD flags) {
  constexpr DWORD but_no_deleting = FILE_SHARE_READ | FILE_SHARE_WRITE;
  Handle handle(CreateFileW(path.c_str(), FILE_LIST_DIRECTORY | FILE_READ_ATTRIBUTES,
                            but_no_deleting, nullptr, OPEN_EXISTING, flags, nullptr));
  if (!handle) errno = last_error();
  return descriptor_of(std::move(handle));
}

Descriptor only_a_directory(Descriptor opened) {
  if (!opened) return opened;
  const auto status = status_of(opened);
  if (status && status->is_directory()) return opened;
  if (status) errno = ENOTDIR;
  return {};
}

/// The content of a reparse point, which begins with its tag.
std::vector<char> reparse_data(HANDLE handle) {
  std::vector<char> data(MAXIMUM_REPARSE_DATA_BUFFER_SIZE);
  DWORD size = 0;
  const auto room = static_cast<DWORD>(data.size());
  if (DeviceIoControl(handle, FSCTL_GET_REPARSE_POINT, nullptr, 0, data.data(), room, &size,
                      nullptr) == 0) {
    return {};
  }
  data.resize(size);
  return data;
}

template <typename Number>
Number number_in(const std::vector<char>& data, std::size_t at) {
  Number number{};
  if (at + sizeof number <= data.size()) std::memcpy(&number, &data[at], sizeof number);
  return number;
}

Status::Kind kind_of_handle(HANDLE handle, DWORD attributes) {
  if (GetFileType(handle) != FILE_TYPE_DISK) return Status::Kind::device;
  if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0) {
    const auto tag = number_in<DWORD>(reparse_data(handle), 0);
    if (IsReparseTagNameSurrogate(tag)) return Status::Kind::link;
  }
  return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? Status::Kind::directory
                                                      : Status::Kind::file;
}

std::optional<Status> status_of_handle(HANDLE handle) {
  BY_HANDLE_FILE_INFORMATION read{};
  if (GetFileInformationByHandle(handle, &read) == 0) {
    errno = last_error();
    return std::nullopt;
  }
  Status status;
  status.kind = kind_of_handle(handle, read.dwFileAttributes);
  status.device = read.dwVolumeSerialNumber;
  status.inode = (std::uint64_t{read.nFileIndexHigh} << 32) + read.nFileIndexLow;
  return status;
}

/// Other programs, such as scanners for viruses, may have a new file open for a moment.
int renamed(const std::wstring& from, const std::wstring& to, DWORD flags) {
  constexpr int tries = 6;
  DWORD pause = 20;  // ms
  for (int left = tries;; --left, pause *= 2) {
    if (MoveFileExW(from.c_str(), to.c_str(), flags | MOVEFILE_WRITE_THROUGH) != 0) return 0;
    const int error = last_error();
    if (error != EBUSY || left == 0) return error;
    Sleep(pause);
  }
}

}  // namespace

std::wstring link_target_in(const std::vector<char>& data) {
  const auto tag = number_in<DWORD>(data, 0);
  if (tag != IO_REPARSE_TAG_SYMLINK && tag != IO_REPARSE_TAG_MOUNT_POINT) return {};
  const std::size_t texts = tag == IO_REPARSE_TAG_SYMLINK ? 20 : 16;
  const std::size_t begin = texts + number_in<std::uint16_t>(data, 8);
  const std::size_t size = number_in<std::uint16_t>(data, 10);
  if (begin + size > data.size()) return {};
  std::wstring target(size / sizeof(wchar_t), L'\0');
  std::memcpy(target.data(), data.data() + begin, target.size() * sizeof(wchar_t));
  return target;
}

HANDLE handle_of(const Descriptor& open) {
  return open ? reinterpret_cast<HANDLE>(_get_osfhandle(open.get())) : INVALID_HANDLE_VALUE;
}

std::wstring final_path(HANDLE handle) {
  std::wstring path(GetFinalPathNameByHandleW(handle, nullptr, 0, FILE_NAME_NORMALIZED), L'\0');
  const auto size = static_cast<DWORD>(path.size());
  path.resize(GetFinalPathNameByHandleW(handle, path.data(), size, FILE_NAME_NORMALIZED));
  return path;
}

std::optional<Status> status_at(const Descriptor& directory, const std::string& name) {
  const Handle handle = open_for_status(name_at(directory, name), of_itself);
  if (!handle) return std::nullopt;
  return status_of_handle(handle.get());
}

std::optional<Status> status_of(const Descriptor& open) {
  return status_of_handle(handle_of(open));
}

Descriptor open_directory(const std::string& path) {
  const std::wstring name = system_name(core::path_of(path));
  return only_a_directory(open_to_stay(name, FILE_FLAG_BACKUP_SEMANTICS));
}

std::string real_path(const std::string& path) {
  const Handle handle =
      open_for_status(system_name(core::path_of(path)), FILE_FLAG_BACKUP_SEMANTICS);
  return handle ? core::clean_path(text_of_system_name(final_path(handle.get()))) : "";
}

Descriptor open_top(const std::string& root) { return open_directory(root); }

Descriptor open_directory_at(const Descriptor& directory, const std::string& name) {
  Descriptor opened = only_a_directory(open_to_stay(name_at(directory, name), of_itself));
  // The name may be a short one that the system has made.
  const std::string path = opened ? text_of_system_name(final_path(handle_of(opened))) : "";
  if (core::lower(core::last_name_of(path)) != ".git") return opened;
  errno = EACCES;
  return {};
}

Descriptor open_straight(const Descriptor& /*directory*/, const std::string& /*path*/) {
  return {};
}

Descriptor duplicate(const Descriptor& directory) {
  HANDLE copy = nullptr;
  DuplicateHandle(GetCurrentProcess(), handle_of(directory), GetCurrentProcess(), &copy, 0, FALSE,
                  DUPLICATE_SAME_ACCESS);
  return descriptor_of(Handle(copy));
}

Descriptor open_to_list(const Descriptor& directory, const std::string& name) {
  return open_directory_at(directory, name);
}

std::optional<std::string> link_at(const Descriptor& directory, const std::string& name) {
  const Handle handle = open_for_status(name_at(directory, name), of_itself);
  if (!handle) return std::nullopt;
  const std::string target = text_of_system_name(link_target_in(reparse_data(handle.get())));
  if (target.empty()) {
    errno = EACCES;
    return std::nullopt;
  }
  if (!target.starts_with('/') || core::is_absolute_path(target)) return target;
  return core::joined_path(text_of_system_name(final_path(handle_of(directory))), target);
}

bool leads_to_directory(const Descriptor& directory, const std::string& name) {
  const Handle handle = open_for_status(name_at(directory, name), FILE_FLAG_BACKUP_SEMANTICS);
  const auto status = handle ? status_of_handle(handle.get()) : std::nullopt;
  return status && status->is_directory();
}

Descriptor open_to_read_at(const Descriptor& directory, const std::string& name) {
  return open_shared(name_at(directory, name), GENERIC_READ, OPEN_EXISTING,
                     FILE_FLAG_OPEN_REPARSE_POINT, _O_RDONLY);
}

Descriptor create_at(const Descriptor& directory, const std::string& name, unsigned /*mode*/) {
  return open_shared(name_at(directory, name), GENERIC_WRITE, CREATE_NEW,
                     FILE_FLAG_OPEN_REPARSE_POINT, _O_WRONLY);
}

Descriptor open_to_grow_at(const Descriptor& directory, const std::string& name) {
  return open_to_grow(name_at(directory, name));
}

int rename_at(const Descriptor& directory, const std::string& from, const std::string& to) {
  return renamed(name_at(directory, from), name_at(directory, to), MOVEFILE_REPLACE_EXISTING);
}

int rename_as_new_at(const Descriptor& directory, const std::string& from, const std::string& to) {
  return renamed(name_at(directory, from), name_at(directory, to), 0);
}

int remove_at(const Descriptor& directory, const std::string& name) {
  return DeleteFileW(name_at(directory, name).c_str()) != 0 ? 0 : last_error();
}

int make_directory_at(const Descriptor& directory, const std::string& name) {
  return CreateDirectoryW(name_at(directory, name).c_str(), nullptr) != 0 ? 0 : last_error();
}

int take_after(const Descriptor& /*file*/, const Status& /*other*/) { return 0; }

int make_executable_at(const Descriptor& /*directory*/, const std::string& /*name*/) { return 0; }

/// A byte far behind the end, because others cannot read what is locked.
bool lock(int file) {
  OVERLAPPED place{};
  place.OffsetHigh = 0x4000'0000;
  const auto handle = reinterpret_cast<HANDLE>(_get_osfhandle(file));
  constexpr DWORD flags = LOCKFILE_EXCLUSIVE_LOCK | LOCKFILE_FAIL_IMMEDIATELY;
  return LockFileEx(handle, flags, 0, 1, 0, &place) != 0;
}

}  // namespace disk
