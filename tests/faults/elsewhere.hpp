// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace faults {

/// Another host, as a redirect names it: somebody who listens, and whom nobody may visit.
class Elsewhere {
 public:
  Elsewhere();
  ~Elsewhere();
  Elsewhere(const Elsewhere&) = delete;
  Elsewhere& operator=(const Elsewhere&) = delete;

  std::string url() const;
  /// Whether somebody has connected since the last question.
  bool was_visited();

 private:
  int listener_ = -1;
};

}  // namespace faults
