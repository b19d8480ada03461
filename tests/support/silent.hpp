// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace support {

/// A server that takes connections and never says a word: a run that asks it waits.
class Silent {
 public:
  Silent();
  ~Silent();
  Silent(const Silent&) = delete;
  Silent& operator=(const Silent&) = delete;

  const std::string& url() const { return url_; }
  /// Returns once somebody has connected; throws where nobody does.
  void wait_for_client();

 private:
  int listener_ = -1;
  int client_ = -1;
  std::string url_;
};

}  // namespace support
