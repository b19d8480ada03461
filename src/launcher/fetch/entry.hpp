// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <string>

namespace fetch {

enum class EntryKind { file, directory, link, hard_link, special };

/// An entry of an archive, exactly as the archive describes it.
struct Entry {
  std::string name;  ///< a path; directories may end with `/`
  EntryKind kind = EntryKind::file;
  std::string target;      ///< of a link
  std::uint64_t size = 0;  ///< bytes
  bool executable = false;
  bool encrypted = false;
};

}  // namespace fetch
