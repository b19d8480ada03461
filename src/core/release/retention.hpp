// SPDX-License-Identifier: MIT
// Decides which releases are deleted, and why the others are kept.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "core/release.hpp"

namespace core {

/// The settings of the command `prune`.
struct Retention {
  enum class Kind { prerelease, draft, any };
  enum class Order { version, date };

  std::uint64_t keep = 0;  ///< how many of the newest releases to keep; by version, for each prefix
  Kind kind = Kind::prerelease;
  /// Patterns without braces, one of which a tag has to match; empty for all tags.
  std::vector<std::string> tags = {};
  Order order = Order::version;
};

struct Pruning {
  struct Spared {
    Release release;
    std::string reason;  ///< "one of the newest 3"
  };

  std::vector<Release> deleted;  ///< the oldest first
  std::vector<Spared> spared;    ///< of the selected kind, the newest first
};

/// Selects among all releases of a repository. Always keeps the stable release with the highest
/// version of each prefix, and the newest stable release by date, because users download them as
/// "the latest". Also keeps drafts that a run may be filling and, with the order `version`,
/// releases without a version.
Pruning choose_pruned(const std::vector<Release>& releases, const Retention& retention,
                      std::chrono::sys_seconds now);

}  // namespace core
