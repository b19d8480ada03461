// SPDX-License-Identifier: MIT
// Assets and records for tests of the notes.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "core/release/notes.hpp"

namespace notes_tests {

inline const std::string commit = "0123456789abcdef0123456789abcdef01234567";
inline const core::Digest digest(64, 'a');

inline core::Asset asset(std::uint64_t id, std::uint64_t size = 1) {
  core::Asset result;
  result.id = id;
  result.size = size;
  result.uuid = "deadbeef-0000";
  return result;
}

inline core::Record record_of(const std::vector<core::Asset>& assets) {
  core::Record record;
  for (const core::Asset& one : assets) record.emplace(one.id, core::record_entry(one, digest));
  return record;
}

}  // namespace notes_tests
