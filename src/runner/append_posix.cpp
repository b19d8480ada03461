// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "runner/append.hpp"

namespace runner {
namespace {

constexpr mode_t readable_by_all = 0644;

}  // namespace

std::error_code append_to_file(const std::string& file, std::string_view text) {
  // O_NONBLOCK: otherwise opening a pipe without a reader would block.
  const int descriptor =
      open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_NONBLOCK | O_NOCTTY | O_CLOEXEC,
           readable_by_all);
  if (descriptor < 0) return {errno, std::generic_category()};
  fcntl(descriptor, F_SETFL, O_APPEND);
  struct stat before {};
  fstat(descriptor, &before);
  std::error_code error;
  if (!write_all(descriptor, text)) {
    error = {errno, std::generic_category()};
    if (S_ISREG(before.st_mode) && ftruncate(descriptor, before.st_size) != 0) {
      error = {errno, std::generic_category()};
    }
  }
  close(descriptor);
  return error;
}

}  // namespace runner
