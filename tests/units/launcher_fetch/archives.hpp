// SPDX-License-Identifier: MIT
// Archives for tests, written byte by byte, so that they can be as wrong as any.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace archives {

/// An entry of an archive; the defaults are those of an ordinary file.
struct Item {
  std::string name;
  std::string content = "x";
  char type = '0';  ///< of tar: 0 file, 1 hard link, 2 symbolic link, 3 device, 5 folder, 6 FIFO
  std::string target = {};  ///< of a link
  unsigned mode = 0644;
  std::uint64_t size = UINT64_MAX;  ///< as declared, if not that of `content`
  bool encrypted = false;           ///< zip only
};

/// A file, a folder and a link.
Item file(const std::string& name, const std::string& content = "x");
Item folder(const std::string& name);
Item link_to(const std::string& name, const std::string& target);

/// In GNU's format, long names included, compressed by gzip (without compression).
std::string tar_gz(const std::vector<Item>& items);

/// Without compression. Names have the flag for UTF-8.
std::string zip(const std::vector<Item>& items);

}  // namespace archives
