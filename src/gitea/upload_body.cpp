// SPDX-License-Identifier: MIT
#include "gitea/upload_body.hpp"

#include <string_view>

namespace gitea {

UploadBody::UploadBody(const core::Source& source, Traffic& traffic)
    : read_(source.open()), traffic_(traffic) {}

bool UploadBody::provide(std::size_t length,
                         const std::function<void(const char*, std::size_t)>& write) {
  begun_ = true;
  std::string_view bytes;
  try {
    bytes = read_();
  } catch (...) {
    failed_ = std::current_exception();
    return false;
  }
  write(bytes.data(), bytes.size());
  traffic_.sent += bytes.size();
  traffic_.moved_at = now_ms();
  if (bytes.size() == length) traffic_.phase = Traffic::Phase::waiting;
  return !bytes.empty();
}

void UploadBody::rethrow_failure() const {
  if (failed_) std::rethrow_exception(failed_);
}

}  // namespace gitea
