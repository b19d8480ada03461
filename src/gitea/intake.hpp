// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "gitea/exchange.hpp"
#include "gitea/traffic.hpp"

namespace gitea {

/// Takes the body of an answer in, piece by piece, and says so in `traffic`.
class Intake {
 public:
  static constexpr std::size_t limit = std::size_t{8} << 20;  ///< bytes, where there is no sink

  Intake(const Request& request, Traffic& traffic) : request_(request), traffic_(traffic) {}

  /// The head of the answer is there.
  void begin(int status) {
    if (request_.sink && status >= 200 && status < 300) sink_ = request_.sink();
  }

  /// false: no more of it is wanted.
  bool take(std::string_view bytes) {
    traffic_.phase = Traffic::Phase::receiving;
    traffic_.moved_at = now_ms();
    if (sink_) {
      has_enough_ = !sink_(bytes);
      return !has_enough_;
    }
    is_too_large_ = body_.size() + bytes.size() > limit;
    if (!is_too_large_) body_ += bytes;
    return !is_too_large_;
  }

  bool has_enough() const { return has_enough_; }  ///< the sink wanted no more
  bool is_too_large() const { return is_too_large_; }
  const std::string& body() const { return body_; }

 private:
  const Request& request_;
  Traffic& traffic_;
  Sink sink_;
  std::string body_;
  bool has_enough_ = false;
  bool is_too_large_ = false;
};

}  // namespace gitea
