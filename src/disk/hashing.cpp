// SPDX-License-Identifier: MIT
#include "disk/hashing.hpp"

namespace disk {

Hashing::Hashing(const std::vector<core::Algorithm>& algorithms, bool beside) {
  for (const core::Algorithm algorithm : algorithms) hashes_.try_emplace(algorithm, algorithm);
  if (beside) thread_ = std::jthread([this](const std::stop_token& stop) { work(stop); });
}

void Hashing::add(std::string_view bytes) {
  if (!thread_.joinable()) return update(bytes);
  const std::lock_guard lock(mutex_);
  blocks_.push_back(bytes);
  if (blocks_.size() == 1) changed_.notify_all();
}

void Hashing::wait_if_behind_by(std::size_t count) {
  {
    const std::lock_guard lock(mutex_);
    if (blocks_.size() < count) return;
  }
  wait_until_left(count / 2);
}

void Hashing::wait_until_left(std::size_t count) {
  std::unique_lock lock(mutex_);
  awaited_ = count;
  changed_.wait(lock, [&] { return blocks_.size() <= count; });
}

std::map<core::Algorithm, core::Digest> Hashing::digests() {
  wait_until_left(0);
  std::map<core::Algorithm, core::Digest> result;
  for (auto& [algorithm, hash] : hashes_) result[algorithm] = hash.digest();
  return result;
}

void Hashing::update(std::string_view bytes) {
  for (auto& [algorithm, hash] : hashes_) hash.update(bytes);
}

void Hashing::work(const std::stop_token& stop) {
  std::unique_lock lock(mutex_);
  while (changed_.wait(lock, stop, [this] { return !blocks_.empty(); })) {
    const std::string_view bytes = blocks_.front();
    lock.unlock();
    update(bytes);
    lock.lock();
    blocks_.pop_front();
    if (blocks_.size() == awaited_) changed_.notify_all();
  }
}

}  // namespace disk
