// SPDX-License-Identifier: MIT
#include "disk/file.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "disk/at.hpp"

namespace disk {
namespace {

using std::chrono::nanoseconds;
using std::chrono::system_clock;

/// File times advance in steps of at most 10 ms.
constexpr std::chrono::milliseconds clock_tick{11};

}  // namespace

core::FileIdentity File::settled_identity() const {
  core::FileIdentity now = identity();
  for (int checks = 0; checks < 3;
       ++checks) {  // a file that changes all the time is detected later
    const auto age = system_clock::now().time_since_epoch() - nanoseconds(now.changed);
    if (age < nanoseconds(0) || age > clock_tick) break;
    std::this_thread::sleep_for(clock_tick);
    now = identity();
  }
  return now;
}

std::size_t File::read(char* buffer, std::size_t size) const {
  constexpr std::size_t most = 1 << 30;  // Windows takes 32 bits
  for (;;) {
    const ssize_t count =
        ::read(descriptor_.get(), buffer, static_cast<unsigned>(std::min(size, most)));
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) fail();
  }
}

std::optional<std::string> File::read_all(std::uint64_t limit) const {
  std::string text;
  text.reserve(std::min(limit, identity().size));
  std::array<char, block_size> block{};
  while (const std::size_t count = read(block.data(), block.size())) {
    if (count > limit - text.size()) return std::nullopt;
    text.append(block.data(), count);
  }
  return text;
}

std::variant<File, Obstacle> open_regular(const Place& place, const std::string& path) {
  Obstacle obstacle{Obstacle::Reason::failed, path};
  if (!place.status) {
    obstacle.reason =
        place.link.empty() ? Obstacle::Reason::absent : Obstacle::Reason::link_to_none;
    obstacle.target = place.link;
    return obstacle;
  }
  std::optional<Status> status = place.status;
  Descriptor descriptor;
  if (status->is_file()) {
    descriptor = open_to_read_at(place.directory, place.name);
    if (descriptor) status = status_of(descriptor);
    if (!descriptor || !status) {
      obstacle.error = errno;
      return obstacle;
    }
  }
  if (!status->is_file()) {
    obstacle.reason = Obstacle::Reason::special;
    obstacle.what = name_of(status->kind);
    return obstacle;
  }
  return File(std::move(descriptor), path);
}

File reopened(Descriptor descriptor, const std::string& path, const core::FileIdentity& identity) {
  if (!descriptor) {
    throw core::Error(
        core::Fault::failed,
        fmt::format("{} could be read when this run started, but cannot be read now ({})",
                    core::one_line(path), std::strerror(errno)),
        "Run this step after the file is completely written.");
  }
  File file(std::move(descriptor), path);
  if (!is_unchanged(identity, file.identity())) changed(path, since_checked);
  return file;
}

void File::fail() const {
  throw core::Error(core::Fault::failed,
                    fmt::format("{} cannot be read ({})", path_, std::strerror(errno)));
}

void changed(const std::string& path, const char* when) {
  throw core::Error(core::Fault::failed, fmt::format("{} changed {}", core::one_line(path), when),
                    "Run this step after the file is completely written.");
}

}  // namespace disk
