// SPDX-License-Identifier: MIT
#include "push.hpp"

#include <algorithm>

#include "releases.hpp"
#include "text.hpp"

namespace sandbox {

namespace {

void delete_tag_row(Repository& repository, const std::string& tag) {
  ReleaseRow* row = repository.find_row(tag);
  if (row == nullptr) return;
  if (row->is_tag) {
    repository.releases.erase(row->id);
  } else {
    row->is_draft = true;
  }
}

void insert_tag_row(World& world, Repository& repository, const GitTag& tag, std::int64_t pusher) {
  ReleaseRow row;
  row.tag_name = tag.name;
  row.lower_tag_name = lower(tag.name);
  row.is_tag = true;
  row.created = tag.date;
  row.publisher = pusher;
  try {
    insert_row(world, repository, row);
  } catch (const ReleaseError&) {
    // A row that no look-up finds already has the name: the update fails without any message.
  }
}

}  // namespace

PushQueue::PushQueue(World& world) : world_(world), thread_([this] { run(); }) {}

PushQueue::~PushQueue() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    changed_.notify_all();
  }
  thread_.join();
}

void PushQueue::add(PushedTag pushed, std::chrono::milliseconds delay) {
  if (delay.count() <= 0) {
    if (const auto hold = world_.writes.try_take()) {
      apply_locked(pushed);
      return;
    }
  }
  const std::lock_guard lock(mutex_);
  due_.push_back({std::chrono::steady_clock::now() + delay, std::move(pushed)});
  changed_.notify_all();
}

void PushQueue::run() {
  std::unique_lock lock(mutex_);
  while (!stopping_) {
    const auto next =
        std::min_element(due_.begin(), due_.end(),
                         [](const Due& left, const Due& right) { return left.at < right.at; });
    if (next == due_.end()) {
      changed_.wait(lock);
    } else if (const auto at = next->at; at > std::chrono::steady_clock::now()) {
      changed_.wait_until(lock, at);
    } else {
      const PushedTag pushed = std::move(next->pushed);
      due_.erase(next);
      lock.unlock();
      apply(pushed);
      lock.lock();
    }
  }
}

void PushQueue::apply(const PushedTag& pushed) {
  while (true) {
    if (const auto hold = world_.writes.take(std::chrono::milliseconds(200))) {
      apply_locked(pushed);
      return;
    }
    const std::lock_guard lock(mutex_);
    if (stopping_) return;
  }
}

void PushQueue::apply_locked(const PushedTag& pushed) {
  const Profile& profile = world_.profile;
  Repository& repository = *pushed.repository;
  ReleaseRow row;
  std::chrono::milliseconds window{0};
  {
    const auto guard = world_.lock();
    if (pushed.deleted) {
      delete_tag_row(repository, pushed.tag);
      return;
    }
    const GitTag* tag = repository.git.find_tag(pushed.tag);
    if (tag == nullptr) return;
    const ReleaseRow* found = repository.find_row(pushed.tag);
    if (found == nullptr) {
      insert_tag_row(world_, repository, *tag, pushed.pusher);
      return;
    }
    if (profile.push_skips_tag_rows && (found->is_tag || found->is_draft)) return;
    if (pushed.moved && !found->is_tag && !found->is_draft) return;  // measured: nothing changes
    row = *found;
    row.created = tag->date;
    if (!row.is_tag && profile.push_sets_publisher) row.publisher = pushed.pusher;
    if (profile.push_publishes_draft) row.is_draft = false;
    window = world_.settings.push_window;
  }
  std::this_thread::sleep_for(window);
  const auto guard = world_.lock();
  try {
    write_row(repository, row);
  } catch (const ReleaseError&) {
    // Removed meanwhile.
  }
}

}  // namespace sandbox
