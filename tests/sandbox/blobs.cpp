// SPDX-License-Identifier: MIT
#include "blobs.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "digest.hpp"

namespace sandbox {

namespace {

[[noreturn]] void fail(const std::filesystem::path& file) {
  throw std::system_error(errno, std::generic_category(), file.string());
}

bool all_zero(std::string_view bytes) {
  return bytes[0] == 0 && std::memcmp(bytes.data(), bytes.data() + 1, bytes.size() - 1) == 0;
}

}  // namespace

BlobWriter::BlobWriter(std::filesystem::path file)
    : path_(std::move(file)),
      file_(::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)),
      block_(block_size) {
  struct stat status {};
  if (file_ < 0 || ::fstat(file_, &status) != 0) fail(path_);
  is_new_ = status.st_size == 0;
}

BlobWriter::~BlobWriter() {
  ::close(file_);
  if (!kept_) ::unlink(path_.c_str());
}

char* BlobWriter::space(std::size_t& size) {
  size = block_.size() - used_;
  return block_.data() + used_;
}

void BlobWriter::filled(std::size_t size) {
  used_ += size;
  if (used_ == block_.size()) flush();
}

void BlobWriter::append(std::string_view bytes) {
  while (!bytes.empty()) {
    if (used_ == 0 && bytes.size() >= block_.size()) {
      write(bytes.substr(0, block_.size()));
      bytes.remove_prefix(block_.size());
      continue;
    }
    const std::size_t taken = std::min(bytes.size(), block_.size() - used_);
    std::memcpy(block_.data() + used_, bytes.data(), taken);
    bytes.remove_prefix(taken);
    filled(taken);
  }
}

void BlobWriter::flush() {
  if (used_ > 0) write({block_.data(), used_});
  used_ = 0;
}

void BlobWriter::write(std::string_view bytes) {
  std::size_t written = is_new_ && all_zero(bytes) ? bytes.size() : 0;
  while (written < bytes.size()) {
    const ssize_t sent = ::pwrite(file_, bytes.data() + written, bytes.size() - written,
                                  static_cast<off_t>(flushed_ + written));
    if (sent < 0 && errno != EINTR) fail(path_);
    if (sent > 0) written += static_cast<std::size_t>(sent);
  }
  flushed_ += bytes.size();
}

void BlobWriter::keep(const std::filesystem::path& as) {
  flush();
  if (::ftruncate(file_, static_cast<off_t>(flushed_)) != 0) fail(path_);
  std::filesystem::rename(path_, as);
  kept_ = true;
}

Blobs::Blobs(std::filesystem::path directory) : directory_(std::move(directory)) {
  std::filesystem::create_directories(directory_);
}

void Blobs::reuse_room() {
  spare_ = directory_ / "spare";
  std::filesystem::create_directories(spare_);
}

std::unique_ptr<BlobWriter> Blobs::begin() const {
  const std::filesystem::path file = directory_ / ("incoming-" + random_hex(8));
  if (!spare_.empty()) {
    for (const auto& entry : std::filesystem::directory_iterator(spare_)) {
      if (::rename(entry.path().c_str(), file.c_str()) == 0) break;  // else it was taken
    }
  }
  return std::make_unique<BlobWriter>(file);
}

std::filesystem::path Blobs::path(const std::string& uuid) const { return directory_ / uuid; }

void Blobs::remove(const std::string& uuid) const {
  std::error_code ignored;
  if (spare_.empty()) {
    std::filesystem::remove(path(uuid), ignored);
  } else {
    std::filesystem::rename(path(uuid), spare_ / uuid, ignored);
  }
}

std::shared_ptr<OpenFile> Blobs::open(const std::string& uuid) const {
  const int descriptor = ::open(path(uuid).c_str(), O_RDONLY | O_CLOEXEC);
  return descriptor < 0 ? nullptr : std::make_shared<OpenFile>(descriptor);
}

}  // namespace sandbox
