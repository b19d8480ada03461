// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "gitea/exchange.hpp"
#include "gitea/traffic.hpp"

namespace gitea {

/// Receives the body of a response piece by piece, and records the progress in `traffic`.
class Intake {
 public:
  static constexpr std::size_t limit = std::size_t{8} << 20;  ///< bytes, if there is no sink

  Intake(const Request& request, Traffic& traffic) : request_(request), traffic_(traffic) {}

  /// The head of the response has arrived. A part that begins at another place than requested goes into
  /// no sink.
  void begin(int status, std::string_view content_range, std::string_view etag) {
    if (!request_.sink || status < 200 || status >= 300) return;
    constexpr int partial = 206;
    if (request_.resume != nullptr) {
      const std::string begin = fmt::format("bytes {}-", request_.resume->offset);
      request_.resume->continued = status == partial && content_range.starts_with(begin);
      if (status == partial && !request_.resume->continued) return;
      // A weak one does not promise the same bytes.
      request_.resume->validator = etag.starts_with("W/") ? "" : etag;
    }
    sink_ = request_.sink();
  }

  /// Returns false to stop the transfer.
  bool take(std::string_view bytes) {
    traffic_.phase = Traffic::Phase::receiving;
    traffic_.moved_at = now_ms();
    traffic_.received += bytes.size();
    if (sink_) {
      has_enough_ = !sink_(bytes);
      return !has_enough_;
    }
    is_too_large_ = body_.size() + bytes.size() > limit;
    if (!is_too_large_) body_ += bytes;
    return !is_too_large_;
  }

  bool has_enough() const { return has_enough_; }  ///< the sink stopped the transfer
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
