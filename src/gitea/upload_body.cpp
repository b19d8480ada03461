// SPDX-License-Identifier: MIT
#include "gitea/upload_body.hpp"

#include <algorithm>

namespace gitea {
namespace {

constexpr std::size_t chunk_size = std::size_t{256} * 1024;  // measured: smaller ones cost time

}  // namespace

UploadBody::UploadBody(const core::Source& source, Traffic& traffic)
    : buffer_(chunk_size), read_(source.open()), traffic_(traffic) {}

bool UploadBody::provide(std::size_t length,
                         const std::function<void(const char*, std::size_t)>& write) {
  begun_ = true;
  std::size_t count = 0;
  try {
    count = read_(buffer_.data(), std::min(length, buffer_.size()));
  } catch (...) {
    failed_ = std::current_exception();
    return false;
  }
  write(buffer_.data(), count);
  traffic_.sent += count;
  traffic_.moved_at = now_ms();
  if (count == length) traffic_.phase = Traffic::Phase::waiting;
  return count > 0;
}

void UploadBody::rethrow_failure() const {
  if (failed_) std::rethrow_exception(failed_);
}

}  // namespace gitea
