// SPDX-License-Identifier: MIT
#include <io.h>

#include <cerrno>
#include <vector>

#include "disk/open.hpp"
#include "disk/windows.hpp"
#include "launcher/file_system.hpp"

namespace launcher {
namespace {

using std::filesystem::path;

bool has_second_name(const disk::Descriptor& file) {
  BY_HANDLE_FILE_INFORMATION status{};
  const auto handle = reinterpret_cast<HANDLE>(_get_osfhandle(file.get()));
  return GetFileInformationByHandle(handle, &status) == 0 || status.nNumberOfLinks != 1;
}

}  // namespace

void FileSystem::copy_attributes(const path& /*from*/, const path& to) { calls_.set_mode(to, 0); }

void FileSystem::copy_file(const path& from, const path& to) {
  const disk::Descriptor source = disk::open_to_read(from, disk::Links::refuse);
  if (!source) throw FileError(errno, from);
  if (has_second_name(source)) refuse_copy(from, "has a second name (a hard link)");
  const disk::Descriptor target = calls_.create(to, 0);
  std::vector<char> block(std::size_t{1} << 20);
  for (;;) {
    const int count = _read(source.get(), block.data(), static_cast<unsigned>(block.size()));
    if (count < 0) throw FileError(errno, from);
    if (count == 0) break;
    calls_.write(target, to, {block.data(), static_cast<std::size_t>(count)});
  }
  copy_attributes(from, to);
  calls_.sync(target, to);
}

}  // namespace launcher
