// SPDX-License-Identifier: MIT
#include <io.h>

#include <cerrno>

#include "core/text/path.hpp"
#include "disk/file.hpp"
#include "disk/open.hpp"
#include "disk/windows.hpp"

namespace disk {
namespace {

/// In nanoseconds since 1970.
std::int64_t since_1970(const FILETIME& time) {
  constexpr std::int64_t begin = 116'444'736'000'000'000;  // 1970, in steps of 100 ns since 1601
  const std::int64_t steps =
      (std::int64_t{time.dwHighDateTime} << 32) + std::int64_t{time.dwLowDateTime};
  return (steps - begin) * 100;
}

std::uint64_t joined(DWORD high, DWORD low) { return (std::uint64_t{high} << 32) + low; }

}  // namespace

File::File(Descriptor descriptor, std::string path)
    : descriptor_(std::move(descriptor)), path_(std::move(path)) {}

core::FileIdentity File::identity() const {
  BY_HANDLE_FILE_INFORMATION status{};
  const auto handle = reinterpret_cast<HANDLE>(_get_osfhandle(descriptor_.get()));
  if (GetFileInformationByHandle(handle, &status) == 0) {
    errno = errno_of(GetLastError());
    fail();
  }
  core::FileIdentity identity;
  identity.device = status.dwVolumeSerialNumber;
  identity.inode = joined(status.nFileIndexHigh, status.nFileIndexLow);
  identity.links = status.nNumberOfLinks;
  identity.size = joined(status.nFileSizeHigh, status.nFileSizeLow);
  identity.modified = since_1970(status.ftLastWriteTime);
  identity.changed = identity.modified;
  return identity;
}

/// Windows has no files whose size is unknown.
bool File::has_its_size() const { return true; }

File reopen(const std::string& path, const core::FileIdentity& identity) {
  return reopened(open_to_read(core::path_of(path), Links::follow), path, identity);
}

}  // namespace disk
