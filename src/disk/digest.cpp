// SPDX-License-Identifier: MIT
#include "disk/digest.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "core/error.hpp"

namespace disk {
namespace {

namespace fs = std::filesystem;

using core::Error;
using core::Fault;

/// A file descriptor that closes itself.
class File {
 public:
  explicit File(const std::string& path)
      : path_(path), handle_(open(path.c_str(), O_RDONLY | O_CLOEXEC)) {
    if (handle_ < 0) fail();
    posix_fadvise(handle_, 0, 0, POSIX_FADV_SEQUENTIAL);
  }
  ~File() { close(handle_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  std::size_t read(char* buffer, std::size_t size) const {
    for (;;) {
      const ssize_t count = ::read(handle_, buffer, size);
      if (count >= 0) return static_cast<std::size_t>(count);
      if (errno != EINTR) fail();
    }
  }

 private:
  [[noreturn]] void fail() const {
    throw Error(Fault::failed, fmt::format("{} cannot be read ({})", path_, std::strerror(errno)));
  }

  std::string path_;
  int handle_ = -1;
};

}  // namespace

struct HashedFile::State {
  core::Digest digest;  ///< empty until a reader came to the end
};

/// Reads the file once, in order, and takes its digest as it goes by.
class HashedFile::Reading {
 public:
  Reading(const std::string& path, std::uint64_t size, std::shared_ptr<State> state)
      : path_(path), file_(path), left_(size), state_(std::move(state)) {
    state_->digest.clear();
  }

  std::size_t read(char* buffer, std::size_t room) {
    if (!state_->digest.empty()) return 0;
    const std::size_t count = file_.read(buffer, room);
    if (count > left_ || (count == 0 && left_ > 0)) changed();
    hash_.update({buffer, count});
    left_ -= count;
    if (left_ == 0) finish();
    return count;
  }

 private:
  void finish() {
    char more = 0;
    if (file_.read(&more, 1) > 0) changed();
    state_->digest = hash_.digest();
  }

  [[noreturn]] void changed() const {
    throw Error(Fault::failed, fmt::format("{} changed while it was being uploaded", path_),
                "Publish it once it is written completely.");
  }

  std::string path_;
  File file_;
  core::Hash hash_;
  std::uint64_t left_;  ///< bytes
  std::shared_ptr<State> state_;
};

HashedFile::HashedFile(std::string path, std::uint64_t size)
    : path_(std::move(path)), size_(size), state_(std::make_shared<State>()) {}

core::Source HashedFile::source() const {
  core::Source source;
  source.size = size_;
  source.open = [path = path_, size = size_, state = state_]() -> core::Reader {
    return [reading = std::make_shared<Reading>(path, size, state)](
               char* buffer, std::size_t room) { return reading->read(buffer, room); };
  };
  return source;
}

core::Digest HashedFile::digest() const {
  return state_->digest.empty() ? digest_of_file(path_) : state_->digest;
}

core::Digest digest_of_file(const std::string& path, core::Algorithm algorithm) {
  const File file(path);
  core::Hash hash(algorithm);
  std::vector<char> buffer(std::size_t{256} * 1024);
  while (const std::size_t count = file.read(buffer.data(), buffer.size())) {
    hash.update({buffer.data(), count});
  }
  return hash.digest();
}

std::string read_text(const std::string& path, const std::string& option) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  // An empty file sets failbit when its buffer is streamed, and is no failure.
  if (file && file.peek() == std::ifstream::traits_type::eof() && !file.bad()) return {};
  if (!file || !(text << file.rdbuf())) {
    throw Error(Fault::workflow,
                fmt::format("{}: {} cannot be read ({})", option, path, std::strerror(errno)),
                "Check the path; it starts at the working directory.");
  }
  return text.str();
}

void write_text(const std::string& path, const std::string& text, const std::string& option) {
  std::error_code error;
  if (fs::is_symlink(path, error) && !fs::exists(path, error)) {
    throw Error(Fault::workflow, fmt::format("{}: {} is a symbolic link to nothing", option, path),
                "Remove it: what it leads to would be made, wherever that is.");
  }
  std::ofstream file(path, std::ios::binary);
  if (!(file << text << std::flush)) {
    throw Error(Fault::workflow,
                fmt::format("{}: {} cannot be written ({})", option, path, std::strerror(errno)),
                "Check the path; it starts at the working directory.");
  }
}

}  // namespace disk
