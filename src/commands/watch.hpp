// SPDX-License-Identifier: MIT
#pragma once

#include <chrono>
#include <optional>

#include "core/release/memory.hpp"

namespace commands {

/// A server turns a marked draft public by itself where its table did not know the tag when the
/// draft was made: a push writes the tag's row 0.1 to 3.5 s later, and publishes a draft of that
/// tag as it does so (Gitea 1.22 to 1.27). Moving a tag does the same. It happens once; until then,
/// for 10 s at most, a run watches for it.
class Watch {
 public:
  /// A look at the release: the first one at a marked draft decides whether there is anything to
  /// watch for. A branch as its target says that the table did not know the tag.
  void note(const core::Observed& look, const core::Memory& memory);

  /// The tag was moved and the draft begun anew; `happened`: it has been public already.
  void start_over(bool happened);

  void ended() { happened_ = true; }  ///< the draft was turned public, and put back
  bool on() const;
  std::chrono::steady_clock::duration left() const;

 private:
  bool decided_ = false;
  bool happened_ = false;
  std::optional<std::chrono::steady_clock::time_point> until_;
};

}  // namespace commands
