// SPDX-License-Identifier: MIT
#include "launcher/fetch/new_folder.hpp"

#include "core/text/path.hpp"
#include "launcher/fetch/disk_error.hpp"

namespace fetch {

void NewFolder::add_text(const std::string& path, std::string_view text) {
  add_file(path, false, [&](char* buffer, std::size_t size) {
    const std::size_t count = text.copy(buffer, size);
    text.remove_prefix(count);
    return count;
  });
}

void NewFolder::fail(int error, const std::string& path) const {
  throw_disk_error(error, path.empty() ? part_ : part_ / core::path_of(path));
}

}  // namespace fetch
