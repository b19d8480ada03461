// SPDX-License-Identifier: MIT
#include "disk/digest.hpp"

#include <vector>

#include "disk/file.hpp"

namespace disk {

core::Digest digest_of_file(const std::string& path, const core::FileIdentity& identity,
                            core::Algorithm algorithm) {
  const File file = reopen(path, identity);
  core::Hash hash(algorithm);
  std::vector<char> buffer(block_size);
  while (const std::size_t count = file.read(buffer.data(), buffer.size())) {
    hash.update({buffer.data(), count});
  }
  if (!is_unchanged(identity, file.identity())) changed(path, "while it was being read");
  return hash.digest();
}

}  // namespace disk
