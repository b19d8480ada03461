// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <utility>

#include "core/error.hpp"
#include "core/text/system_error.hpp"
#include "disk/file.hpp"
#include "launcher/reads.hpp"

namespace launcher {
namespace {

[[noreturn]] void cannot_read(const std::filesystem::path& path, int error) {
  throw core::error_of(std::error_code(error, std::generic_category()), path.string());
}

/// An empty descriptor if no regular file is there.
disk::Descriptor open_to_read(const std::filesystem::path& path) {
  constexpr int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  disk::Descriptor file(open(path.c_str(), flags));
  if (!file) {
    if (errno == ENOENT || errno == ENOTDIR || errno == ELOOP) return {};
    cannot_read(path, errno);
  }
  struct stat status {};
  if (fstat(file.get(), &status) != 0) cannot_read(path, errno);
  return S_ISREG(status.st_mode) ? std::move(file) : disk::Descriptor();
}

std::string rest_of(disk::Descriptor file, const std::filesystem::path& path, std::uint64_t limit) {
  auto text = disk::File(std::move(file), path.string()).read_all(limit);
  if (text) return std::move(*text);
  throw core::Error(core::Fault::failed,
                    fmt::format("{} has more than {} bytes", path.string(), limit));
}

}  // namespace

Entry entry_at(const std::filesystem::path& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0) return Entry::absent;
  if (S_ISREG(status.st_mode)) return Entry::file;
  if (S_ISDIR(status.st_mode)) return Entry::folder;
  return S_ISLNK(status.st_mode) ? Entry::link : Entry::other;
}

std::optional<std::string> text_of(const std::filesystem::path& path, std::uint64_t limit) {
  disk::Descriptor file = open_to_read(path);
  if (!file) return std::nullopt;
  return rest_of(std::move(file), path, limit);
}

std::string end_of(const std::filesystem::path& path, std::uint64_t limit) {
  disk::Descriptor file = open_to_read(path);
  if (!file) return {};
  const off_t size = lseek(file.get(), 0, SEEK_END);
  lseek(file.get(), std::max<off_t>(0, size - static_cast<off_t>(limit)), SEEK_SET);
  constexpr std::uint64_t slack = 1 << 20;  // it may grow meanwhile
  return rest_of(std::move(file), path, limit + slack);
}

std::uint64_t size_of(const std::filesystem::path& path) {
  struct stat status {};
  if (lstat(path.c_str(), &status) != 0 || !S_ISREG(status.st_mode)) return 0;
  return static_cast<std::uint64_t>(status.st_size);
}

bool is_same_file_system(const std::filesystem::path& one, const std::filesystem::path& other) {
  struct stat first {};
  struct stat second {};
  return lstat(one.c_str(), &first) == 0 && lstat(other.c_str(), &second) == 0 &&
         first.st_dev == second.st_dev;
}

std::vector<std::string> names_in(const std::filesystem::path& folder) {
  std::vector<std::string> names;
  std::error_code failed;
  for (std::filesystem::directory_iterator at(folder, failed), end; !failed && at != end;
       at.increment(failed)) {
    names.push_back(at->path().filename().string());
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::filesystem::path own_executable() {
  std::error_code failed;
  auto path = std::filesystem::read_symlink("/proc/self/exe", failed);
  if (failed) throw core::error_of(failed, "/proc/self/exe");
  return path;
}

}  // namespace launcher
