// SPDX-License-Identifier: MIT
#include <fcntl.h>
#include <io.h>
#include <share.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstdio>

#include "core/text/path.hpp"
#include "runner/append.hpp"

namespace runner {
/// In binary mode: runners would take the CR of a line's end for a part of the value.
std::error_code append_to_file(const std::string& file, std::string_view text) {
  constexpr int flags = _O_WRONLY | _O_APPEND | _O_CREAT | _O_BINARY | _O_NOINHERIT;
  const int descriptor =
      _wsopen(core::path_of(file).c_str(), flags, _SH_DENYNO, _S_IREAD | _S_IWRITE);
  if (descriptor < 0) return {errno, std::generic_category()};
  const auto before = _lseeki64(descriptor, 0, SEEK_END);
  std::error_code error;
  if (!write_all(descriptor, text)) {
    error = {errno, std::generic_category()};
    if (_chsize_s(descriptor, before) != 0) error = {errno, std::generic_category()};
  }
  _close(descriptor);
  return error;
}

}  // namespace runner
