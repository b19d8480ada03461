// SPDX-License-Identifier: MIT
#include "disk/entries.hpp"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <string_view>
#include <utility>

#include "core/text/text.hpp"

namespace disk {
namespace {

Entry::Kind kind_of(int directory, const dirent& entry) {
  switch (entry.d_type) {
    case DT_REG:
      return Entry::Kind::file;
    case DT_DIR:
      return Entry::Kind::directory;
    case DT_LNK:
      return Entry::Kind::link;
    case DT_UNKNOWN:
      break;
    default:
      return Entry::Kind::other;
  }
  struct stat status {};
  if (fstatat(directory, entry.d_name, &status, AT_SYMLINK_NOFOLLOW) != 0)
    return Entry::Kind::other;
  if (S_ISLNK(status.st_mode)) return Entry::Kind::link;
  if (S_ISDIR(status.st_mode)) return Entry::Kind::directory;
  return S_ISREG(status.st_mode) ? Entry::Kind::file : Entry::Kind::other;
}

}  // namespace

bool read_entries(Descriptor descriptor, std::vector<Entry>& entries) {
  const std::unique_ptr<DIR, int (*)(DIR*)> directory(fdopendir(descriptor.get()), closedir);
  if (!directory) return false;
  descriptor.release();  // `directory` owns it now
  errno = 0;
  while (const dirent* entry = readdir(directory.get())) {
    const std::string_view name = entry->d_name;
    if (name != "." && name != ".." && core::lower(name) != ".git") {
      entries.push_back({entry->d_name, kind_of(dirfd(directory.get()), *entry)});
    }
    errno = 0;
  }
  if (errno != 0) return false;
  std::sort(entries.begin(), entries.end(),
            [](const Entry& a, const Entry& b) { return a.name < b.name; });
  return true;
}

}  // namespace disk
