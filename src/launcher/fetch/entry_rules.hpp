// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <unordered_map>

#include "launcher/fetch/entry.hpp"

namespace fetch {

inline constexpr std::size_t max_entries = 200'000;
/// How many times larger than the archive its content may be.
inline constexpr std::uint64_t max_expansion = 20;
/// Small archives of text may expand more: this many bytes are always allowed.
inline constexpr std::uint64_t free_expansion = std::uint64_t{1} << 20;

/// Checks the entries of an archive one after the other.
class EntryRules {
 public:
  /// `announced`: bytes of the archive.
  explicit EntryRules(std::uint64_t announced);

  /// Returns the path of the entry without a `/` at its end. Throws FetchError (refused) that names the
  /// entry, if it must not be unpacked after those before it.
  std::string admit(const Entry& entry);

 private:
  struct Seen {
    std::string path;
    EntryKind kind = EntryKind::directory;
    bool implied = false;  ///< a directory that has no entry yet
  };

  std::string fault_of(const Entry& entry, const std::string& path);
  std::string fault_of_parents(const std::string& path);
  std::string fault_of_place(const Entry& entry, const std::string& path);

  std::uint64_t bytes_left_;
  std::size_t entries_ = 0;
  std::unordered_map<std::string, Seen> seen_;  ///< key: path, case folded
};

/// Throws FetchError (refused): the entry `name`, and what is wrong with it.
[[noreturn]] void refuse_entry(const std::string& name, const std::string& fault);

}  // namespace fetch
