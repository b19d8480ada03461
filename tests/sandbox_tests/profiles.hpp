// SPDX-License-Identifier: MIT
// A difference between servers is a row with a column for each profile.
#pragma once

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <functional>
#include <source_location>
#include <string>

#include "sandbox_tests/sandbox.hpp"

namespace sandbox_tests {

/// Gitea 1.20, 1.22, 1.23, 1.25, 1.26, 1.27, Forgejo 7, 11, 15.
using Row = std::array<std::string, 9>;

/// A new server must show the value in its column.
inline void check(const Row& row, const std::function<std::string(const Sandbox&)>& shown,
                  const std::source_location& where = std::source_location::current()) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    const Sandbox server(all_profiles[i]);
    INFO(all_profiles[i] << " in the row of line " << where.line());
    CHECK(shown(server) == row[i]);
  }
}

/// The older Gitea, 1.26 and later, Forgejo.
inline Row row_of(const std::string& gitea, const std::string& newest, const std::string& forgejo) {
  return {gitea, gitea, gitea, gitea, newest, newest, forgejo, forgejo, forgejo};
}

inline std::string number(const Answer& answer) { return std::to_string(answer.status); }

}  // namespace sandbox_tests
