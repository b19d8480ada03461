// SPDX-License-Identifier: MIT
#include "disk/replacement.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <random>
#include <string_view>
#include <utility>

#include "disk/at.hpp"
#include "disk/file.hpp"
#include "disk/obstacle.hpp"
#include "disk/open.hpp"

namespace disk {
namespace {

/// 64 random bits make the name unique. Its leading dot keeps wildcards from matching it.
std::string name_beside() {
  std::random_device random;
  return fmt::format(".gitea-release-{:08x}{:08x}", random(), random());
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    constexpr std::size_t most = 1 << 30;  // Windows takes 32 bits
    const auto size = static_cast<unsigned>(std::min(text.size(), most));
    const ssize_t count = write(descriptor, text.data(), size);
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

}  // namespace

Replacement::Replacement(Place place, std::string path, std::string option)
    : place_(std::move(place)), path_(std::move(path)), option_(std::move(option)) {}

Replacement::Replacement(Replacement&& other) noexcept
    : place_(std::move(other.place_)),
      path_(std::move(other.path_)),
      option_(std::move(other.option_)),
      beside_(std::exchange(other.beside_, {})),
      before_(other.before_) {}

Replacement& Replacement::operator=(Replacement&& other) noexcept {
  std::swap(place_, other.place_);
  std::swap(path_, other.path_);
  std::swap(option_, other.option_);
  std::swap(beside_, other.beside_);
  std::swap(before_, other.before_);
  return *this;
}

Replacement::~Replacement() {
  if (!beside_.empty()) remove_at(place_.directory, beside_);
}

bool Replacement::is_of_same_place_as(const Replacement& other) const {
  if (place_.name != other.place_.name) return false;
  const auto one = status_of(place_.directory);
  const auto two = status_of(other.place_.directory);
  return one && two && one->is_same_as(*two);
}

std::string Replacement::read(std::uint64_t limit) {
  const auto opened = open_regular(place_, path_);
  if (const auto* obstacle = std::get_if<Obstacle>(&opened)) {
    throw error_on(*obstacle, option_, path_);
  }
  const File& file = std::get<File>(opened);
  auto text = file.read_all(limit);
  if (!text) {
    Obstacle obstacle{Obstacle::Reason::too_large, path_};
    obstacle.limit = limit;
    throw error_on(obstacle, option_, path_);
  }
  before_ = file.identity();
  return std::move(*text);
}

void Replacement::write(const std::string& text) {
  write(text, place_.status ? 0600 : 0666);  // the umask applies to a new file
}

void Replacement::write_private(const std::string& text) { write(text, 0600); }

void Replacement::write(const std::string& text, unsigned mode) {
  const std::string name = name_beside();
  const Descriptor file = create_at(place_.directory, name, mode);
  if (!file) fail(errno);
  beside_ = name;
  if (place_.status) check(take_after(file, *place_.status));
  if (!write_all(file.get(), text)) fail(errno);
  if (const int error = sync_content(file); error != EINVAL) check(error);
}

void Replacement::make_executable() { check(make_executable_at(place_.directory, beside_)); }

void Replacement::commit_as_new() {
  check(rename_as_new_at(place_.directory, beside_, place_.name));
  beside_.clear();
}

void Replacement::commit() {
  if (before_) {
    const auto now = open_regular(place_, path_);
    const auto* file = std::get_if<File>(&now);
    if (file == nullptr || !is_unchanged(*before_, file->identity())) {
      throw core::Error(
          core::Fault::failed,
          fmt::format("{}: another process changed {} in the meantime", option_, path_),
          "The file was not overwritten: run it again.");
    }
  }
  check(rename_at(place_.directory, beside_, place_.name));
  beside_.clear();
}

void Replacement::check(int error) const {
  if (error != 0) fail(error);
}

void Replacement::fail(int error) const {
  Obstacle obstacle{Obstacle::Reason::failed, path_};
  obstacle.error = error;
  throw error_on(obstacle, option_, path_, Purpose::write);
}

}  // namespace disk
