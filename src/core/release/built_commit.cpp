// SPDX-License-Identifier: MIT
#include "core/release/built_commit.hpp"

#include <fmt/format.h>

#include "core/error.hpp"

namespace core {

std::optional<std::string> check_built_commit(const std::string& tag, const BuiltCommit& built,
                                              const std::string& tagged) {
  if (built.sha.empty() || tagged == built.sha) return std::nullopt;
  if (!built.pushed_this_tag) {
    return fmt::format("the tag {} points to commit {}, but this run was started for commit {}",
                       tag, tagged, built.sha);
  }
  throw Error(
      Fault::failed,
      fmt::format("the tag {} was moved: this run built commit {}, but the tag now points to {}",
                  tag, built.sha, tagged),
      "The run that the new push triggered publishes the release.");
}

}  // namespace core
