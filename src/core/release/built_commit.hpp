// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>

namespace core {

/// What a run has checked out.
struct BuiltCommit {
  std::string sha;               ///< "" where it does not matter
  bool pushed_this_tag = false;  ///< the push of the tag has started the run
};

/// Compares that with the commit of the tag. Returns a warning where they differ; throws Error
/// (failed) where a later push of the tag has overtaken this run.
std::optional<std::string> check_built_commit(const std::string& tag, const BuiltCommit& built,
                                              const std::string& tagged);

}  // namespace core
