// SPDX-License-Identifier: MIT
#include "disk/anywhere.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <string_view>
#include <variant>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "disk/obstacle.hpp"
#include "disk/resolve.hpp"

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

std::variant<File, Obstacle> open_anywhere(const std::string& path) {
  const Resolved resolved = resolve_absolute(path);
  if (const auto* obstacle = std::get_if<Obstacle>(&resolved)) return *obstacle;
  return open_regular(std::get<Place>(resolved), path);
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

std::string read_descriptor(int descriptor, const std::string& path, const std::string& option,
                            std::uint64_t limit, milliseconds patience) {
  const auto deadline = steady_clock::now() + patience;
  std::string text;
  std::array<char, 4096> block{};
  for (;;) {
    if (!has_more_until(descriptor, deadline)) {
      throw core::Error(
          core::Fault::workflow,
          fmt::format("{}: {} did not reach its end within {} s", option, core::one_line(path),
                      std::chrono::ceil<std::chrono::seconds>(patience).count()),
          "Make sure that the program that writes to it closes it when it is done.");
    }
    const ssize_t count = ::read(descriptor, block.data(), block.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) {
      Obstacle obstacle{Obstacle::Reason::failed, path};
      obstacle.error = errno;
      throw error_on(obstacle, option, path);
    }
    if (count == 0) return text;
    if (static_cast<std::uint64_t>(count) > limit - text.size()) refuse_size(path, option, limit);
    text.append(block.data(), static_cast<std::size_t>(count));
  }
}

std::string read_anywhere(const std::string& path, const std::string& option, std::uint64_t limit) {
  if (const auto descriptor = descriptor_named(path)) {
    return read_descriptor(*descriptor, path, option, limit);
  }
  const std::string whole = absolute_path(path);
  const auto opened = open_anywhere(whole);
  if (const auto* obstacle = std::get_if<Obstacle>(&opened)) {
    throw error_on(*obstacle, option, whole);
  }
  return whole_text(std::get<File>(opened), option, limit);
}

}  // namespace disk
