// SPDX-License-Identifier: MIT
#include "launcher/fetch/part_file.hpp"

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <system_error>
#include <utility>

#include "disk/open.hpp"
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
  disk::Descriptor file = disk::open_to_grow(path_);
  if (!file) throw_disk_error(errno, path_);
  content_ = disk::GrowingFile(std::move(file));
  check(content_.check());
  etag_ = read_etag(etag_path_);
  check(content_.take_up(most));
  if (content_.size() == 0) keep_etag("");
}

void PartFile::restart() {
  check(content_.restart());
  keep_etag("");
}

void PartFile::append(std::string_view bytes) { check(content_.append(bytes)); }

void PartFile::keep_etag(const std::string& etag) {
  if (etag == etag_) return;
  etag_ = etag;
  // Without it, the download is continued without If-Range, and the digest decides.
  std::ofstream(etag_path_, std::ios::binary | std::ios::trunc) << etag;
}

core::Digest PartFile::digest() {
  check(content_.sync());
  return content_.digest();
}

void PartFile::remove() {
  std::error_code ignored;
  std::filesystem::remove(path_, ignored);
  std::filesystem::remove(etag_path_, ignored);
}

void PartFile::check(int error) const {
  if (error != 0) throw_disk_error(error, path_);
}

}  // namespace fetch
