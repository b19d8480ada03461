// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace faults {

/// Another host, the target of redirects: it listens, and no run may connect to it.
class OtherHost {
 public:
  OtherHost();
  ~OtherHost();
  OtherHost(const OtherHost&) = delete;
  OtherHost& operator=(const OtherHost&) = delete;

  std::string url() const;
  /// Whether a client has connected since the last call.
  bool was_visited();

 private:
  int listener_ = -1;
};

}  // namespace faults
