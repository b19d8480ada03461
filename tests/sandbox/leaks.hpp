// SPDX-License-Identifier: MIT
#pragma once

#include <mutex>
#include <string>
#include <vector>

#include "body.hpp"
#include "http_message.hpp"
#include "json.hpp"

namespace sandbox {

/// Where a token was received outside of the one header that it belongs to. Never forgotten.
class Leaks {
 public:
  /// Checks a request's header now, and its body as it is read. It searches for the token that the
  /// request carries, or for all of `tokens` if there is none.
  void watch(const Request& request, Body& body, const std::vector<std::string>& tokens);
  Json show() const;

 private:
  void note(const std::string& what);

  mutable std::mutex mutex_;
  std::vector<std::string> found_;
};

}  // namespace sandbox
