// SPDX-License-Identifier: MIT
#include "request_log.hpp"

namespace sandbox {

std::int64_t RequestLog::now_ms() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now() -
                                                               start_)
      .count();
}

RequestLog::Entry* RequestLog::find(std::uint64_t id) {
  if (entries_.empty() || id < entries_.front().id) return nullptr;
  const std::uint64_t index = id - entries_.front().id;
  return index < entries_.size() ? &entries_[index] : nullptr;
}

std::uint64_t RequestLog::begin(const Request& request) {
  const std::lock_guard lock(mutex_);
  Entry entry;
  entry.id = ++last_id_;
  entry.method = request.method;
  entry.path = request.path;
  entry.query = request.query;
  entry.port = request.port;
  entry.headers = request.headers;
  entry.started_ms = now_ms();
  entries_.push_back(std::move(entry));
  return last_id_;
}

void RequestLog::update(const Entry& entry) {
  const std::lock_guard lock(mutex_);
  Entry* known = find(entry.id);
  if (known == nullptr) return;
  known->status = entry.status;
  known->body_bytes = entry.body_bytes;
  known->user = entry.user;
  known->raw_body = entry.raw_body;
  known->fault = entry.fault;
  known->carried_out = entry.carried_out;
  known->ended_ms = now_ms();
}

void RequestLog::strike(std::uint64_t id, const std::string& fault) {
  const std::lock_guard lock(mutex_);
  if (Entry* known = find(id)) known->fault = fault;
}

void RequestLog::end(std::uint64_t id) {
  const std::lock_guard lock(mutex_);
  if (Entry* known = find(id)) known->ended_ms = now_ms();
}

void RequestLog::clear() {
  const std::lock_guard lock(mutex_);
  entries_.clear();
}

Json RequestLog::show(int port) const {
  const std::lock_guard lock(mutex_);
  Json::Array out;
  for (const Entry& entry : entries_) {
    if (port != 0 && port != entry.port) continue;
    Json shown = Json::object({{"method", entry.method},
                               {"path", entry.path},
                               {"query", entry.query},
                               {"status", entry.status},
                               {"body_bytes", entry.body_bytes},
                               {"user", entry.user},
                               {"port", entry.port},
                               {"carried_out", entry.carried_out},
                               {"started_ms", entry.started_ms},
                               {"ended_ms", entry.ended_ms}});
    std::string headers;
    for (const auto& [name, value] : entry.headers.all()) {
      headers.append(name).append(": ").append(value) += '\n';
    }
    shown.set("headers", std::move(headers));
    if (!entry.raw_body.empty()) shown.set("raw_body", entry.raw_body);
    if (!entry.fault.empty()) shown.set("fault", entry.fault);
    out.push_back(std::move(shown));
  }
  return out;
}

}  // namespace sandbox
