// SPDX-License-Identifier: MIT
#include "disk/anywhere.hpp"

#include <fmt/format.h>

#include <array>
#include <cerrno>
#include <utility>
#include <variant>

#include "core/error.hpp"
#include "core/text/text.hpp"
#include "disk/obstacle.hpp"
#include "disk/resolve.hpp"

namespace disk {
namespace {

std::variant<File, Obstacle> open_anywhere(const std::string& path) {
  const Resolved resolved = resolve_absolute(path);
  if (const auto* obstacle = std::get_if<Obstacle>(&resolved)) return *obstacle;
  return open_regular(std::get<Place>(resolved), path);
}

}  // namespace

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

std::string read_descriptor(int descriptor, const std::string& path, const std::string& option,
                            std::uint64_t limit, std::chrono::milliseconds patience) {
  const auto deadline = std::chrono::steady_clock::now() + patience;
  std::string text;
  std::array<char, 4096> block{};
  for (;;) {
    const auto count = read_until(descriptor, block.data(), block.size(), deadline);
    if (!count) {
      throw core::Error(
          core::Fault::workflow,
          fmt::format("{}: {} did not reach its end within {} s", option, core::one_line(path),
                      std::chrono::ceil<std::chrono::seconds>(patience).count()),
          "Make sure that the program that writes to it closes it when it is done.");
    }
    if (*count < 0) {
      Obstacle obstacle{Obstacle::Reason::failed, path};
      obstacle.error = errno;
      throw error_on(obstacle, option, path);
    }
    if (*count == 0) return text;
    if (static_cast<std::uint64_t>(*count) > limit - text.size()) refuse_size(path, option, limit);
    text.append(block.data(), static_cast<std::size_t>(*count));
  }
}

void refuse_size(const std::string& path, const std::string& option, std::uint64_t limit) {
  Obstacle obstacle{Obstacle::Reason::too_large, path};
  obstacle.limit = limit;
  throw error_on(obstacle, option, path);
}

std::string whole_text(const File& file, const std::string& option, std::uint64_t limit) {
  try {
    if (auto text = file.read_all(limit)) return std::move(*text);
  } catch (core::Error& error) {
    error.message = option + ": " + error.message;
    throw;
  }
  refuse_size(file.path(), option, limit);
}

}  // namespace disk
