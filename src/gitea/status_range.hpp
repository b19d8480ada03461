// SPDX-License-Identifier: MIT
#pragma once

namespace gitea {

/// HTTP statuses from `first` to `last`, both included.
struct StatusRange {
  int first;
  int last;
  constexpr StatusRange(int status) : first(status), last(status) {}
  constexpr StatusRange(int from, int to) : first(from), last(to) {}
  constexpr bool has(int status) const { return first <= status && status <= last; }
};

}  // namespace gitea
