// SPDX-License-Identifier: MIT
#include "disk/incoming.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <utility>

#include "core/error.hpp"
#include "disk/obstacle.hpp"

namespace disk {

Incoming::Incoming(Place place, std::string path, std::string option, const std::string& key,
                   Begin begin)
    : place_(std::move(place)),
      path_(std::move(path)),
      option_(std::move(option)),
      beside_(fmt::format(".gitea-release-{}.part", key)) {
  constexpr int flags = O_RDWR | O_CREAT | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
  Descriptor file(openat(place_.directory.get(), beside_.c_str(), flags, 0666));
  if (!file) fail(errno);
  content_ = GrowingFile(std::move(file));
  check(content_.check());
  if (flock(content_.descriptor(), LOCK_EX | LOCK_NB) != 0) {
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
  const int directory = place_.directory.get();
  if (const int error = content_.sync(); error != EINVAL) check(error);
  if (renameat(directory, beside_.c_str(), directory, place_.name.c_str()) != 0) fail(errno);
}

void Incoming::discard() { unlinkat(place_.directory.get(), beside_.c_str(), 0); }

void Incoming::check(int error) const {
  if (error != 0) fail(error);
}

void Incoming::fail(int error) const {
  Obstacle obstacle{Obstacle::Reason::failed, path_};
  obstacle.error = error;
  throw error_on(obstacle, option_, path_, Purpose::write);
}

}  // namespace disk
