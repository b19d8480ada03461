// SPDX-License-Identifier: MIT
#include "launcher/fetch/part_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <vector>

#include "disk/file.hpp"
#include "launcher/fetch/disk_error.hpp"

namespace fetch {
namespace {

constexpr std::size_t max_etag = 256;  // bytes

/// "" if the file does not exist or has no ETag.
std::string read_etag(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::string etag(max_etag + 1, '\0');
  file.read(etag.data(), static_cast<std::streamsize>(etag.size()));
  etag.resize(static_cast<std::size_t>(file.gcount()));
  const bool is_plain =
      std::all_of(etag.begin(), etag.end(), [](char c) { return c > ' ' && c < 0x7F; });
  return etag.size() <= max_etag && is_plain ? etag : "";
}

}  // namespace

PartFile::PartFile(const std::filesystem::path& downloads, const core::Digest& digest,
                   std::uint64_t most)
    : path_(downloads / (digest + ".part")), etag_path_(downloads / (digest + ".etag")) {
  constexpr int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  file_ = disk::Descriptor(open(path_.c_str(), flags, 0600));
  if (!file_) fail(errno);
  struct stat status {};
  if (fstat(file_.get(), &status) != 0) fail(errno);
  if (!S_ISREG(status.st_mode) || status.st_nlink != 1) fail(EEXIST);
  etag_ = read_etag(etag_path_);
  take_up(most);
}

void PartFile::take_up(std::uint64_t most) {
  std::vector<char> buffer(disk::block_size);
  for (;;) {
    const ssize_t count = read(file_.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) fail(errno);
    if (count == 0) return;
    hash_.update({buffer.data(), static_cast<std::size_t>(count)});
    size_ += static_cast<std::uint64_t>(count);
    if (size_ > most) return restart();
  }
}

void PartFile::restart() {
  if (ftruncate(file_.get(), 0) != 0 || lseek(file_.get(), 0, SEEK_SET) != 0) fail(errno);
  hash_ = core::Hash();
  size_ = 0;
  keep_etag("");
}

void PartFile::append(std::string_view bytes) {
  hash_.update(bytes);
  size_ += bytes.size();
  while (!bytes.empty()) {
    const ssize_t count = write(file_.get(), bytes.data(), bytes.size());
    if (count < 0 && errno != EINTR) fail(errno);
    if (count > 0) bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

void PartFile::keep_etag(const std::string& etag) {
  if (etag == etag_) return;
  etag_ = etag;
  // Without it, the download is continued without If-Range, and the digest decides.
  std::ofstream(etag_path_, std::ios::binary | std::ios::trunc) << etag;
}

core::Digest PartFile::digest() {
  if (fsync(file_.get()) != 0) fail(errno);
  return hash_.digest();
}

void PartFile::remove() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
  std::filesystem::remove(etag_path_, ignored);
}

void PartFile::fail(int error) const { throw_disk_error(error, path_); }

}  // namespace fetch
