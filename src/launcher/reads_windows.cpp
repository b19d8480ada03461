// SPDX-License-Identifier: MIT
#include <fmt/format.h>
#include <io.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "core/error.hpp"
#include "core/text/path.hpp"
#include "core/text/system_error.hpp"
#include "disk/file.hpp"
#include "disk/open.hpp"
#include "disk/windows.hpp"
#include "launcher/reads.hpp"

namespace launcher {
namespace {

using std::filesystem::path;

[[noreturn]] void cannot_read(const path& where, int error) {
  throw core::error_of(std::error_code(error, std::generic_category()), where.string());
}

/// An empty descriptor if no regular file is there.
disk::Descriptor open_to_read(const path& where) {
  if (entry_at(where) != Entry::file) return {};
  disk::Descriptor file = disk::open_to_read(where, disk::Links::refuse);
  if (!file && errno != ENOENT) cannot_read(where, errno);
  return file;
}

std::string rest_of(disk::Descriptor file, const path& where, std::uint64_t limit) {
  auto text = disk::File(std::move(file), where.string()).read_all(limit);
  if (text) return std::move(*text);
  throw core::Error(core::Fault::failed,
                    fmt::format("{} has more than {} bytes", where.string(), limit));
}

/// The number of the volume that contains the folder; nullopt if it cannot be opened.
std::optional<DWORD> volume_of(const path& folder) {
  constexpr DWORD everybody = FILE_SHARE_READ | FILE_SHARE_WRITE | FILE_SHARE_DELETE;
  const disk::Handle handle(CreateFileW(
      disk::system_name(folder).c_str(), FILE_READ_ATTRIBUTES, everybody, nullptr, OPEN_EXISTING,
      FILE_FLAG_BACKUP_SEMANTICS | FILE_FLAG_OPEN_REPARSE_POINT, nullptr));
  BY_HANDLE_FILE_INFORMATION status{};
  if (!handle || GetFileInformationByHandle(handle.get(), &status) == 0) return std::nullopt;
  return status.dwVolumeSerialNumber;
}

/// Without the mark of the system's own form of a name.
std::wstring without_mark(const std::wstring& name) {
  constexpr std::wstring_view share = L"\\\\?\\UNC\\";
  constexpr std::wstring_view mark = L"\\\\?\\";
  if (name.starts_with(share)) return L"\\\\" + name.substr(share.size());
  return name.starts_with(mark) ? name.substr(mark.size()) : name;
}

}  // namespace

Entry entry_at(const path& where) {
  const DWORD attributes = GetFileAttributesW(disk::system_name(where).c_str());
  if (attributes == INVALID_FILE_ATTRIBUTES) return Entry::absent;
  if ((attributes & FILE_ATTRIBUTE_REPARSE_POINT) != 0) return Entry::link;
  return (attributes & FILE_ATTRIBUTE_DIRECTORY) != 0 ? Entry::folder : Entry::file;
}

std::optional<std::string> text_of(const path& where, std::uint64_t limit) {
  disk::Descriptor file = open_to_read(where);
  if (!file) return std::nullopt;
  return rest_of(std::move(file), where, limit);
}

std::string end_of(const path& where, std::uint64_t limit) {
  disk::Descriptor file = open_to_read(where);
  if (!file) return {};
  const std::int64_t size = _lseeki64(file.get(), 0, SEEK_END);
  _lseeki64(file.get(), std::max<std::int64_t>(0, size - static_cast<std::int64_t>(limit)),
            SEEK_SET);
  constexpr std::uint64_t slack = 1 << 20;  // it may grow meanwhile
  return rest_of(std::move(file), where, limit + slack);
}

std::uint64_t size_of(const path& where) {
  WIN32_FILE_ATTRIBUTE_DATA data{};
  const std::wstring name = disk::system_name(where);
  if (entry_at(where) != Entry::file ||
      GetFileAttributesExW(name.c_str(), GetFileExInfoStandard, &data) == 0) {
    return 0;
  }
  return (std::uint64_t{data.nFileSizeHigh} << 32) + data.nFileSizeLow;
}

bool is_same_file_system(const path& one, const path& other) {
  const auto first = volume_of(one);
  return first && first == volume_of(other);
}

std::vector<std::string> names_in(const path& folder) {
  std::vector<std::string> names;
  WIN32_FIND_DATAW found{};
  const HANDLE search = FindFirstFileW((disk::system_name(folder) + L"\\*").c_str(), &found);
  if (search == INVALID_HANDLE_VALUE) return names;
  do {
    const std::wstring_view name = found.cFileName;
    if (name != L"." && name != L"..") names.push_back(disk::utf8_of(name));
  } while (FindNextFileW(search, &found) != 0);
  FindClose(search);
  std::sort(names.begin(), names.end());
  return names;
}

path own_executable() {
  constexpr DWORD longest = 32768;  // characters
  std::wstring name(longest, L'\0');
  name.resize(GetModuleFileNameW(nullptr, name.data(), longest));
  const disk::Handle file(CreateFileW(disk::system_name(name).c_str(), FILE_READ_ATTRIBUTES,
                                      FILE_SHARE_READ | FILE_SHARE_DELETE, nullptr, OPEN_EXISTING,
                                      0, nullptr));
  if (!file) return name;
  std::wstring resolved(longest, L'\0');
  const DWORD size = GetFinalPathNameByHandleW(file.get(), resolved.data(), longest, 0);
  if (size == 0 || size >= longest) return name;
  resolved.resize(size);
  return without_mark(resolved);
}

}  // namespace launcher
