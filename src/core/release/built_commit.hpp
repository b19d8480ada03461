// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace core {

/// The commit that a run has checked out.
struct BuiltCommit {
  std::string sha;               ///< "" if it does not matter
  bool pushed_this_tag = false;  ///< the push of the tag triggered the run
};

/// Compares it with the commit of the tag. Returns a warning if they differ; throws Error (failed)
/// if the tag was moved after this run was triggered.
std::optional<std::string> check_built_commit(const std::string& tag, const BuiltCommit& built,
                                              const std::string& tagged);

}  // namespace core
