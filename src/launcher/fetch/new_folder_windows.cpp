// SPDX-License-Identifier: MIT
// The folder is made here, and only real folders are made in it, so that no path in it can lead elsewhere.
// Windows writes the changes to folders in their order; only the content of files has to be synced.
#include <fcntl.h>
#include <io.h>

#include <algorithm>
#include <cerrno>
#include <vector>

#include "core/text/path.hpp"
#include "disk/file.hpp"
#include "disk/open.hpp"
#include "disk/windows.hpp"
#include "launcher/fetch/disk_error.hpp"
#include "launcher/fetch/entry_rules.hpp"
#include "launcher/fetch/new_folder.hpp"

namespace fetch {
namespace {

using disk::Descriptor;

int make_directory(const std::filesystem::path& path) {
  const bool is_made = CreateDirectoryW(disk::system_name(path).c_str(), nullptr) != 0;
  return is_made ? 0 : disk::errno_of(GetLastError());
}

}  // namespace

NewFolder::NewFolder(std::filesystem::path path) : path_(std::move(path)), part_(path_) {
  part_ += ".part";
  if (const int error = disk::remove_all(part_); error != 0) fail(error, "");
  if (const int error = make_directory(part_); error != 0) fail(error, "");
}

NewFolder::~NewFolder() {
  if (!committed_) disk::remove_all(part_);
}

void NewFolder::add_directory(const std::string& path) { directory_for(path + "/"); }

/// Makes the folders of the path.
int NewFolder::directory_for(const std::string& path) {
  for (std::size_t slash = path.find('/'); slash != std::string::npos;
       slash = path.find('/', slash + 1)) {
    const std::string folder = path.substr(0, slash);
    if (!directories_.insert(folder).second) continue;
    const int error = make_directory(part_ / core::path_of(folder));
    if (error != 0) fail(error, folder);
  }
  return 0;
}

void NewFolder::add_file(const std::string& path, bool /*executable*/, const Content& content) {
  directory_for(path);
  const Descriptor file = disk::open_shared(part_ / core::path_of(path), GENERIC_WRITE, CREATE_NEW,
                                            FILE_FLAG_OPEN_REPARSE_POINT, _O_WRONLY);
  if (!file) fail(errno, path);
  fill(file.get(), path, content);
  if (const int error = disk::sync_content(file); error != 0) fail(error, path);
}

void NewFolder::fill(int file, const std::string& path, const Content& content) const {
  std::vector<char> buffer(disk::block_size);
  while (const std::size_t size = content(buffer.data(), buffer.size())) {
    for (std::size_t written = 0; written < size;) {
      const int count =
          _write(file, buffer.data() + written, static_cast<unsigned>(size - written));
      if (count < 0) fail(errno, path);
      written += static_cast<std::size_t>(count);
    }
  }
}

void NewFolder::add_link(const std::string& path, const std::string& /*target*/) {
  refuse_entry(path, "is a symbolic link, which Windows lets only administrators make");
}

void NewFolder::commit() {
  const BOOL is_done = MoveFileExW(disk::system_name(part_).c_str(),
                                   disk::system_name(path_).c_str(), MOVEFILE_WRITE_THROUGH);
  if (is_done == 0) fail(disk::errno_of(GetLastError()), "");
  committed_ = true;
}

}  // namespace fetch
