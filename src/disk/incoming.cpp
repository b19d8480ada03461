// SPDX-License-Identifier: MIT
#include "disk/incoming.hpp"

#include <fmt/format.h>

#include <cerrno>
#include <utility>

#include "core/error.hpp"
#include "disk/at.hpp"
#include "disk/obstacle.hpp"

namespace disk {

Incoming::Incoming(Place place, std::string path, std::string option, const std::string& key,
                   Begin begin)
    : place_(std::move(place)),
      path_(std::move(path)),
      option_(std::move(option)),
      beside_(fmt::format(".gitea-release-{}.part", key)) {
  Descriptor file = open_to_grow_at(place_.directory, beside_);
  if (!file) fail(errno);
  content_ = GrowingFile(std::move(file));
  check(content_.check());
  if (!lock(content_.descriptor())) {
    throw core::Error(
        core::Fault::failed,
        fmt::format("{}: another process is downloading {} at the moment", option_, path_),
        "Wait for it to end, or use a different directory.");
  }
  check(begin == Begin::go_on ? content_.take_up() : content_.restart());
}

void Incoming::append(std::string_view bytes) { check(content_.append(bytes)); }

void Incoming::restart() { check(content_.restart()); }

core::Digest Incoming::digest() { return content_.digest(); }

void Incoming::commit() {
  if (const int error = content_.sync(); error != EINVAL) check(error);
  check(rename_at(place_.directory, beside_, place_.name));
}

void Incoming::discard() { remove_at(place_.directory, beside_); }

void Incoming::check(int error) const {
  if (error != 0) fail(error);
}

void Incoming::fail(int error) const {
  Obstacle obstacle{Obstacle::Reason::failed, path_};
  obstacle.error = error;
  throw error_on(obstacle, option_, path_, Purpose::write);
}

}  // namespace disk
