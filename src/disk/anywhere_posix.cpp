// SPDX-License-Identifier: MIT
#include "disk/anywhere.hpp"

#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <string_view>

namespace disk {
namespace {

using std::chrono::milliseconds;
using std::chrono::steady_clock;

/// Whether data or the end of the input can be read before `deadline`.
bool has_more_until(int descriptor, steady_clock::time_point deadline) {
  pollfd watched{descriptor, POLLIN, 0};
  const bool is_typed = isatty(descriptor) != 0;
  for (;;) {
    const auto left = std::chrono::ceil<milliseconds>(deadline - steady_clock::now());
    const int time = std::max(0, static_cast<int>(left.count()));
    const int ready = poll(&watched, 1, is_typed ? -1 : time);
    if (ready >= 0 || errno != EINTR) return ready > 0;
  }
}

}  // namespace

std::optional<int> descriptor_named(const std::string& path) {
  if (path == "/dev/stdin") return STDIN_FILENO;
  for (const std::string_view start : {"/dev/fd/", "/proc/self/fd/"}) {
    if (!path.starts_with(start)) continue;
    int descriptor = -1;
    const char* const end = path.data() + path.size();
    const auto read = std::from_chars(path.data() + start.size(), end, descriptor);
    if (read.ec == std::errc{} && read.ptr == end && descriptor >= 0) return descriptor;
  }
  return std::nullopt;
}

std::optional<int> read_until(int descriptor, char* buffer, std::size_t size,
                              steady_clock::time_point deadline) {
  for (;;) {
    if (!has_more_until(descriptor, deadline)) return std::nullopt;
    const ssize_t count = ::read(descriptor, buffer, size);
    if (count >= 0 || errno != EINTR) return static_cast<int>(count);
  }
}

}  // namespace disk
