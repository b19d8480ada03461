// SPDX-License-Identifier: MIT
#include "disk/replacement.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <random>
#include <string_view>
#include <utility>

#include "disk/file.hpp"
#include "disk/obstacle.hpp"

namespace disk {
namespace {

/// 64 random bits make the name unique. Its leading dot keeps wildcards from matching it.
std::string name_beside() {
  std::random_device random;
  return fmt::format(".gitea-release-{:08x}{:08x}", random(), random());
}

bool write_all(int descriptor, std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = write(descriptor, text.data(), text.size());
    if (count < 0 && errno != EINTR) return false;
    if (count > 0) text.remove_prefix(static_cast<std::size_t>(count));
  }
  return true;
}

/// Sets the owner (as far as this user may) and then the mode to those of the file that is
/// replaced.
bool take_after(int descriptor, const struct stat& before) {
  if (fchown(descriptor, before.st_uid, before.st_gid) != 0 && errno != EPERM) return false;
  return fchmod(descriptor, before.st_mode & 07777U) == 0;
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
  if (!beside_.empty()) unlinkat(place_.directory.get(), beside_.c_str(), 0);
}

bool Replacement::is_of_same_place_as(const Replacement& other) const {
  struct stat one {};
  struct stat two {};
  return place_.name == other.place_.name && fstat(place_.directory.get(), &one) == 0 &&
         fstat(other.place_.directory.get(), &two) == 0 && one.st_dev == two.st_dev &&
         one.st_ino == two.st_ino;
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
  constexpr int flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC;
  const Descriptor file(openat(place_.directory.get(), name.c_str(), flags, mode));
  if (!file) fail(errno);
  beside_ = name;
  if (place_.status && !take_after(file.get(), *place_.status)) fail(errno);
  if (!write_all(file.get(), text)) fail(errno);
  if (fsync(file.get()) != 0 && errno != EINVAL) fail(errno);
}

void Replacement::make_executable() {
  struct stat status {};
  const int directory = place_.directory.get();
  if (fstatat(directory, beside_.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0 ||
      fchmodat(directory, beside_.c_str(), (status.st_mode | 0111U) & 07777U, 0) != 0) {
    fail(errno);
  }
}

void Replacement::commit_as_new() {
  const int directory = place_.directory.get();
  if (linkat(directory, beside_.c_str(), directory, place_.name.c_str(), 0) != 0) fail(errno);
  unlinkat(directory, beside_.c_str(), 0);
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
  const int directory = place_.directory.get();
  if (renameat(directory, beside_.c_str(), directory, place_.name.c_str()) != 0) fail(errno);
  beside_.clear();
}

void Replacement::fail(int error) const {
  Obstacle obstacle{Obstacle::Reason::failed, path_};
  obstacle.error = error;
  throw error_on(obstacle, option_, path_, Purpose::write);
}

}  // namespace disk
