// SPDX-License-Identifier: MIT
#include "support/source_copy.hpp"

#include <set>
#include <string>

namespace support {

namespace fs = std::filesystem;

void copy_source(const fs::path& directory) {
  const fs::path source = GITEA_RELEASE_SOURCE;
  const std::set<std::string> built = {".git", "build", "dist", ".deps"};
  fs::create_directories(directory);
  for (const auto& entry : fs::directory_iterator(source)) {
    const fs::path name = entry.path().filename();
    if (!built.contains(name)) fs::copy(entry, directory / name, fs::copy_options::recursive);
  }
  fs::create_symlink(source / ".deps", directory / ".deps");
}

}  // namespace support
