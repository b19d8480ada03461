// SPDX-License-Identifier: MIT
#include "launcher/fetch/new_folder.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>
#include <vector>

#include "disk/file.hpp"
#include "launcher/fetch/disk_error.hpp"

namespace fetch {
namespace {

using disk::Descriptor;

constexpr int open_folder = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
constexpr int create_file = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
constexpr mode_t plain_mode = 0644;
constexpr mode_t executable_mode = 0755;
constexpr mode_t directory_mode = 0755;

/// The folder of a path; "" for a path without folders.
std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "" : path.substr(0, slash);
}

std::string name_in_folder(const std::string& path) { return path.substr(path.rfind('/') + 1); }

}  // namespace

NewFolder::NewFolder(std::filesystem::path path) : path_(std::move(path)), part_(path_) {
  part_ += ".part";
  above_ = Descriptor(open(path_.parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  if (!above_) fail(errno, "");
  std::error_code error;
  std::filesystem::remove_all(part_, error);
  if (error) fail(error.value(), "");
  const std::string name = part_.filename().string();
  if (mkdirat(above_.get(), name.c_str(), directory_mode) != 0) fail(errno, "");
  root_ = Descriptor(openat(above_.get(), name.c_str(), open_folder));
  if (!root_ || fchmod(root_.get(), directory_mode) != 0) fail(errno, "");
}

NewFolder::~NewFolder() {
  std::error_code ignored;
  if (!committed_ && root_) std::filesystem::remove_all(part_, ignored);
}

void NewFolder::add_directory(const std::string& path) { directory_for(path + "/"); }

void NewFolder::add_file(const std::string& path, bool executable, const Content& content) {
  const std::string name = name_in_folder(path);
  const Descriptor file(openat(directory_for(path), name.c_str(), create_file, plain_mode));
  if (!file) fail(errno, path);
  fill(file.get(), path, content);
  // The mode does not depend on the user's umask.
  const mode_t mode = executable ? executable_mode : plain_mode;
  if (fchmod(file.get(), mode) != 0 || fsync(file.get()) != 0) fail(errno, path);
}

void NewFolder::fill(int file, const std::string& path, const Content& content) const {
  std::vector<char> buffer(disk::block_size);
  while (const std::size_t size = content(buffer.data(), buffer.size())) {
    for (std::size_t written = 0; written < size;) {
      const ssize_t count = write(file, buffer.data() + written, size - written);
      if (count < 0 && errno != EINTR) fail(errno, path);
      if (count > 0) written += static_cast<std::size_t>(count);
    }
  }
}

void NewFolder::add_link(const std::string& path, const std::string& target) {
  const std::string name = name_in_folder(path);
  if (symlinkat(target.c_str(), directory_for(path), name.c_str()) != 0) fail(errno, path);
}

/// The open folder of `path`.
int NewFolder::directory_for(const std::string& path) {
  const std::string folder = folder_of(path);
  if (folder.empty()) return root_.get();
  if (folder != open_path_ || !open_) {
    open_ = open_directory(folder, !directories_.contains(folder));
    open_path_ = folder;
  }
  for (std::string one = folder; !one.empty(); one = folder_of(one)) {
    if (!directories_.insert(one).second) break;
  }
  return open_.get();
}

Descriptor NewFolder::open_directory(const std::string& path, bool create) const {
  Descriptor directory(fcntl(root_.get(), F_DUPFD_CLOEXEC, 0));
  for (std::size_t begin = 0; directory && begin < path.size();) {
    const std::size_t end = std::min(path.find('/', begin), path.size());
    const std::string part = path.substr(begin, end - begin);
    begin = end + 1;
    const bool is_new = create && mkdirat(directory.get(), part.c_str(), directory_mode) == 0;
    if (create && !is_new && errno != EEXIST) fail(errno, path);
    directory = Descriptor(openat(directory.get(), part.c_str(), open_folder));
    if (directory && is_new && fchmod(directory.get(), directory_mode) != 0) fail(errno, path);
  }
  if (!directory) fail(errno, path);
  return directory;
}

void NewFolder::sync_directory(const std::string& path) const {
  const Descriptor directory = open_directory(path, false);
  if (fsync(directory.get()) != 0) fail(errno, path);
}

void NewFolder::commit() {
  for (const std::string& path : directories_) sync_directory(path);
  if (fsync(root_.get()) != 0) fail(errno, "");
  const std::string from = part_.filename().string();
  const std::string to = path_.filename().string();
  if (renameat(above_.get(), from.c_str(), above_.get(), to.c_str()) != 0) fail(errno, "");
  committed_ = true;
  if (fsync(above_.get()) != 0) fail(errno, "");
}

}  // namespace fetch
