// SPDX-License-Identifier: MIT
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "body.hpp"
#include "http_message.hpp"
#include "json.hpp"

namespace sandbox {

/// Where a token was received besides the one header that it belongs into. Never forgotten.
class Leaks {
 public:
  /// Looks at a request's head now, and at its body as it is read. What is looked for is the token
  /// that the request carries; where it carries none, all of `tokens`.
  void watch(const Request& request, Body& body, const std::vector<std::string>& tokens);
  Json show() const;

 private:
  void note(const std::string& what);

  mutable std::mutex mutex_;
  std::vector<std::string> found_;
};

}  // namespace sandbox
